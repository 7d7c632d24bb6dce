"""Rules of `crimecmp.render.matplotlib`: the same files everywhere, which say what they show."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib as mpl
import pytest
from charting import BARS, PICTURES, bars, pictured
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import crimecmp
from crimecmp.document.picture import (
    FORMS,
    Dot,
    Form,
    Funnel,
    Limits,
    Line,
    Lines,
    Mark,
    Picture,
    Point,
    Role,
    Rows,
    Scale,
)  # fmt: skip
from crimecmp.errors import MissingExtraError
from crimecmp.render.matplotlib import NARROW, WIDE, draw, inline

SVG = "{http://www.w3.org/2000/svg}"
SIGNS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def tree(picture: Picture, width: float = WIDE) -> ET.Element:
    """Return a picture's SVG, read."""
    return ET.fromstring(draw(picture, "svg", width))


def words(root: ET.Element) -> list[str]:
    """Return the lines of text in an SVG."""
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_every_picture_is_drawn_in_every_form(kind: str, form: Form) -> None:
    """Each form's file is one, and nothing is said to the screen."""
    assert draw(PICTURES[kind], form).startswith(SIGNS[form])


def test_words_in_svg_are_text() -> None:
    """Every label, figure and remark is text that can be found, read out and translated."""
    found = " ".join(words(tree(BARS, 2000)))
    drawing = BARS.drawing
    assert isinstance(drawing, Rows)
    for scale in drawing.scales:
        for text in (
            scale.title,
            *(part for m in scale.marks for part in (m.label, m.text, m.remark)),
        ):
            assert text in found
    for text in (BARS.title, BARS.unit, *BARS.notes, *BARS.sources):
        assert text in found


