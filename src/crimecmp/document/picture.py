"""What a picture holds: marks, lines and limits with their words, not yet drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, NamedTuple, TypeGuard, get_args

from crimecmp.text import plural

Form = Literal["svg", "png", "pdf"]
"""A file that a picture can be drawn into, named by the ending of its name."""

FORMS: tuple[Form, ...] = get_args(Form)

Role = Literal["force", "second", "third", "benchmark", "other"]
"""The part that an area plays: a requested force, the benchmark, or any other area."""

FORCE_ROLES: tuple[Role, ...] = ("force", "second", "third")
"""The roles of the requested forces, in order; a picture shows no more of them."""


LARGEST: Final = 1e100
"""The largest figure that has a place on a scale."""


def can_be_drawn(value: float | None) -> TypeGuard[float]:
    """Return whether a figure has a place on a scale: it is a number, and not absurdly large."""
    return value is not None and abs(value) <= LARGEST


class Mark(NamedTuple):
    """One figure on a scale.

    Parameters
    ----------
    label
        The name of the area.
    role
        The part that the area plays.
    value
        The figure; None where it is missing.
    text
        The figure as people read it, with the decimals it was printed with; of a missing one the
        sign for that.
    low, high
        The ends of its interval; None where it has none.
    remark
        A remark: one verdict, or a place in order.
    detail
        What tells its figure from those of the other marks, in smaller type: a unit, a period, or
        that it is unusual.
    figures
        The figures that a difference is between, in the order of the headings.
    band
        The ends of the range that is usual for it; None where it has none.
    """

    label: str
    role: Role
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    remark: str = ""
    detail: str = ""
    figures: tuple[str, ...] = ()
    band: tuple[float, float] | None = None

    def in_words(self) -> str:
        """Return the mark in words: `Durham 54.0, -11.0%: lower`."""
        return ", ".join(filter(None, [f"{self.label} {self.text}", self.remark, self.detail]))


class Scale(NamedTuple):
    """Marks that are drawn on one scale.

    Parameters
    ----------
    title
        What is measured; empty where the picture's title has said it.
    unit
        What it is measured in.
    marks
        The figures, from the top down.
    """

    title: str
    unit: str
    marks: tuple[Mark, ...]

    def in_words(self) -> str:
        """Return all its figures in a sentence."""
        lead = ", ".join(filter(None, [self.title, self.unit]))
        return f"{lead}: {'; '.join(mark.in_words() for mark in self.marks)}."


class Rows(NamedTuple):
    """Figures one below the other: as bars about zero, or as points on their intervals.

    Parameters
    ----------
    scales
        The groups of figures, from the top down.
    bars
        Whether each figure is a bar from zero, all of them on one scale; otherwise it is a point
        on its interval, and each group has a scale of its own, which need not begin at zero.
    reference
        The benchmark's figure, drawn through all rows as a line; None for no line.
    from_zero
        Whether a scale of points begins at zero.
    headings
        The headings of the figures that differences are between; empty where there are none.
    axis
        What the one scale of bars is in: `% difference`.
    most
        How far from zero the scale of bars goes at most; a longer bar ends in an arrow. None for
        as far as the figures go.
    band
        What the usual ranges of the marks are called; empty where they have none.
    remarks
        What part of the remarks means, where it needs words.
    """

    scales: tuple[Scale, ...]
    bars: bool = False
    reference: float | None = None
    from_zero: bool = False
    headings: tuple[str, ...] = ()
    axis: str = ""
    most: float | None = None
    band: str = ""
    remarks: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether a bar reaches beyond the scale."""
        marks = (mark for scale in self.scales for mark in scale.marks)
        most = self.most
        return most is not None and any(abs(mark.value or 0.0) > most for mark in marks)

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the one scale of bars."""
        most = LARGEST if self.most is None else self.most
        marks = [mark for scale in self.scales for mark in scale.marks if can_be_drawn(mark.value)]
        ends = [end for mark in marks for end in (mark.value, mark.low, mark.high, 0.0)]
        near = [min(max(end, -most), most) for end in ends if can_be_drawn(end)]
        return min(near, default=0.0), max(near, default=0.0)


class Point(NamedTuple):
    """A figure for the period to a day.

    Parameters
    ----------
    period_end
        The day.
    value
        The figure; None for a gap.
    text
        The figure as people read it.
    low, high
        The ends of its interval, or of its usual range; None where it has none.
    centre
        The middle of its usual range; None where it has none.
    signal
        What kind of signal it is; empty for none.
    """

    period_end: date
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    centre: float | None = None
    signal: str = ""


class Line(NamedTuple):
    """The figures of one area over time, the earliest first."""

    label: str
    role: Role
    points: tuple[Point, ...]


class Caution(NamedTuple):
    """What a reader must know of the figures for the 12 months to a day, in two or three words."""

    text: str
    period_end: date


class Lines(NamedTuple):
    """Figures of areas over time.

    Parameters
    ----------
    lines
        The areas' lines: the requested forces, the benchmark, then the others.
    from_zero
        Whether the scale begins at zero.
    cautions
        What to know of the figures of one year, marked there.
    band
        What the usual ranges of the points are called; empty where they have intervals instead.
    """

    lines: tuple[Line, ...]
    from_zero: bool
    cautions: tuple[Caution, ...] = ()
    band: str = ""


class Dot(NamedTuple):
    """A force's figure over the size of its base.

    Parameters
    ----------
    label, role
        The name of the force, and the part that it plays.
    base
        What the figure is over: residents or households.
    value, text
        The figure, and how people read it.
    named
        Whether its name is written beside it.
    remark
        Where it lies: inside the limits, or outside which.
    """

    label: str
    role: Role
    base: float
    value: float
    text: str
    named: bool
    remark: str


class Limits(NamedTuple):
    """The limits that a figure stays between, by the size of the base.

    Parameters
    ----------
    label
        What they are called: `95%`.
    curve
        Base, lower and upper limit, the smallest base first.
    level
        Their level, of 1.
    overdispersed
        Whether the forces' own spread is taken in, and not chance alone.
    """

    label: str
    curve: tuple[tuple[float, float, float], ...]
    level: float
    overdispersed: bool = False


class Funnel(NamedTuple):
    """The figures of all forces by the sizes of their bases, between limits.

    Parameters
    ----------
    dots
        The forces, from the largest base to the smallest.
    limits
        The limits, those of chance first, the narrower first.
    centre
        The figure of all forces together, which the limits are around.
    centre_label
        What that is called.
    base_label
        What the base is: `Households`.
    """

    dots: tuple[Dot, ...]
    limits: tuple[Limits, ...]
    centre: float
    centre_label: str
    base_label: str


Tone = Literal[
    "lowest", "low", "middle", "high", "highest",
    "below", "alike", "above", "untested", "benchmark", "absent",
]  # fmt: skip
"""What an area of a map is coloured by: its fifth, its verdict, or that it has no figure."""


class Tile(NamedTuple):
    """An area of a map: one hexagon.

    Parameters
    ----------
    label, code
        The name of the area, and the letters that are written for it.
    role
        The part that it plays; a requested force is outlined.
    column, row
        Its place from the west and its row from the north, from 1. Every second row is half a
        hexagon further east.
    tone
        What it is coloured by.
    sign
        The same as a sign, which the key explains.
    """

    label: str
    code: str
    role: Role
    column: int
    row: int
    tone: Tone
    sign: str


class Shade(NamedTuple):
    """What a colour and a sign of a map mean.

    Parameters
    ----------
    tone, sign
        The colour and the sign.
    label
        What the areas have in common.
    text
        How many they are, and the range of their figures.
    """

    tone: Tone
    sign: str
    label: str
    text: str


class Cartogram(NamedTuple):
    """A map of equal hexagons, each an area in its place.

    Parameters
    ----------
    tiles
        The areas.
    shades
        The key of the colours, from the top down.
    outlined
        What there is to say of the areas that are outlined, a line for each.
    remarks
        What else there is to say beside the map.
    """

    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    outlined: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def areas_of(self, shade: Shade) -> list[Tile]:
        """Return the areas that a part of the key is about."""
        return [
            tile
            for tile in self.tiles
            if tile.tone == shade.tone and tile.sign.startswith(shade.sign)
        ]

    def in_words(self) -> str:
        """Return what is outlined, then the areas of each colour in a sentence."""
        said = [*self.outlined, *self.remarks]
        for shade in self.shades:
            labels = (tile.label for tile in self.areas_of(shade))
            said.append(f"{shade.label}, {shade.text}: {', '.join(labels)}")
        return " ".join(f"{text.rstrip('.')}." for text in said)


class SpineRow(NamedTuple):
    """One force's figure on one measure, and its place about the benchmark's.

    Rows of the same measure follow one another, one a force.

    Parameters
    ----------
    measure
        What is measured, with the marks of a unit or year that differs from most.
    force, role
        The name of the force, and the part that it plays.
    text, benchmark
        The two figures as people read them; of a missing one the sign for that.
    percent
        How far the force is from the benchmark, in per cent of it; None where that is not known.
        It is calculated from the figures that the place among forces is calculated from.
    percent_text
        How far apart the two figures are, as people read it: `-43%`.
    others
        How far the other forces are from it, from the lowest to the highest.
    usual
        The ends of the range that is usual for a force of this size, in per cent as well; None
        where it is not known.
    rank
        The place among forces: `32nd of 42`; empty where it has none.
    verdict
        The verdict in a few words.
    mark
        What the measure's name ends in where its unit or year differs from most: the marks.
    detail
        That unit or year in words.
    """

    measure: str
    force: str
    role: Role
    text: str
    benchmark: str
    percent: float | None
    percent_text: str
    others: tuple[float, ...]
    usual: tuple[float, float] | None
    rank: str
    verdict: str
    mark: str = ""
    detail: str = ""

    @property
    def name(self) -> str:
        """What is measured, without marks."""
        return self.measure.removesuffix(self.mark)

    @property
    def is_usual(self) -> bool | None:
        """Whether the force is inside its usual range; None where that is not known."""
        if self.percent is None or self.usual is None:
            return None
        return self.usual[0] <= self.percent <= self.usual[1]


class Spine(NamedTuple):
    """Figures on several measures on one scale of per cent differences about the benchmark.

    Parameters
    ----------
    rows
        The rows, from the top down; at least one.
    end
        The scale goes from this far below the benchmark to this far above it, in per cent. What
        is farther out is drawn at its end, with its figure.
    benchmark, short_benchmark
        The name of the benchmark at zero, and a short one for the heading of a column.
    usual
        What the range is called that `usual` of the rows has; empty where no row has one.
    remarks
        What the marks of measures and verdicts mean, and what kind of verdicts they are.
    marks
        Those of the remarks that say what the marks of measures mean.
    ranked
        What the heading of the ranks says; empty for nothing but what they are.
    """

    rows: tuple[SpineRow, ...]
    end: float
    benchmark: str
    short_benchmark: str
    usual: str
    remarks: tuple[str, ...]
    marks: tuple[str, ...] = ()
    ranked: str = ""

    @property
    def forces(self) -> dict[str, Role]:
        """The forces in order, with their roles."""
        return {row.force: row.role for row in self.rows}

    @property
    def remarks_without_marks(self) -> tuple[str, ...]:
        """The remarks beneath a drawing that writes units and years in words."""
        return tuple(remark for remark in self.remarks if remark not in self.marks)


class Picture(NamedTuple):
    """One picture.

    Parameters
    ----------
    kind
        `spine`, `bars`, `trend`, `control`, `funnel`, `rank`, `map` or `satisfaction`.
    title
        The finding.
    unit
        The measure, its unit, the places and the years: the line under the title.
    drawing
        What is drawn.
    notes
        What a reader would be misled without: one note at most.
    sources
        The sources of its figures, and their licence.
    description
        The finding and what there is to see, in words, for those who do not see it.
    intervals
        What its intervals are; empty where it has none.
    """

    kind: str
    title: str
    unit: str
    drawing: Rows | Lines | Funnel | Cartogram | Spine
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    description: str
    intervals: str = ""

    @property
    def after_title(self) -> str:
        """The description without the finding that it begins with: the title says it first."""
        return self.description.removeprefix(f"{self.title}. ")

    @property
    def caption(self) -> tuple[str, ...]:
        """The lines under a drawn picture: what its lines and bands are, then its note.

        In characters a legend says what the signs are.
        """
        key = " ".join(self._key())
        return (*([key] if key else []), *self.notes)

    def _key(self) -> Iterator[str]:
        drawing = self.drawing
        if isinstance(drawing, Rows | Lines) and drawing.band:
            yield f"Shaded: {drawing.band}."
        if isinstance(drawing, Rows) and drawing.remarks:
            yield f"{drawing.remarks}."
        if isinstance(drawing, Rows) and drawing.is_cut:
            yield "Arrows: beyond the scale."
        if self.intervals:
            yield f"{_drawn_intervals(drawing)}: {self.intervals}."
        if isinstance(drawing, Lines):
            others = sum(line.role == "other" for line in drawing.lines)
            if others:
                yield f"Grey lines: {plural(others, 'other force')}."
            for line in drawing.lines:
                if any(point.centre is not None for point in line.points):
                    yield f"Thin dashes: its average. Marks on {line.label}'s line: signals."


def _drawn_intervals(drawing: Rows | Lines | Funnel | Cartogram | Spine) -> str:
    """Return what intervals are drawn as."""
    if isinstance(drawing, Lines):
        return "Bands"
    return "Thin lines" if isinstance(drawing, Rows) and drawing.bars else "Lines through points"
