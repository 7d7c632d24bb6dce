"""Rules of pictures in characters: marks where their figures say, words whole, signs apart."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimecmp.document.picture import (
    Caution,
    Dot,
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
)
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.drawing import render

ANSI = re.compile(r"\x1b\[[0-9;]*m")
SIGNS: dict[Role, str] = {
    "force": "●",
    "second": "◆",
    "third": "▲",
    "benchmark": "■",
    "other": "○",
}
ROLES: list[Role] = list(SIGNS)
EIGHTHS = " ▏▎▍▌▋▊▉█"


def drawn(
    drawing: Rows | Lines | Funnel | Spine,
    screen: Screen | None = None,
    *,
    encoding: str = "utf-8",
    words: str = "",
) -> str:
    """Return a drawing as a page, `words` being its title, unit, note and source."""
    picture = Picture("rank", words or "T", words or "U", drawing, (words,), (words,), "")
    return page(picture, screen, encoding)


def page(picture: Picture, screen: Screen | None = None, encoding: str = "utf-8") -> str:
    """Return a picture as a page in an encoding."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    render(picture, stream, screen or Screen())
    stream.flush()
    return raw.getvalue().decode(encoding)


def body(text: str) -> list[str]:
    """Return the lines of the drawing alone: between the first empty line and the next."""
    return text.split("\n\n")[1].split("\n")


def legend(text: str) -> str:
    """Return the first line behind the drawing, on a page of one block."""
    return text.split("\n\n")[2].split("\n")[0]


def marks(*values: float | None, role: Role = "other") -> tuple[Mark, ...]:
    """Return marks of some values, each of a label of its own."""
    return tuple(
        Mark(letters(number), role, value, "–" if value is None else f"{value:g}")
        for number, value in enumerate(values)
    )


def rows(
    *some: Mark, bars: bool = False, reference: float | None = None, unit: str = "", title: str = ""
) -> Rows:
    """Return some marks on one scale."""
    return Rows((Scale(title, unit, some),), bars, reference)


def letters(number: int) -> str:
    """Return a label of two letters."""
    return f"{chr(97 + number // 26)}{chr(97 + number % 26)}"


def columns_of(lines: Sequence[str], sign: str) -> list[int]:
    """Return the column that a sign stands in, of each line that has it."""
    return [line.index(sign) for line in lines if sign in line]


def rounded_half_up(value: float) -> int:
    """Return the nearest whole number."""
    return math.floor(value + 0.5)


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def line_of(role: Role, *values: float | None, label: str = "") -> Line:
    """Return an area's figures of Junes from 2010 on."""
    return Line(
        label or role,
        role,
        tuple(
            Point(date(2010 + year, 6, 30), value, "–" if value is None else f"{value:.2f}")
            for year, value in enumerate(values)
        ),
    )


def dot(
    base: float, value: float, role: Role = "other", label: str = "", remark: str = "inside"
) -> Dot:
    """Return a force in a funnel."""
    return Dot(label or f"of {base:.0f}", role, base, value, f"{value:.2f}", False, remark)


NARROW = Limits("95 %", ((100, 4, 16), (200, 6, 14), (400, 8, 12)), 0.95)
WIDE = Limits("99.8 %", ((100, 0, 20), (200, 4, 16), (400, 7, 13)), 0.998)
SPREAD = Limits("95 %, with spread", ((100, 3, 17), (400, 3, 17)), 0.95, overdispersed=True)
DOTS = (dot(400, 10), dot(200, 5, "force"), dot(150, 0), dot(100, 20))


def funnel(
    dots: tuple[Dot, ...] = DOTS, limits: tuple[Limits, ...] = (NARROW, WIDE), centre: float = 10
) -> Funnel:
    """Return a funnel."""
    return Funnel(dots, limits, centre, "all together", "Households")


def spine_row(
    percent: float | None, role: Role = "force", measure: str = "Burglary", **changed: Any
) -> SpineRow:
    """Return a row of a spine with a spread from -40% to 30%, and a usual range within it."""
    text = "–" if percent is None else f"{percent:+.0f}%"
    row = SpineRow(
        measure, role.title(), role, "54.0", "60.7", percent, text, (-40.0, 5.0, 30.0),
        (-20.0, 20.0), "20th of 42", "lower",
    )  # fmt: skip
    return row._replace(**changed)


def spine(*some: SpineRow, end: float = 50.0) -> Spine:
    """Return a spine about England and Wales."""
    return Spine(some, end, "England and Wales", "E&W", "usual range", ("* A mark.",))