def test_svg_is_said_to_those_who_do_not_see_it() -> None:
    """The picture is one image with a title and a description, which it refers to."""
    root = tree(BARS)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (BARS.title, BARS.description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert list(root)[:2] == [title, description]
    assert not list(root.iter(f"{SVG}metadata"))


def test_png_and_pdf_say_what_they_show() -> None:
    """Title and description are in the files, for those who look for them there."""
    with Image.open(io.BytesIO(draw(BARS, "png"))) as image:
        assert (image.info["Title"], image.info["Description"]) == (BARS.title, BARS.description)
        assert "Software" not in image.info
        assert image.width == pytest.approx(WIDE / 72 * 200, abs=1)
    pdf = draw(BARS, "pdf")
    assert b"/Title (Durham against England and Wales, 12 months to June 2014)" in pdf
    assert b"/Subject (Durham 54.0, England and Wales 60.7.)" in pdf
    assert b"/CreationDate" not in pdf
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf


def test_a_picture_is_as_wide_as_it_is_to_be() -> None:
    """The width is kept, and the height is what the words need: a narrow picture is higher."""
    sizes = {
        width: [float(part) for part in str(tree(BARS, width).get("viewBox")).split()]
        for width in (WIDE, NARROW)
    }
    assert sizes[WIDE][2] == WIDE
    assert sizes[NARROW][2] == NARROW
    assert sizes[NARROW][3] > sizes[WIDE][3]


SCRIPT = """
import hashlib, sys
sys.path.insert(0, {tests!r})
from crimecmp.render.matplotlib import draw
from crimecmp.document.picture import Picture, Rows
draw(Picture("bars", "", "", Rows(()), (), (), ""), "svg")
from charting import PICTURES
kinds = sorted(PICTURES)
if {backwards}:
    kinds.reverse()
made = {{(k, f): hashlib.sha256(draw(PICTURES[k], f)).hexdigest() for k in kinds
        for f in ("svg", "png", "pdf")}}
print(*sorted(made.items()), sep="\\n")
"""


def run(backwards: bool, **environment: str) -> subprocess.CompletedProcess[str]:
    """Draw all pictures in a process of its own, in one order or the other."""
    code = SCRIPT.format(tests=str(Path(__file__).parents[2]), backwards=backwards)
    places = [str(Path(crimecmp.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places)), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip


def test_the_same_picture_is_the_same_bytes(tmp_path: Path) -> None:
    """In another process, after other pictures, on another day, with settings of the user's own."""
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nsavefig.dpi: 10\ntext.usetex: True\nsvg.fonttype: path\nnonsense: 1\n",
        encoding="utf-8",
    )
    plain = run(False, PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="0")
    other = run(True, PYTHONHASHSEED="2", MATPLOTLIBRC=str(tmp_path), TZ="Asia/Tokyo")
    assert plain.stdout == other.stdout
    assert len(plain.stdout.splitlines()) == 3 * len(PICTURES)
    assert not plain.stderr
    assert not other.stderr


def test_settings_and_logger_are_left_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who uses matplotlib beside us finds it as it was, and theirs do not change our pictures."""
    before = draw(BARS, "svg")
    logger = logging.getLogger("matplotlib")
    monkeypatch.setattr(logger, "level", logging.INFO)
    with mpl.rc_context({"font.size": 31, "axes.facecolor": "red", "svg.fonttype": "path"}):
        settings_before = dict(mpl.rcParams)
        assert draw(BARS, "svg") == before
        assert dict(mpl.rcParams) == settings_before
        assert logger.level == logging.INFO


def test_no_display_is_needed() -> None:
    """Pictures are drawn without pyplot, which would look for a screen and keep figures."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from charting import BARS\nfrom crimecmp.render.matplotlib import draw\n"
        "[draw(BARS, form) for form in ('svg', 'png', 'pdf')]\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_drawing_is_loaded_when_something_is_drawn() -> None:
    """To know the forms of pictures takes no matplotlib."""
    code = "import sys, crimecmp.render.matplotlib\nassert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra that is missing is named."""
    for name in [name for name in sys.modules if name.startswith("crimecmp.render.matplotlib.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("files", "svg"):
        monkeypatch.delattr(f"crimecmp.render.matplotlib.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for call in (lambda: draw(BARS, "svg"), lambda: inline(BARS, "a-")):
        with pytest.raises(MissingExtraError, match="pictures take matplotlib") as caught:
            call()
        assert "crimecmp[charts]" in str(caught.value.hint)


HOSTILE = [
    "$x^2$ and \\alpha",
    "<script>alert('x')</script>",
    "&amp; &lt; \"quoted\" 'single'",
    "]]> <!-- --> <?x?>",
    "emoji 😀👍🏽 and 中文",
    "\u202eright to left\u202c עברית العربية",
    "noncharacters \ufffe \uffff \ufdd0 \U0001fffe",
    "lone \ud800 surrogate",
    "line\nfeed, tab\t, nought\0, escape\x1b[31m",
    "é e\u0301 \u00a0 \u200b",
    "%d {braces} %(x)s",
]


def shown(text: str) -> str:
    """Return what is to be read of a hostile text: what no file can hold is made visible."""
    for character in "\u202e\u202c\ufffe\uffff\ufdd0\U0001fffe\ud800\u200b":
        text = text.replace(character, f"<U+{ord(character):04X}>")
    for code in (0, 9, 10, 0x1B):
        text = text.replace(chr(code), chr(0x2400 + code))
    return text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text: str) -> None:
    """Nothing in a name is a formula, markup or a control: it is text, and the file is sound."""
    mark = Mark(text, "force", 1.0, text, remark=text)
    rows = Rows((Scale(text, text, (mark,)),), bars=True)
    picture = Picture("bars", text, text, rows, (text,), (text,), text)
    root = tree(picture, 3000)
    found = [" ".join(line.split()) for line in words(root)]
    expected = " ".join(shown(text).split())
    assert found.count(expected) == 9
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == shown(text)
    for form in FORMS:
        assert draw(picture, form)


@pytest.mark.parametrize("length", [61, 200])
def test_long_names_are_folded_and_whole(length: int) -> None:
    """No letter of a long name is lost, whether it has blanks or none."""
    for name in ("Constabulary " * 20, "x" * 300):
        label = name[:length].strip()
        for width in (WIDE, NARROW):
            marks = (Mark(label, "force", 1.0, "1"),)
            letters = "".join(words(tree(bars(marks), width)))
            assert label.replace(" ", "") in letters.replace(" ", "")


def test_a_sign_that_the_typeface_lacks_is_drawn_in_silence() -> None:
    """Names come from users' files: what has no glyph is a box in PNG, text in SVG, no warning."""
    picture = pictured(Rows(()), title="中文 ꙮ 𓀀")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for form in FORMS:
            draw(picture, form)
    assert not caught


numbers = st.floats(-1e15, 1e15) | st.sampled_from([0.0, -0.0, 1e12, 1e-15, -1e-9, 5e-324, 54.0])
labels = st.text(max_size=30) | st.sampled_from(HOSTILE) | st.just("Durham Constabulary " * 8)
roles: st.SearchStrategy[Role] = st.sampled_from(
    ["force", "second", "third", "benchmark", "other", "other"]
)
maybe = st.none() | numbers
marks = st.builds(Mark, labels, roles, maybe, labels, maybe, maybe, labels)
scales = st.builds(Scale, labels, labels, st.lists(marks, max_size=16).map(tuple))
rows = st.builds(Rows, st.lists(scales, max_size=3).map(tuple), st.booleans(), maybe, st.booleans())
points = st.builds(Point, st.dates(), maybe, labels, maybe, maybe)
series = st.lists(points, max_size=8).map(
    lambda found: tuple(sorted(found, key=lambda point: point.period_end))
)
lines = st.builds(
    Lines, st.lists(st.builds(Line, labels, roles, series), max_size=6).map(tuple), st.booleans()
)
bases = st.floats(1, 1e10)
dots = st.builds(Dot, labels, roles, bases, numbers, labels, st.booleans(), labels)
curves = st.lists(st.tuples(bases, numbers, numbers), max_size=5).map(
    lambda found: tuple(sorted(found))
)
limits = st.builds(Limits, labels, curves, st.just(0.95), st.booleans())
funnels = st.builds(
    Funnel, st.lists(dots, max_size=14).map(tuple), st.lists(limits, max_size=4).map(tuple),
    numbers, labels, labels,
)  # fmt: skip
pictures = st.builds(
    Picture, st.just("bars"), labels, labels, rows | lines | funnels,
    st.lists(labels, max_size=2).map(tuple), st.lists(labels, max_size=2).map(tuple), labels,
)  # fmt: skip


@settings(max_examples=40)
@given(pictures, st.sampled_from([WIDE, NARROW, 1.0]))
def test_whatever_is_in_a_picture_it_is_drawn(picture: Picture, width: float) -> None:
    """No figure and no name makes drawing fail, and the SVG is sound, alone and in a page."""
    ET.fromstring(draw(picture, "svg", width))
    ET.fromstring(inline(picture, "p-", width))


@settings(max_examples=6)
@given(pictures, st.sampled_from(["png", "pdf"]))
def test_whatever_is_in_a_picture_other_forms_have_it(picture: Picture, form: Form) -> None:
    """PNG and PDF are drawn of the same pictures."""
    assert draw(picture, form, NARROW).startswith(SIGNS[form])
