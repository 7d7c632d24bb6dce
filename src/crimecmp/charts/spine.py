"""Spine: every measure of some forces on one scale about the benchmark, among all forces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from crimecmp.charts.marks import roles_of
from crimecmp.comparison.around import Around, around
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.strongest import Finding, of_latest_year, strongest
from crimecmp.document.picture import Picture, Role, Spine, SpineRow
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, in_words, ordinal, plural, rounded
from crimecmp.wording.answers import lower_first, short_percent, side_by_side, standing_title
from crimecmp.wording.captions import NO_GOOD_DIRECTION, source_line
from crimecmp.wording.cautions import cautions, first_sentence
from crimecmp.wording.figure_words import level_words
from crimecmp.wording.labels import (
    abbreviated,
    column_label,
    opponent_in_sentence,
    opponent_label,
    short_label,
    year_words,
)
from crimecmp.wording.notes import missing_forces
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import (
    NO_MORE,
    kind_words,
    mark_of,
    marked_verdict,
)
from crimecmp.wording.units import Scale

_ENDS = (10.0, 20.0, 50.0, 100.0)
"""Where the scale can end, in per cent: at the last, a rate is nothing or twice the benchmark's."""


def spine(data: Dataset, request: Request) -> Picture:
    """Return a picture of all rates of some forces, each about the benchmark's and among forces.

    A printed figure that the counts of another source test is written as printed, and so is its
    difference; its mark on the scale, its rank and its verdict are of the counts, as the other
    forces beside it are.

    Parameters
    ----------
    data
        The tables.
    request
        The forces and the benchmark.

    Raises
    ------
    NoFiguresError
        Where the data have no rates of the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles = roles_of(request)
    findings = of_latest_year(strongest(data, request, ("rates",)).get("rates", []))
    if not findings:
        raise no_figures(data, "rates", request)
    shown, tested = [found.shown for found in findings], [found.tested for found in findings]
    beside = around(data, request, tested)
    marks = Marks.of(shown)
    rows = [
        _row(data, found, its, roles, marks) for found, its in zip(findings, beside, strict=True)
    ]
    against = opponent_in_sentence(data, request)
    usual = f"range among forces for a force of this size ({level_words(tested[0])})"
    drawing = Spine(
        tuple(rows),
        _end(rows),
        against,
        abbreviated(opponent_label(data, request)),
        usual if any(row.usual for row in rows) else "",
        (*marks.meanings, *_remarks(data, findings, rows)),
        marks.meanings,
    )
    title = _title(data, request, tested)
    return Picture(
        "spine",
        title,
        _subtitle(data, request, shown, marks),
        drawing,
        (_note(data, request, shown),),
        _sources(data, findings),
        " ".join([f"{title}.", *_in_words(data, request, findings, rows)]),
    )


def _row(
    data: Dataset, found: Finding, its: Around, roles: dict[str, Role], marks: Marks
) -> SpineRow:
    shown, tested = found
    scale = Scale.of([shown])
    among = tested.among
    return SpineRow(
        marks.marked(shown, column_label(data, shown.metric, shown.label)),
        data.forces[shown.force].label,
        roles[shown.force],
        scale.cell(shown, shown.own),
        scale.cell(shown, shown.other),
        tested.percent_difference,
        short_percent(shown.percent_difference) or MISSING,
        its.others,
        its.usual,
        f"{ordinal(among.forces_rank)} of {among.forces_ranked}" if among.forces_rank else "",
        marked_verdict(tested) or MISSING,
        marks.mark_of(shown),
        marks.meaning_of(shown),
    )


def _remarks(data: Dataset, findings: Sequence[Finding], rows: Sequence[SpineRow]) -> Iterable[str]:
    """Yield what kind of verdicts there are, and what marks and usual ranges are made from."""
    tested = [found.tested for found in findings]
    yield from kind_words(tested)
    if any(found.basis == "printed and tested by counts" for found in findings):
        yield f"{BY_COUNTS}{_by_counts_alone(data, findings)}."
    if any(row.is_usual is False for row in rows):
        yield _by_chance(tested)
    yield from _without_range(data, tested)


BY_COUNTS = "Figures are as printed; marks on the scale, ranks and verdicts are from counts"
_WORTH_SAYING = 2.0
"""How far apart, in points, a printed difference and that of the counts are said to be."""


def _by_counts_alone(data: Dataset, findings: Sequence[Finding]) -> str:
    """Return the difference by counts that is farthest from the printed one, if that is far."""
    gaps = [
        (abs(by_counts - printed), by_counts, found.shown)
        for found in findings
        if (printed := found.shown.percent_difference) is not None
        if (by_counts := found.tested.percent_difference) is not None
    ]
    far = [found for found in gaps if found[0] >= _WORTH_SAYING]
    if not far:
        return ""
    _, by_counts, row = max(far, key=itemgetter(0))
    way = "higher" if by_counts > 0 else "lower"
    measure = lower_first(short_label(data, row))
    return f": by counts {measure} is {rounded(abs(by_counts), 0)}% {way}"


def _end(rows: Sequence[SpineRow]) -> float:
    """Return the end of a scale that holds all figures but those too far out."""
    figures = [row.percent for row in rows if row.percent is not None]
    figures += [end for row in rows for end in (*row.others, *(row.usual or ()))]
    near = [abs(figure) for figure in figures if abs(figure) <= _ENDS[-1]]
    return next(end for end in _ENDS if max(near, default=0.0) <= end)


def _title(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    if set(request.forces) <= set(data.without_resident_base()):
        where = in_words(data.forces[force].label for force in request.forces)
        return f"Hardly anyone lives in {where}, so these rates say little of its crime"
    against = opponent_in_sentence(data, request)
    if len(request.forces) > 1 and len({row.metric for row in rows}) == 1:
        return side_by_side(data, rows, against, Scale.of(rows))[0].rstrip(".")
    return standing_title(data, rows, against)


def _by_chance(rows: Sequence[Comparison]) -> str:
    """Return how many forces would be outside their usual ranges by chance."""
    forces = max(row.among.forces_ranked or 0 for row in rows)
    expected = forces * (1 - rows[0].tested.interval_level)
    number = rounded(expected, 0 if expected >= 1 else 1)
    return (
        f"By chance alone, about {number} of {forces} forces would be outside their range on each "
        "measure."
    )


def _without_range(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield which forces have no usual range on a measure and why, each reason once."""
    forces: dict[str, list[str]] = {}
    for row in rows:
        if row.prediction.prediction_low is None:
            reason = lower_first(first_sentence(row.among.among_reason))
            forces.setdefault(reason, []).append(data.forces[row.force].label)
    for reason, names in forces.items():
        yield f"No range among forces for {in_words(dict.fromkeys(names))}: {reason}"