SEVERAL: dict[str, Rows | Lines | Funnel | Spine] = {
    "spine": spine(spine_row(-10.0), spine_row(1352.4, measure="A measure in many words indeed")),
    "spines": spine(
        *(spine_row(10.0, role, measure) for measure in ("One", "Two") for role in ROLES[:3])
    ),
    "spine of nothing": spine(spine_row(None, others=(), usual=None, rank="", verdict="–")),
    "points": rows(
        *(
            Mark(role.title(), role, 5.0 + number, f"{5.0 + number}", 4.5, 6.5 + 2 * number)
            for number, role in enumerate(ROLES)
        ),
        reference=8.0,
        unit="per 1,000",
    ),
    "bars": Rows((Scale("One", "%", marks(3, -2, None)), Scale("Two", "", marks(1, 2))), True),
    "lines": Lines(
        tuple(line_of(role, 5.0 + n, None, 9.0 - n) for n, role in enumerate(ROLES)), True
    ),
    "funnel": funnel(),
    "nothing": rows(),
    "no scale": Rows(()),
    "all missing": rows(*marks(None, None), unit="%"),
    "bars all missing": rows(*marks(None, None), bars=True),
    "one": rows(*marks(5)),
    "one bar": rows(*marks(0), bars=True),
    "all equal": rows(*marks(5, 5, 5), reference=5, unit="%"),
    "huge": rows(*marks(1e12, -1e12, 1e-9), reference=0),
    "tiny": rows(*marks(1e-9, 2e-9, 0), unit="%"),
    "nearly zero": rows(*marks(5e-324, 0)),
    "near": rows(*marks(1e12, 1e12 + 1e-3)),
    "all but nothing": rows(*marks(5e-324, 0), bars=True),
    "huge bars": rows(*marks(1e12, -1e12, 1e-9), bars=True),
    "no lines": Lines((), False),
    "a line without points": Lines((Line("x", "force", ()),), False),
    "others alone": Lines((line_of("other", 1.0, 2.0),), False),
    "no dots": funnel(()),
    "no limits": funnel(limits=()),
    "no curve": funnel(limits=(Limits("95 %", (), 0.95),)),
    "beyond the curve": funnel((dot(1000, 10), dot(1, 3))),
}
every = pytest.mark.parametrize("name", SEVERAL)


# --- Where marks stand


@settings(deadline=None, max_examples=60)
@given(
    values=st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=3, max_size=8),
    width=st.integers(60, 140),
)
def test_marks_stand_where_their_figures_say(values: list[float], width: int) -> None:
    """The least figure stands first, the greatest at the end, the others in proportion between."""
    low, high = min(values), max(values)
    if high - low < 1e-6:
        return
    found = columns_of(body(drawn(rows(*marks(*values)), Screen(width))), "○")
    first, last = min(found), max(found)
    expected = [first + rounded_half_up((v - low) / (high - low) * (last - first)) for v in values]
    assert found == expected
    assert last == min(width, 100) - 1


def test_rows_keep_their_order() -> None:
    """Rows stand in the order they are given in, whatever their figures."""
    text = drawn(rows(*marks(3, 9, 1, 5)))
    assert [line[:2] for line in body(text)[:4]] == ["aa", "ab", "ac", "ad"]


def test_an_interval_reaches_from_end_to_end() -> None:
    """An interval's ends stand where their figures say, with a line between and the mark on it."""
    some = Mark("x", "force", 40, "40", 20, 80)
    line, *_ = body(drawn(rows(some, *marks(0, 100))))
    strip = line[columns_of(body(drawn(rows(some, *marks(0, 100)))), "○")[0] :]
    width = max(columns_of(body(drawn(rows(some, *marks(0, 100)))), "○")) - len(line) + len(strip)
    assert [strip.index(sign) for sign in "├●┤"] == [
        rounded_half_up(part * width) for part in (0.2, 0.4, 0.8)
    ]
    assert set(strip[strip.index("├") + 1 : -1]) == {"─", "●"}


@pytest.mark.parametrize("value", range(40, 60))
def test_an_interval_without_room_is_its_mark_alone(value: int) -> None:
    """Where an interval is narrower than its ends, there is the mark and nothing else."""
    some = Mark("x", "force", value, "50", value - 0.4, value + 0.4)
    line, *_ = body(drawn(rows(some, *marks(0, 100))))
    assert line.split() == ["x", "50", "●"]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e300])
@pytest.mark.parametrize("bars", [True, False])
def test_what_is_no_number_has_no_mark(value: float, bars: bool) -> None:
    """A figure that has no place on a scale is not drawn, and the others are as without it."""
    some = Mark("x", "force", value, "odd", value, value)
    assert body(drawn(rows(*marks(1, 2), some, bars=bars)))[2].split() == ["x", "odd"]


def test_the_reference_goes_through_every_row() -> None:
    """The benchmark's figure is one line through all rows, those of folded labels too."""
    long = Mark("word " * 30, "other", 2, "2")
    lines = body(drawn(rows(*marks(0, 4, 10, None), long, reference=5), Screen(60)))
    rule = next(number for number, line in enumerate(lines) if "┴" in line)
    [column] = {line.index("┊") for line in lines[:rule]}
    first, last = columns_of(lines, "○")[0], columns_of(lines, "○")[2]
    assert rule > 6
    assert column == first + rounded_half_up((last - first) / 2)


