"""Rules of picture files: the same everywhere, with their content in words."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import pytest
from charting import BARS, PICTURES, bars, digests, pictured
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

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
    Spine,
    SpineRow,
)  # fmt: skip
from crimecmp.errors import MissingExtraError
from crimecmp.render.matplotlib import NARROW, WIDE, draw, inline

SVG = "{http://www.w3.org/2000/svg}"
SIGNS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def tree(picture: Picture, width: float = WIDE) -> ET.Element:
    """Return a picture's SVG as a tree of elements."""
    return ET.fromstring(draw(picture, "svg", width))


def words(root: ET.Element) -> list[str]:
    """Return the lines of text in an SVG."""
    return [text.text or "" for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_every_picture_is_drawn_in_every_form(kind: str, form: Form) -> None:
    """Each file has the signature of its form."""
    assert draw(PICTURES[kind], form).startswith(SIGNS[form])


def test_text_in_svg_is_text() -> None:
    """Every label, figure and remark is text that can be searched, read out and translated."""
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


def test_svg_has_words_for_screen_readers() -> None:
    """The picture is one image, labelled by its title and description."""
    root = tree(BARS)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (BARS.title, BARS.description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert list(root)[:2] == [title, description]
    assert not list(root.iter(f"{SVG}metadata"))


def test_png_and_pdf_have_words_in_their_metadata() -> None:
    """Title and description are in the metadata, and nothing of the software or the date is."""
    with Image.open(io.BytesIO(draw(BARS, "png"))) as image:
        assert (image.info["Title"], image.info["Description"]) == (BARS.title, BARS.description)
        assert "Software" not in image.info
    pdf = draw(BARS, "pdf")
    assert b"/Title (Durham against England and Wales, 12 months to June 2014)" in pdf
    assert b"/Subject (Durham 54.0, England and Wales 60.7.)" in pdf
    assert b"/CreationDate" not in pdf


def test_pdf_embeds_its_typeface_as_truetype() -> None:
    """The text of a PDF can be searched and copied wherever it is opened."""
    pdf = draw(BARS, "pdf")
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf


def test_png_has_200_dots_to_the_inch() -> None:
    """A picture of 560 points, 72 to the inch, is 1,556 dots wide."""
    with Image.open(io.BytesIO(draw(BARS, "png"))) as image:
        assert image.width == pytest.approx(560 / 72 * 200, abs=1)


def test_a_picture_has_the_width_asked_for() -> None:
    """The width is kept and the height is what the text needs: a narrow picture is taller."""
    sizes = {
        width: [float(part) for part in str(tree(BARS, width).get("viewBox")).split()]
        for width in (WIDE, NARROW)
    }
    assert sizes[WIDE][2] == WIDE
    assert sizes[NARROW][2] == NARROW
    assert sizes[NARROW][3] > sizes[WIDE][3]


ELSEWHERE = """
import json, sys
from crimecmp.document.picture import Picture, Rows
from crimecmp.render.matplotlib import draw
draw(Picture("bars", "", "", Rows(()), (), (), ""), "svg")  # before the tests load matplotlib
from charting import digests
print(json.dumps({"digests": digests(backwards=True), "loaded": sorted(sys.modules)}))
"""


class Elsewhere(NamedTuple):
    """What another process drew, loaded and wrote to standard error."""

    digests: dict[str, str]
    loaded: list[str]
    errors: str


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """Draw every picture in a process with another time zone, hash seed and user's settings."""
    settings_file = tmp_path_factory.mktemp("settings") / "matplotlibrc"
    settings_file.write_text(
        "font.size: 30\nsavefig.dpi: 10\ntext.usetex: True\nsvg.fonttype: path\nnonsense: 1\n",
        encoding="utf-8",
    )
    folders = [str(Path(__file__).parents[2]), *sys.path]
    changed = {
        "PYTHONPATH": os.pathsep.join(folders), "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo",
        "SOURCE_DATE_EPOCH": "0", "MATPLOTLIBRC": str(settings_file.parent),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={**os.environ, **changed}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Elsewhere(**json.loads(done.stdout), errors=done.stderr)


def test_the_same_picture_is_the_same_bytes(elsewhere: Elsewhere) -> None:
    """A file does not depend on process, date, user's settings or what was drawn before."""
    assert elsewhere.digests == digests(backwards=False)


def test_no_display_is_needed(elsewhere: Elsewhere) -> None:
    """Pictures are drawn without pyplot, which would look for a screen and keep figures."""
    assert "matplotlib.figure" in elsewhere.loaded
    assert "matplotlib.pyplot" not in elsewhere.loaded


def test_drawing_writes_nothing_to_standard_error(elsewhere: Elsewhere) -> None:
    """Nothing is said about the user's settings, even wrong ones."""
    assert elsewhere.errors == ""


def test_settings_and_logger_are_left_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's settings of matplotlib do not change pictures, nor do pictures change them."""
    before = draw(BARS, "svg")
    logger = logging.getLogger("matplotlib")
    monkeypatch.setattr(logger, "level", logging.INFO)
    with mpl.rc_context({"font.size": 31, "axes.facecolor": "red", "svg.fonttype": "path"}):
        settings_before = dict(mpl.rcParams)
        assert draw(BARS, "svg") == before
        assert dict(mpl.rcParams) == settings_before
        assert logger.level == logging.INFO


def test_matplotlib_is_loaded_when_something_is_drawn() -> None:
    """Importing the package alone does not load matplotlib."""
    code = "import sys, crimecmp.render.matplotlib\nassert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra to install."""
    for name in [name for name in sys.modules if name.startswith("crimecmp.render.matplotlib.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("files", "svg"):
        monkeypatch.delattr(f"crimecmp.render.matplotlib.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for call in (lambda: draw(BARS, "svg"), lambda: inline(BARS, "a-")):
        with pytest.raises(MissingExtraError, match="pictures need matplotlib") as caught:
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
    "line\nfeed, tab\t, null\0, escape\x1b[31m",
    "é e\u0301 \u00a0 \u200b",
    "%d {braces} %(x)s",
]


def shown(text: str) -> str:
    """Return a hostile text as it should be shown: what no file can hold is made visible."""
    for character in "\u202e\u202c\ufffe\uffff\ufdd0\U0001fffe\ud800\u200b":
        text = text.replace(character, f"<U+{ord(character):04X}>")
    for code in (0, 9, 10, 0x1B):
        text = text.replace(chr(code), chr(0x2400 + code))
    return text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    """Nothing in a name acts as a formula, markup or control character, and the file is valid."""
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
    """No letter of a long name is lost, with or without spaces."""
    for name in ("Constabulary " * 20, "x" * 300):
        label = name[:length].strip()
        for width in (WIDE, NARROW):
            marks = (Mark(label, "force", 1.0, "1"),)
            letters = "".join(words(tree(bars(marks), width)))
            assert label.replace(" ", "") in letters.replace(" ", "")


def test_a_character_that_the_typeface_lacks_is_drawn_in_silence() -> None:
    """A name with a character that has no glyph is drawn without a warning."""
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
spine_rows = st.builds(
    SpineRow, labels, labels, roles, labels, labels, maybe, labels,
    st.lists(numbers, max_size=8).map(lambda found: tuple(sorted(found))),
    st.none() | st.tuples(numbers, numbers), labels, labels,
)  # fmt: skip
spines = st.builds(
    Spine, st.lists(spine_rows, min_size=1, max_size=6).map(tuple), st.sampled_from([10.0, 100.0]),
    labels, labels, labels, st.lists(labels, max_size=3).map(tuple),
)  # fmt: skip
pictures = st.builds(
    Picture, st.just("bars"), labels, labels, rows | lines | funnels | spines,
    st.lists(labels, max_size=2).map(tuple), st.lists(labels, max_size=2).map(tuple), labels,
)  # fmt: skip


@settings(max_examples=40)
@given(pictures, st.sampled_from([WIDE, NARROW, 1.0]))
def test_whatever_is_in_a_picture_it_is_drawn(picture: Picture, width: float) -> None:
    """No figure or name makes drawing fail, and the SVG is valid, alone and in a page."""
    ET.fromstring(draw(picture, "svg", width))
    ET.fromstring(inline(picture, "p-", width))


@settings(max_examples=6)
@given(pictures, st.sampled_from(["png", "pdf"]))
def test_whatever_is_in_a_picture_other_forms_have_it(picture: Picture, form: Form) -> None:
    """No figure or name makes drawing PNG or PDF fail."""
    assert draw(picture, form, NARROW).startswith(SIGNS[form])
