"""What a picture holds: marks, lines and limits with their words, not yet drawn."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, get_args

Form = Literal["svg", "png", "pdf"]
"""A file that a picture can be drawn into, named by the ending of its name."""

FORMS: tuple[Form, ...] = get_args(Form)

Role = Literal["force", "second", "third", "benchmark", "other"]
"""The part that an area plays: a requested force, the benchmark, or any other area."""

FORCE_ROLES: tuple[Role, ...] = ("force", "second", "third")
"""The roles of the requested forces, in order; a picture shows no more of them."""


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
        A remark: how far it is from the benchmark, and the verdict.
    """

    label: str
    role: Role
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None
    remark: str = ""

    def in_words(self) -> str:
        """Return the mark in words: `Durham 54.0, -11.0%: lower`."""
        return ", ".join(filter(None, [f"{self.label} {self.text}", self.remark]))


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
    """Figures one below the other, on one scale or on several.

    Parameters
    ----------
    scales
        The scales, from the top down.
    bars
        Whether each figure is a bar from zero; otherwise it is a point on its interval, and the
        scale need not begin at zero.
    reference
        The benchmark's figure, drawn through all rows as a line; None for no line.
    from_zero
        Whether a scale of points begins at zero; a scale of bars always does.
    """

    scales: tuple[Scale, ...]
    bars: bool = False
    reference: float | None = None
    from_zero: bool = False


class Point(NamedTuple):
    """A figure for the 12 months to a day.

    Parameters
    ----------
    period_end
        The day.
    value
        The figure; None for a gap.
    text
        The figure as people read it.
    low, high
        The ends of its interval; None where it has none.
    """

    period_end: date
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None


class Line(NamedTuple):
    """The figures of one area over time, the earliest first."""

    label: str
    role: Role
    points: tuple[Point, ...]


class Lines(NamedTuple):
    """Figures of areas over time.

    Parameters
    ----------
    lines
        The areas' lines: the requested forces, the benchmark, then the others.
    from_zero
        Whether the scale begins at zero.
    """

    lines: tuple[Line, ...]
    from_zero: bool


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
        The same as people read it: `-43%`.
    others
        The same of the other forces, from the lowest to the highest.
    usual
        The ends of the range that is usual for a force of this size, in per cent as well; None
        where it is not known.
    rank
        The place among forces: `32nd of 42`; empty where it has none.
    verdict
        The verdict in a few words.
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


class Spine(NamedTuple):
    """Figures on several measures on one scale of per cent differences about the benchmark.

    Parameters
    ----------
    rows
        The rows, from the top down.
    end
        The scale goes from this far below the benchmark to this far above it, in per cent. What
        is farther out is drawn at its end, with its figure.
    benchmark, short_benchmark
        The name of the benchmark at zero, and a short one for the heading of a column.
    usual
        What the range is called that `usual` of the rows has; empty where no row has one.
    remarks
        What the marks of measures and verdicts mean, and what kind of verdicts they are.
    """

    rows: tuple[SpineRow, ...]
    end: float
    benchmark: str
    short_benchmark: str
    usual: str
    remarks: tuple[str, ...]

    @property
    def forces(self) -> dict[str, Role]:
        """The forces in order, with their roles."""
        return {row.force: row.role for row in self.rows}


class Picture(NamedTuple):
    """One picture.

    Parameters
    ----------
    kind
        `bars`, `trend`, `funnel`, `rank`, `satisfaction` or `spine`.
    title
        What is compared, where and when.
    unit
        The measure, its unit and its base: the line under the title.
    drawing
        What is drawn.
    notes
        How to read it and what it leaves open; lines under it.
    sources
        The sources of its figures, and their licence.
    description
        What there is to see, in words, for those who do not see it.
    intervals
        What its intervals are; empty where it has none.
    """

    kind: str
    title: str
    unit: str
    drawing: Rows | Lines | Funnel | Spine
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    description: str
    intervals: str = ""

    @property
    def caption(self) -> tuple[str, ...]:
        """The lines under a drawn picture: what its lines and bands are, then its notes.

        In characters a legend says what an interval's sign is.
        """
        drawn = "Bands" if isinstance(self.drawing, Lines) else "Lines through the marks"
        if isinstance(self.drawing, Rows) and self.drawing.bars:
            drawn = "Thin lines at the ends of bars"
        return (*([f"{drawn}: {self.intervals}."] if self.intervals else []), *self.notes)