def test_an_interval_that_takes_the_reference_in_crosses_it() -> None:
    """Where a line of an interval meets the reference, both are seen."""
    some = Mark("x", "force", 20, "20", 10, 80)
    lines = body(drawn(rows(some, *marks(0, 100), reference=50)))
    assert lines[0].index("┼") == lines[1].index("┊")


def test_the_scale_has_round_numbers_under_their_marks() -> None:
    """Ticks stand where their numbers say, and each number stands beneath its tick."""
    lines = body(drawn(rows(*marks(0, 73, 100))))
    first, _, last = columns_of(lines, "○")
    rule, numbers = lines[-2:]
    ticks = [place for place, sign in enumerate(rule) if sign == "┴"]
    said = re.findall(r"\S+", numbers)
    assert len(said) >= 3
    assert ticks == [first + rounded_half_up(float(n) / 100 * (last - first)) for n in said]
    for tick, number in zip(ticks, said, strict=True):
        assert numbers[tick] in number


def test_the_scale_has_its_unit() -> None:
    """The unit stands beside the numbers where it has room, and else beneath them, whole."""
    *_, numbers = body(drawn(rows(*marks(0, 100), unit="%")))
    assert numbers.split()[:2] == ["%", "0"]
    unit = "per thousand households and year " * 4
    text = "\n".join(body(drawn(rows(*marks(0, 100), unit=unit))))
    assert " ".join(text.split()).endswith(f"100 {unit.strip()}")


@pytest.mark.parametrize("width", range(40, 141, 7))
@pytest.mark.parametrize("high", [0.003, 1, 12, 99, 4321, 1e7])
def test_the_numbers_of_a_scale_never_touch(width: int, high: float) -> None:
    """Numbers beneath the axis are apart, one for each tick, each what its place says."""
    lines = body(drawn(rows(*marks(0, high)), Screen(width)))
    rule, numbers = lines[-2:]
    ticks = [place for place, sign in enumerate(rule) if sign == "┴"]
    said = [float(text.replace(",", "")) for text in re.findall(r"\S+", numbers)]
    first, last = columns_of(lines, "○")
    assert ticks == [first + rounded_half_up(number / high * (last - first)) for number in said]


# --- Signs


def test_each_role_has_its_sign() -> None:
    """Force, second, third, benchmark and others have a sign of their own, and the legend it."""
    some = [Mark(f"The {role}", role, 5, "5") for role in ROLES]
    text = drawn(rows(*some))
    for line, sign in zip(body(text), SIGNS.values(), strict=False):
        assert line.split()[-1] == sign
    assert legend(text).split("   ") == [f"{SIGNS[role]} The {role}" for role in ROLES]


def test_the_legend_names_no_sign_that_is_not_there() -> None:
    """What is not drawn is not explained; several with one sign have one name."""
    assert legend(drawn(rows(*marks(1, 2)))) == "○ others"


def test_the_legend_says_what_lines_are() -> None:
    """Reference, interval and gaps are explained where they are drawn."""
    some = Mark("England", "benchmark", 5, "5", 2, 9), *marks(None)
    text = legend(drawn(rows(*some, reference=5)))
    assert text.split("   ")[-3:] == [
        "┊ the figure of England",
        "├─┤ intervals",
        "– no figure",
    ]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
@every
def test_poor_encodings_get_plain_signs_in_the_same_places(name: str, encoding: str) -> None:
    """Each sign that an encoding lacks becomes one plain sign, so that nothing moves."""
    rich, plain = drawn(SEVERAL[name]), drawn(SEVERAL[name], encoding=encoding)
    assert "?" not in plain
    assert list(map(len, plain.split("\n"))) == list(map(len, rich.split("\n")))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_roles_are_told_apart_in_poor_encodings(encoding: str) -> None:
    """Plain signs of roles, reference and ends of intervals are all different."""
    some = [Mark(role, role, 5, "5") for role in ROLES]
    spanned = Mark("x", "other", 5, "5", 1, 9)
    lines = body(drawn(rows(*some, spanned, reference=7), encoding=encoding))
    signs = [line.split()[2] for line in lines[: len(ROLES)]]
    reference = lines[0].split()[3]
    ends = lines[len(ROLES)].split()[2]
    assert len({*signs, reference, ends[0], ends[1]}) == len(ROLES) + 3


def test_words_that_an_encoding_lacks_do_not_move_the_rest() -> None:
    """Characters without a plain sign become question marks before anything is measured."""
    some = Mark("日本", "force", 5, "5 ± 1"), Mark("abcd", "other", 5, "5 ± 1")
    one, other, *_ = body(drawn(rows(*some), encoding="ascii"))
    assert one.startswith("??  ")
    assert one.index("5 +/- 1") == other.index("5 +/- 1")
    assert one.index("*") == other.index("o")