def _note(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return who is missing, and what a reader would be misled without."""
    missing = [note.text for note in missing_forces(data, request, rows)]
    found = cautions(data, "rates", request, rows)
    return " ".join([*missing, *(found or [NO_GOOD_DIRECTION])])


def _sources(data: Dataset, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return where the figures are from, and where their tests are from if that is elsewhere."""
    shown = source_line(data, (found.shown.source for found in findings))
    tested = source_line(data, (found.tested.source for found in findings))
    if shown == tested:
        return (f"Source: {shown}",)
    return (f"Source: {shown}", f"Marks, ranks and verdicts: {tested}")


def _subtitle(data: Dataset, request: Request, rows: Sequence[Comparison], marks: Marks) -> str:
    """Return the measures, their unit, the place and the year."""
    measures = list(dict.fromkeys(row.label for row in rows))
    what = measures[0] if len(measures) == 1 else plural(len(measures), "measure") + " of crime"
    where = in_words(data.forces[force].label for force in request.forces)
    said = f"{what} {marks.unit} in {where}, {year_words(marks.end)}"
    return f"{said}, unless a row says otherwise" if marks.letters else said


def _in_words(
    data: Dataset, request: Request, findings: Sequence[Finding], rows: Sequence[SpineRow]
) -> Iterable[str]:
    """Yield each row as a sentence: its figures, its verdict and its place among forces."""
    against = opponent_in_sentence(data, request)
    for (shown, tested), row in zip(findings, rows, strict=True):
        unit = Scale.of([shown]).unit
        parts = [f"{row.force} {row.text}, {against} {row.benchmark}"]
        parts.append(row.verdict.partition("\u00a0")[0])
        if mark_of(tested) == NO_MORE:
            parts.append("no more than forces' counts usually move from year to year")
        if row.rank:
            parts.append(f"{row.rank} forces")
        if row.is_usual is not None:
            parts.append(f"{'inside' if row.is_usual else 'outside'} the range among forces")
        yield f"{shown.label} {unit}, {year_words(shown.period_end)}: {'; '.join(parts)}."
