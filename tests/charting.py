"""What the tests of drawing share: pictures, and the figures drawn from them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from crimecmp.document.picture import (
    FORMS,
    Cartogram,
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
    Shade,
    Spine,
    SpineRow,
    Tile,
    Tone,
)  # fmt: skip
from crimecmp.render.matplotlib import WIDE, draw
from crimecmp.render.matplotlib.files import own_settings
from crimecmp.render.matplotlib.sheet import figure_of

FORCES = (
    "Metropolitan Police", "Greater Manchester", "West Midlands", "West Yorkshire", "Thames Valley",
    "Hampshire", "Kent", "Essex", "Lancashire", "Devon and Cornwall", "Sussex", "Avon and Somerset",
    "Northumbria", "South Yorkshire", "Merseyside", "South Wales", "West Mercia", "Hertfordshire",
    "Surrey", "Nottinghamshire", "Staffordshire", "Cheshire", "Derbyshire", "Leicestershire",
    "Humberside", "Norfolk", "Cambridgeshire", "North Yorkshire", "Suffolk", "Dorset",
    "Lincolnshire", "Northamptonshire", "Wiltshire", "North Wales", "Bedfordshire", "Durham",
    "Gloucestershire", "Gwent", "Cleveland", "Warwickshire", "Dyfed-Powys", "Cumbria",
)  # fmt: skip
UNIT = "Offences per 1,000 population"
NOTES = ("Rates of small areas vary more by chance: read the intervals, not the places alone.",)
SOURCES = ("Source: a table of figures, published in October 2014. Open Government Licence v3.0.",)


def pictured(
    drawing: Rows | Lines | Funnel | Cartogram | Spine, kind: str = "bars", **changed: Any
) -> Picture:
    """Return a picture with text of every kind around a drawing."""
    whole = Picture(
        kind, "Durham against England and Wales, 12 months to June 2014", UNIT,
        drawing, NOTES, SOURCES, "Durham 54.0, England and Wales 60.7.",
    )  # fmt: skip
    return whole._replace(**changed)


def bars(*scales: tuple[Mark, ...]) -> Picture:
    """Return a picture of bars with a scale for each group of marks."""
    named = enumerate(scales, 1)
    return pictured(Rows(tuple(Scale(f"Measure {n}", "per 1,000", m) for n, m in named), True))


BARS = bars(
    (
        Mark("Durham", "force", 54.0, "54.0", 53.0, 55.5, "-11.0 % (-11.2 to -10.9): lower"),
        Mark("England and Wales", "benchmark", 60.7, "60.7"),
    ),
    (
        Mark("Durham", "force", 1.6, "1.6", remark="+33.3 %: higher"),
        Mark("England and Wales", "benchmark", 1.2, "1.2"),
    ),
    (
        Mark("Durham", "force", 13, "+13", remark="a rise against a fall"),
        Mark("England and Wales", "benchmark", -1, "-1"),
    ),
    (Mark("Durham", "force", None, "–"), Mark("England and Wales", "benchmark", 0, "0")),
)


def _role(name: str) -> Role:
    asked: dict[str, Role] = {"Durham": "force", "Cleveland": "second", "Kent": "third"}
    return asked.get(name, "other")


def _rate(number: int) -> float:
    return 60 + 14 * math.sin(number * 2.4)


def rank() -> Picture:
    """Return all forces and the benchmark in order, one force far from all others."""
    marks = [
        Mark(
            name, _role(name), _rate(n), f"{_rate(n):.1f}", _rate(n) - 2, _rate(n) + 2,
            "lower, 95 %, not unusual, 20th of 42" if _role(name) != "other" else "",
        )
        for n, name in enumerate(FORCES)
    ]  # fmt: skip
    marks.append(Mark("City of London", "other", 882.7, "882.7", 860, 905))
    marks.append(Mark("England and Wales", "benchmark", 60.7, "60.7"))
    marks.sort(key=lambda mark: -(mark.value or 0))
    return pictured(Rows((Scale("", "per 1,000 population", tuple(marks)),), False, 60.7), "rank")


SATISFACTION = pictured(
    Rows(
        (
            Scale(
                "",
                "%",
                (
                    Mark("Durham", "force", 88.6, "88.6", 86.8, 90.4, "+3.6 points: higher"),
                    Mark("Cleveland", "second", None, "–"),
                    Mark("England and Wales", "benchmark", 85.0, "85.0", 84.8, 85.2),
                ),
            ),
        ),
        reference=85.0,
    ),
    "satisfaction",
)


def _line(name: str, role: Role, level: float, *, gap: int = -1) -> Line:
    points = []
    for n in range(9):
        value = level + 3 * math.sin(n + level)
        end = date(2010 + n // 2, 12 if n % 2 else 6, 30)
        known = (value, f"{value:.1f}", value - 1, value + 1)
        points.append(Point(end, *(known if n != gap else (None, "–"))))
    return Line(name, role, tuple(points))


TREND = pictured(
    Lines(
        (
            _line("Durham", "force", 54, gap=4),
            _line("Cleveland", "second", 54.2),
            _line("Kent", "third", 54.4),
            _line("England and Wales", "benchmark", 54.1),
            *(_line(name, "other", 40 + n) for n, name in enumerate(FORCES[:30])),
        ),
        from_zero=False,
    ),
    "trend",
)


def funnel(*, named: bool = True) -> Picture:
    """Return all forces crowded together by the size of their base, all of them named or none."""
    dots = []
    for n, name in enumerate(FORCES):
        base = 8.4e6 * 0.935**n if n else 8.4e6
        value = 55 + 8 * math.sin(n * 2.4) + (20 if n == 0 else 0)
        dots.append(Dot(name, _role(name), base, value, f"{value:.1f}", named, "outside"))
    bases = [3e5 * 28 ** (n / 40) for n in range(41)]
    limits = [
        Limits(label, _curve(bases, z), level, overdispersed=True)
        for label, level, z in (("usual range (95%)", 0.95, 1.96), ("99.8%", 0.998, 3.09))
    ]
    drawing = Funnel(tuple(dots), tuple(limits), 55.0, "all 42 together", "Residents")
    return pictured(drawing, "funnel")


def _curve(bases: list[float], z: float) -> tuple[tuple[float, float, float], ...]:
    spreads = [z * (math.sqrt(55e3 / base) + 5) for base in bases]
    return tuple((b, 55 - spread, 55 + spread) for b, spread in zip(bases, spreads, strict=True))


FIFTHS: tuple[Tone, ...] = ("lowest", "low", "middle", "high", "highest")


def cartogram() -> Picture:
    """Return all forces on a map, seven in a row, with a key of five fifths."""
    tiles = [
        Tile(
            name,
            name[:3].upper(),
            _role(name),
            n % 7 + 1,
            n // 7 + 1,
            FIFTHS[n % 5],
            f"{n % 5 + 1}",
        )
        for n, name in enumerate(FORCES)
    ]
    shades = [
        Shade(tone, str(n), f"The {tone} fifth", f"{n}.01 to {n}.99 (9 forces)")
        for n, tone in enumerate(FIFTHS, 1)
    ]
    drawing = Cartogram(
        tuple(tiles), tuple(shades), ("Durham (DUR): 4.99, 32nd highest of 42",),
        ("England and Wales: 8.73",),
    )  # fmt: skip
    return pictured(drawing, "map")


def spine_row(measure: str, force: str, percent: float | None, **changed: Any) -> SpineRow:
    """Return a row among 41 other forces, with a usual range."""
    others = tuple(sorted(30 * math.sin(number * 2.4) for number in range(41)))
    text = "–" if percent is None else f"{percent:+.0f}%"
    row = SpineRow(
        measure, force, _role(force), "54.0", "60.7", percent, text, others, (-35.0, 25.0),
        "20th of 42", "lower *",
    )  # fmt: skip
    return row._replace(**changed)


def spine(*rows: SpineRow, end: float = 100.0) -> Picture:
    """Return a picture of some rows."""
    remarks = ("h per 1,000 households", "* Within what counts usually move from year to year.")
    usual = "range among forces for a force of this size (95%)"
    drawing = Spine(rows, end, "England and Wales", "E&W", usual, remarks)
    return pictured(drawing, "spine")


SPINE = spine(
    spine_row("Crime excluding fraud", "Durham", -11.0),
    spine_row("Burglary in a dwelling h", "Durham", 40.0, rank="1st of 42", verdict="higher"),
    spine_row("Anti-social behaviour m", "Durham", 1352.4, text="882.67", usual=None, rank=""),
    spine_row("Sexual offences", "Durham", None, text="–", verdict="–"),
    spine_row("Violence", "Durham", 0.0, verdict="no clear difference", others=(-40.0, 130.0)),
)
SPINES = spine(
    *(
        spine_row(measure, force, 10.0 * place - 5, text=f"{50 + place}.25")
        for measure in ("Crime excluding fraud", "Burglary in a dwelling h")
        for place, force in enumerate(("Durham", "Cleveland", "Kent"))
    ),
    end=50.0,
)

PICTURES = {
    "map": cartogram(),
    "bars": BARS,
    "rank": rank(),
    "satisfaction": SATISFACTION,
    "trend": TREND,
    "funnel": funnel(),
    "spine": SPINE,
    "spines": SPINES,
}


@cache
def figure(picture: Picture, width: float = WIDE) -> Figure:
    """Return a picture as a figure, which no test may change."""
    with own_settings():
        return figure_of(picture, width)


def named(drawn: Figure, name: str) -> Any:
    """Return the artist with a name."""
    found: list[Artist] = drawn.findobj(lambda artist: artist.get_gid() == name)
    assert len(found) == 1, name
    return found[0]


def names(drawn: Figure) -> set[str]:
    """Return the names of all artists that have one."""
    return {str(artist.get_gid()) for artist in drawn.findobj() if artist.get_gid()}


def texts(drawn: Figure) -> Iterator[tuple[str, Bbox]]:
    """Yield each line of text with its box, in dots of the figure."""
    canvas: Any = FigureCanvasAgg(drawn)
    renderer = canvas.get_renderer()
    with own_settings():
        for text in drawn.findobj(Text):
            assert isinstance(text, Text)
            yield text.get_text(), text.get_window_extent(renderer)


def crossed(strokes: Any, box: Any, drawn: Any) -> bool:
    """Return whether an upright stroke crosses the box of a text."""
    scale, top = drawn.dpi / 72, drawn.bbox.y1
    return any(
        box.x0 < x * scale < box.x1 and top - foot * scale < box.y1 and top - head * scale > box.y0
        for (x, head), (_, foot) in strokes.get_segments()
    )


def digests(*, backwards: bool) -> dict[str, str]:
    """Return a digest of the file of every picture in every form, drawn in either order."""
    return {
        f"{kind}.{form}": hashlib.sha256(draw(PICTURES[kind], form)).hexdigest()
        for kind in sorted(PICTURES, reverse=backwards)
        for form in FORMS
    }