def test_a_space_that_breaks_no_line_is_a_space_in_poor_encodings() -> None:
    """What it keeps together in a label or a remark has no sign of its own."""
    text = drawn(rows(Mark("Burglary\u00a0h", "force", 5, "5")), encoding="ascii")
    assert body(text)[0].startswith("Burglary h")


# --- Bars


def bar_lines(text: str) -> list[str]:
    """Return the lines with bars, without the scale beneath them."""
    return list(takewhile(lambda line: "┴" not in line, body(text)))


def eighths(line: str) -> int:
    """Return how long the bar of a line is, in eighths of a column, right of zero."""
    return sum(EIGHTHS.index(sign) for sign in line.partition("│")[2].split("  ")[0])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=6), st.integers(40, 140))
def test_bars_are_as_long_as_their_figures_are_large(values: list[float], width: int) -> None:
    """A bar's length in eighths of a column is its figure's part of the greatest."""
    if not max(values) > 1e-6:
        return
    lines = bar_lines(drawn(rows(*marks(*values), bars=True), Screen(width)))
    found = [eighths(line) for line in lines]
    longest = max(found)
    assert found == [rounded_half_up(value / max(values) * longest) for value in values]
    assert longest % 8 == 0
    assert max(map(len, lines)) == min(width, 100)


@pytest.mark.parametrize(("low", "high"), [(-8, 5), (-12, 7), (-20, 3), (-4, 40)])
@pytest.mark.parametrize("width", [61, 80, 97, 100])
def test_bars_below_zero_go_to_the_left(low: int, high: int, width: int) -> None:
    """A negative bar ends at the line of zero, in halves, on the scale of the positive ones."""
    values = (low, high, low // 4)
    lines = bar_lines(drawn(rows(*marks(*values), bars=True), Screen(width)))
    # Two columns of label, three gaps or lines, and one that rounding at zero may need.
    unit = (width - 2 - 2 - len(str(low)) - 2 - 1 - 1) / (high - low)
    assert len({line.index("│") for line in lines}) == 1
    for line, value in zip(lines, values, strict=True):
        [bar] = re.findall(r" (▐?█*)│", line)
        halves = 2 * bar.count("█") + bar.count("▐")
        assert halves == rounded_half_up(2 * max(-value, 0) * unit)
    assert eighths(lines[1]) == rounded_half_up(8 * high * unit)


def test_a_bar_of_zero_is_no_gap() -> None:
    """Zero has the line that bars begin at; a missing figure has none."""
    zero, missing, _ = bar_lines(drawn(rows(*marks(0, None, 5), bars=True)))
    assert zero.endswith("│")
    assert missing.split() == ["ab", "–"]


def test_all_groups_of_bars_are_on_one_scale() -> None:
    """A bar of 2 is a fifth of one of 10 in another group; the scale is beneath the last."""
    some = Rows((Scale("One", "%", marks(1, 2)), Scale("Two", "per head", marks(10, 5))), True)
    text = drawn(some)
    one, two = (part.split("\n") for part in text.split("\n\n")[1:3])
    assert (one[0], two[0]) == ("One, %", "Two, per head")
    assert eighths(one[2]) == rounded_half_up(eighths(two[1]) / 5)
    assert "┴" not in "".join(one)
    assert "┴" in two[3]


def test_a_bar_beyond_the_scale_ends_in_an_arrow() -> None:
    """It is as long as the scale, its figure is whole, and the legend has the arrow."""
    some = rows(*marks(50, 1200, -300), bars=True)._replace(most=100.0, axis="% difference")
    text = drawn(some)
    half, far, below = bar_lines(text)
    assert "1200" in far
    assert far.endswith("▶")
    assert "◀" in below
    assert "▶" not in half
    assert legend(text) == "bars from 0: % difference   ▶ beyond the scale"


def test_figures_of_a_difference_are_beside_its_bar() -> None:
    """Both figures have their headings, and the difference is the last."""
    mark = Mark("Burglary", "force", -44, "-44%", figures=("5.0", "8.9"), detail="per home")
    some = Rows((Scale("", "", (mark,)),), bars=True, headings=("Durham", "E&W"))
    heading, row, *_ = body(drawn(some))
    assert heading.split() == ["Durham", "E&W"]
    assert row.split()[:6] == ["Burglary,", "per", "home", "5.0", "8.9", "-44%"]


def test_a_usual_range_is_shaded_where_nothing_else_is() -> None:
    """Blanks between its ends are shaded, marks and intervals on it are seen, and it is named."""
    marked = Mark("x", "force", 5, "5", 4, 6, band=(0.0, 10.0))
    outside = Mark("y", "other", 12, "12")
    text = drawn(Rows((Scale("", "", (marked, outside)),), band="usual range"))
    first, second, *_ = body(text)
    assert re.fullmatch(r"x\s+5\s+·+├─+●─+┤·+", first)
    assert "·" not in second
    assert "· usual range" in " ".join(text.split())


def test_a_control_chart_shades_the_usual_range_and_names_signals() -> None:
    """Each row has its own range and signal, and the legend says whose range it is."""
    ends = date(2014, 6, 30), date(2015, 6, 30)
    quiet, high = (Point(end, value, "5", 2, 8) for end, value in zip(ends, (5, 9), strict=True))
    points = (quiet, high._replace(signal="above"))
    text = drawn(Lines((Line("Durham", "force", points),), False, band="usual range"))
    _, first, second, *_ = body(text)
    assert re.search(r"5\s+·+●·+$", first)
    assert re.search(r"·+ *● +above$", second)
    assert "· usual range" in legend(text)
    assert "├─┤" not in text


def test_a_caution_is_at_the_period_that_it_is_about() -> None:
    """The row of that period has its words, and no other row."""
    lines = Lines((line_of("force", 3.0, 9.0),), False, (Caution("An inquiry", date(2011, 6, 30)),))
    _, first, second, *_ = body(drawn(lines))
    assert "An inquiry" in second
    assert "An inquiry" not in first


@pytest.mark.parametrize(("width", "beside"), [(100, True), (40, False)])
def test_a_remark_stands_behind_its_row_or_beneath_it(width: int, beside: bool) -> None:
    """A remark is at the end of its row where there is room for it and a bar, else beneath."""
    some = Mark("x", "force", 5, "5", remark="higher, by some"), *marks(3)
    first, second, *_ = body(drawn(rows(*some, bars=True), Screen(width)))
    assert first.endswith("higher, by some") == beside
    assert (second.strip() == "higher, by some") != beside


# --- Lines


def test_time_runs_downwards() -> None:
    """Periods stand from the earliest down, each with its figures under the areas' names."""
    lines = Lines((line_of("force", 3.0, 9.0), line_of("benchmark", 5.25, 10.0)), False)
    heading, first, second, *_ = body(drawn(lines))
    assert heading.split() == ["●", "force", "■", "benchmark"]
    assert first.split()[:4] == ["June", "2010", "3.00", "5.25"]
    assert second.split()[:4] == ["June", "2011", "9.00", "10.00"]
    assert first.index(".00") < first.index(".25") == second.rindex(".00")


def test_all_lines_are_on_one_scale() -> None:
    """Marks of all areas stand where their figures say on the one scale; others are faint."""
    lines = Lines(
        (line_of("force", 0.0, 100.0), line_of("other", 37.0), line_of("third", 80)), True
    )
    text = drawn(lines)
    first, second = body(text)[1:3]
    start, end = first.index("●"), second.index("●")
    assert first.index("·") - start == rounded_half_up(0.37 * (end - start))
    assert first.index("▲") - start == rounded_half_up(0.8 * (end - start))
    assert legend(text) == "● force   ▲ third   · other   – no figure"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "force"])
def test_where_two_marks_meet_the_force_is_seen(role: Role) -> None:
    """On one place the force's mark stands above any other, in whichever order they come."""
    one, other = line_of("force", 5.0, 1.0), line_of(role, 5.0, 9.0)
    for both in ((one, other), (other, one)):
        assert body(drawn(Lines(both, False)))[1].split()[-1] == "●"


def test_a_gap_is_a_dash_without_a_mark() -> None:
    """A period without a figure has the sign for that, and so has one that a line leaves out."""
    lines = Lines((line_of("force", 1.0, None), line_of("second", 2.0)), False)
    text = drawn(lines)
    assert body(text)[2].split() == ["June", "2011", "–", "–"]
    assert "– no figure" in legend(text)


@pytest.mark.parametrize("zero", [True, False])
def test_the_scale_begins_at_zero_where_asked(zero: bool) -> None:
    """A scale of lines or points begins at zero or at the least figure, as the picture says."""
    points = rows(*marks(50, 100))._replace(from_zero=zero)
    for drawing in (Lines((line_of("force", 50.0, 100.0),), zero), points):
        assert body(drawn(drawing))[-1].split()[0] == ("0" if zero else "50")


def test_the_interval_of_the_force_is_drawn() -> None:
    """The force's interval is drawn around its mark over time, and the legend says whose it is."""
    points = (Point(date(2014, 6, 30), 5, "5", 2, 8), Point(date(2015, 6, 30), 9, "9"))
    text = drawn(Lines((Line("Durham", "force", points),), False))
    assert re.search(r"├─+●─+┤$", body(text)[1])
    assert "├─┤ Durham's intervals" in legend(text)


@pytest.mark.parametrize(("areas", "width"), [(4, 80), (2, 60), (4, 40)])
def test_long_names_give_way_to_signs_where_columns_are_many(areas: int, width: int) -> None:
    """Where headings would leave no room to draw, their signs stand there: the legend has names."""
    several = tuple(
        line_of(role, 1.0, 2.0, label=f"Northamptonshire {role}") for role in ROLES[:areas]
    )
    text = drawn(Lines(several, False), Screen(width))
    heading, first, *_ = body(text)
    assert heading.split() == [SIGNS[role] for role in ROLES[:areas]]
    assert first.startswith("June 2010")
    assert all(f"{SIGNS[line.role]} {line.label}" in text for line in several)


# --- Funnel


def test_a_funnel_has_the_limits_of_each_base() -> None:
    """Limits and centre stand where their figures say at a row's base, between points straight."""
    lines = body(drawn(funnel()))[1:5]
    start = lines[2].index("○")
    width = lines[3].index("○") - start
    for line, inner, outer in [(lines[0], (8, 12), (7, 13)), (lines[2], (5, 15), (2, 18))]:
        expected = [*zip("[]", inner, strict=True), *zip("()", outer, strict=True)]
        for sign, value in expected:
            assert line.index(sign) - start == rounded_half_up(value / 20 * width)
    assert lines[2].index("┊") - start == rounded_half_up(width / 2)
    assert lines[2].index("○") < lines[2].index("(")


def test_of_two_limits_in_one_place_the_narrower_is_seen() -> None:
    """Where limits meet in one column, the bracket of the narrower stands there."""
    same = tuple(Limits("x", NARROW.curve, level) for level in (0.95, 0.998))
    assert "[" in (line := body(drawn(funnel(limits=same)))[1])
    assert "(" not in line


def test_a_funnel_shows_base_figure_and_remark() -> None:
    """A row has its label, its base with the thousands apart, its figure and its remark."""
    some = (dot(3383900, 15.48, "force", "Metropolitan Police", "above 99.8 %"), dot(4500, 3.5))
    heading, first, *_ = body(drawn(funnel(some), Screen(80)))
    assert heading.split() == ["Households"]
    assert re.match(r"Metropolitan Police   3,383,900  15\.48 .*●.*  above 99\.8 %$", first)


def test_brackets_are_explained() -> None:
    """The legend says which limits the brackets are, and that they are those of chance."""
    text = " ".join(drawn(funnel()).split())
    assert f"[ ] {NARROW.label} and ( ) {WIDE.label} limits by random variation alone" in text


def test_limits_with_spread_are_named_as_they_are() -> None:
    """They have the words of the picture, which say what they are."""
    text = " ".join(drawn(funnel(limits=(SPREAD,))).split())
    assert f"[ ] {SPREAD.label}" in text
    assert "random variation" not in text


def test_remarks_without_room_are_gathered() -> None:
    """Where rows have no room for remarks, each remark is said once, with all it is said of."""
    some = (dot(400, 1, label="One", remark="low"), dot(300, 2, label="Two", remark="low"))
    text = drawn(funnel((*some, dot(200, 9, label="Three", remark="high"))), Screen(40))
    assert "low" not in "".join(body(text))
    assert "\nlow: One, Two\nhigh: Three\n" in text


def test_beyond_its_curve_a_limit_is_not_drawn() -> None:
    """No limit is made up for a base that the curve does not reach."""
    lines = body(drawn(funnel((dot(1000, 10), dot(300, 2), dot(1, 3)))))
    assert ["[" in line for line in lines[1:4]] == [False, True, False]


# --- Words

LABEL = st.text("abc ", min_size=1, max_size=60).map(str.strip).filter(bool)
NUMBER = st.decimals(-(10**9), 10**9, places=2).map(lambda number: f"{number:f}")


@settings(deadline=None, max_examples=80)
@given(
    some=st.lists(st.tuples(LABEL, NUMBER), min_size=1, max_size=4),
    width=st.integers(40, 140),
    kind=st.sampled_from(["points", "bars", "funnel"]),
)
def test_labels_and_figures_are_whole(some: list[tuple[str, str]], width: int, kind: str) -> None:
    """At any width each row has all of its label, in order, and its figure on one line."""
    drawing: Rows | Funnel
    if kind == "funnel":
        drawing = funnel(
            tuple(Dot(label, "other", 7, float(text), text, False, "") for label, text in some)
        )
    else:
        given_marks = (Mark(label, "other", float(text), text) for label, text in some)
        drawing = rows(*given_marks, bars=kind == "bars")
    lines = body(drawn(drawing, Screen(width)))
    start = kind == "funnel"
    text = "\n".join(lines[start:])
    assert re.sub("[^abc]", "", text) == re.sub("[^abc]", "", "".join(label for label, _ in some))
    numbers = re.findall(r"(?<!\S)-?\d+\.\d\d(?!\S)", text)
    assert numbers[: len(some)] == [text for _, text in some]


@pytest.mark.parametrize("width", range(40, 141, 9))
def test_figures_over_time_are_whole(width: int) -> None:
    """At any width each period has the figures of all areas, in their order."""
    lines = Lines(tuple(line_of(role, 10.25 + n, 1234.5) for n, role in enumerate(ROLES[:4])), True)
    text = "\n".join(body(drawn(lines, Screen(width))))
    assert re.search(r"10\.25 +11\.25 +12\.25 +13\.25", text)
    assert re.search(r"1234\.50( +1234\.50){3}", text)


@every
@pytest.mark.parametrize("width", [None, *range(20, 200, 9), 200])
def test_no_line_is_wider_than_the_screen(name: str, width: int | None) -> None:
    """Lines are as wide as the screen or less, and never wider than is read with ease."""
    text = drawn(SEVERAL[name], Screen(width), words="words " * 40)
    assert max(map(display_width, text.split("\n"))) <= min(width or 100, 100)


@pytest.mark.parametrize("label", ["日本語" * 30, "x" * 200, "e\u0301" * 40, "word " * 40])
@pytest.mark.parametrize("width", [40, 60, 100])
def test_labels_of_any_kind_are_folded_and_move_nothing(label: str, width: int) -> None:
    """Wide, combining and endless labels are folded whole; marks stay beneath each other."""
    some = Mark(label, "force", 5, "5.5"), Mark("b", "other", 5, "5.5")
    lines = body(drawn(rows(*some), Screen(width)))
    *folded, last = [line for line in lines if line]
    said = "".join(folded).replace("5.5", "").replace("●", "")
    assert said.replace(" ", "") == label.replace(" ", "")
    assert max(map(display_width, lines)) <= width
    [place] = {
        display_width(line.partition(sign)[0]) for line in lines for sign in "●○" if sign in line
    }
    assert display_width(last) == place + 1


def test_decimal_points_stand_beneath_each_other() -> None:
    """Figures of a column are aligned on their points; what is no number ends with the last."""
    texts = ["54.0 ± 1.8", "5.25 ± 0.2", "100", "–", "日本"]
    lines = body(drawn(rows(*(Mark("x", "other", 1, text) for text in texts))))[:5]
    assert [" ".join(line.split()[1:-1]) for line in lines] == texts
    assert lines[0].index(".") == lines[1].index(".")
    assert lines[2].index("100") + 3 == lines[0].index(".")
    ends = {display_width(line.partition("○")[0].rstrip()) for line in lines[3:]}
    assert ends == {lines[1].index("5.25") + len("5.25")}


# --- Spine


@settings(deadline=None, max_examples=60)
@given(percent=st.floats(-50, 50), width=st.integers(60, 140))
def test_a_force_stands_where_its_difference_says(percent: float, width: int) -> None:
    """Zero is in the middle and both ends of the scale at its ends."""
    some = spine(spine_row(percent), spine_row(-50.0), spine_row(50.0))
    lines = body(drawn(some, Screen(width)))[1:]
    found, first, last = columns_of([line for line in lines if "●" in line], "●")
    assert found == first + rounded_half_up((percent + 50) / 100 * (last - first))


def test_spread_and_usual_range_reach_from_end_to_end() -> None:
    """The thin line is from the lowest force to the highest, the thick one is the usual range."""
    some = spine(spine_row(50.0), spine_row(-50.0), spine_row(None))
    high, low, line = body(drawn(some))[1:4]
    first, last = low.index("●"), high.index("●")

    def column(percent: float) -> int:
        return first + rounded_half_up((percent + 50) / 100 * (last - first))

    strip = line[: last + 1]
    thin = [place for place, sign in enumerate(strip) if sign == "─"]
    thick = [place for place, sign in enumerate(strip) if sign == "━"]
    assert (thin[0], thin[-1]) == (column(-40), column(30))
    assert (thick[0], thick[-1]) == (column(-20), column(20))
    assert strip.index("┊") == column(0)


def test_what_is_beyond_the_scale_is_an_arrow_with_its_figure() -> None:
    """A force beyond the end has its figure before the arrow; other forces have the arrow alone."""
    beyond, others = body(drawn(spine(spine_row(108.0), spine_row(3.0, others=(-4.0, 130.0)))))[1:3]
    assert "+108% ▶" in beyond
    assert "●" not in beyond
    assert re.search(r"─ *▶", others)
    assert "●" in others


def test_a_row_without_a_figure_has_no_mark() -> None:
    """The sign for a missing figure is there, and is explained."""
    text = drawn(spine(spine_row(None, text="–")))
    assert "●" not in body(text)[1]
    assert "– no figure" in text


def test_several_forces_have_a_block_a_measure() -> None:
    """Its title has the benchmark's figure; the scale is under the last."""
    one, two = (part.split("\n") for part in drawn(SEVERAL["spines"]).split("\n\n")[1:3])
    assert one[0] == "One, England and Wales 60.7"
    assert [line.split()[0] for line in one[1:]] == ["Force", "Second", "Third"]
    assert not any("┴" in line for line in one)
    assert any("┴" in line for line in two)


@pytest.mark.parametrize("name", ["spine", "spines", "spine of nothing"])
@pytest.mark.parametrize("width", [*range(20, 60), *range(60, 201, 10)])
def test_a_spine_fits_any_screen(name: str, width: int) -> None:
    """No line is wider than the screen, and all figures and ranks are whole."""
    text = drawn(SEVERAL[name], Screen(width), words="words " * 40)
    assert max(map(display_width, text.split("\n"))) <= min(width, 100)
    drawing = SEVERAL[name]
    assert isinstance(drawing, Spine)
    assert text.count("54.0") == len(drawing.rows)


# --- The page


def test_what_stands_around_the_drawing() -> None:
    """Title, unit, drawing, legend, notes and sources stand in this order."""
    drawing = rows(*marks(1, 2))
    picture = Picture("rank", "Title", "Unit", drawing, ("First.", "Second."), ("Paper.",), "")
    first, _, third, fourth = page(picture).split("\n\n")
    assert first == "Title\nUnit"
    assert third == "○ others\n- First.\n- Second."
    assert fourth == "- Paper.\n"


def test_off_a_terminal_prose_has_eighty_columns() -> None:
    """Off a terminal words are folded at 80 columns; on one at its width, up to 100."""
    for width, most in ((None, 80), (60, 60), (140, 100)):
        lines = drawn(rows(), Screen(width), words="word " * 60).split("\n")
        assert most - 5 < max(map(len, lines)) <= most


@pytest.mark.parametrize("text", ["[red]x[/red]", "[/x]", ":warning:", "a\\[b", "{x}", "%s"])
@pytest.mark.parametrize("colour", [False, True])
def test_markup_is_shown_as_it_is(text: str, colour: bool) -> None:
    """Rich's markup and names of emoji are characters, in every part of the page."""
    some = Mark(text, "force", 5, text, remark=text)
    plain = ANSI.sub("", drawn(rows(some, title=text), Screen(100, colour), words=text))
    assert plain.count(text) == 9


@settings(deadline=None, max_examples=60)
@given(text=st.text(), name=st.sampled_from(["rows", "bars", "lines", "funnel", "spine"]))
def test_no_character_acts(text: str, name: str) -> None:
    """Whatever the data hold, the only control character on the page is the line feed."""
    several: dict[str, Rows | Lines | Funnel | Spine] = {
        "spine": Spine(
            (spine_row(1.0, measure=text, force=text, text=text, verdict=text),),
            10.0,
            text,
            text,
            text,
            (text,),
        ),
        "rows": rows(Mark(text, "force", 1, text, remark=text), title=text, unit=text),
        "bars": rows(Mark(text, "force", 1, text, remark=text), bars=True, unit=text),
        "lines": Lines((Line(text, "force", (Point(date(2014, 6, 30), 1, text),)),), True),
        "funnel": Funnel((Dot(text, "other", 1, 1, text, True, text),), (), 1, text, text),
    }
    assert not any(
        "\x7f" <= sign <= "\x9f" or (sign < " " and sign != "\n")
        for sign in drawn(several[name], Screen(60), words=text)
    )


@every
@pytest.mark.parametrize("width", [None, 40, 80])
def test_colour_changes_nothing_but_colour(name: str, width: int | None) -> None:
    """With colour the page has the same characters; without there are no codes."""
    bare, coloured = drawn(SEVERAL[name], Screen(width)), drawn(SEVERAL[name], Screen(width, True))
    assert "\x1b" not in bare
    assert "\x1b[" in coloured
    assert ANSI.sub("", coloured) == bare


def test_the_row_of_the_force_is_bold() -> None:
    """The force's row is set off, and no other's."""
    text = drawn(
        rows(Mark("Durham", "force", 5, "5"), Mark("Kent", "other", 3, "3")), Screen(80, True)
    )
    assert re.search(r"\x1b\[1mDurham", text)
    assert re.search(r"\nKent", text)


@every
@pytest.mark.parametrize("width", [None, 20, 40, 80, 140])
def test_no_line_ends_with_a_blank(name: str, width: int | None) -> None:
    """No line ends with blanks, with colour or without; the page ends with one line feed."""
    text = ANSI.sub("", drawn(SEVERAL[name], Screen(width, True), words="some words"))
    assert not re.search(r"[ \t\r]$", text, re.MULTILINE)
    assert text.endswith("words\n")


@every
def test_the_same_picture_is_the_same_page(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn depends on the picture alone, not on what the environment says of a screen."""
    before = drawn(SEVERAL[name])
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert drawn(SEVERAL[name]) == before
