"""Notes under a table: verdicts in words, reasons, missing figures, and other figures on offer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request, areas_against
from crimecmp.comparison.row import Comparison, PeriodSignal
from crimecmp.comparison.verdict_words import (
    HIGHER,
    LOWER,
    NOT_TESTED,
    POISSON,
    PRINT,
    USUAL,
)
from crimecmp.document.report import Note
from crimecmp.tables.cells import split_list
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words, period_name, rounded
from crimecmp.wording.figure_words import level_words
from crimecmp.wording.labels import compared_with, many_words, name_of, names_of, opponent
from crimecmp.wording.sentences import (
    flagged,
    group_sentence,
    sentence,
    short_sentence,
)


def verdict_sentences(data: Dataset, rows: Sequence[Comparison], *, in_full: bool) -> list[Note]:
    """Return each verdict as a sentence; where there are many, only what the table leaves out."""
    notes = []
    for row, name in zip(rows, names_of(data, rows), strict=True):
        force = data.forces[row.force].label
        if in_full:
            words = sentence(row, force, opponent(data, row))
            named = force in words and row.label.lower() in words.lower()
            notes.append(Note(words if named else f"{name}: {words}"))
        elif row.difference is not None:
            words = short_sentence(row, opponent(data, row))
            notes.append(Note(f"{name}: {words}"))
    if not in_full:
        notes += _reasons_once(data, rows)
    return [*notes, *_method_notes(rows)]


_IN_FULL = 2
_IN_FULL_SIDE_BY_SIDE = 5


def verdict_notes(
    data: Dataset, request: Request, rows: Sequence[Comparison], *, side_by_side: bool
) -> list[Note]:
    """Return the notes on the verdicts of a table."""
    if request.ranked:
        return [*_reasons_once(data, rows), *_method_notes(rows)]
    in_full = len(rows) <= (_IN_FULL_SIDE_BY_SIDE if side_by_side else _IN_FULL)
    return verdict_sentences(data, rows, in_full=in_full)


def _reasons_once(data: Dataset, rows: Sequence[Comparison]) -> list[Note]:
    """Return the reasons for tested verdicts, one note for each reason."""
    reasons: dict[str, list[str]] = {}
    for row, name in zip(rows, names_of(data, rows), strict=True):
        if row.tested.level is not None:
            reasons.setdefault(row.tested.reason, []).append(name)
    return [Note(f"{many_words(names, rows)}: {reason}") for reason, names in reasons.items()]


def _method_notes(rows: Sequence[Comparison]) -> list[Note]:
    differing = [row for row in rows if row.tested.verdict in (HIGHER, LOWER)]
    kinds = dict.fromkeys(
        _WITHOUT_YEARS
        if row.beyond.beyond == POISSON and row.beyond.usual_p is None
        else row.beyond.beyond
        for row in differing
    )
    notes = [Note(_METHOD_NOTES[kind]) for kind in kinds if kind in _METHOD_NOTES]
    if any(row.tested.smallest_base is not None for row in rows) and len(rows) > 1:
        notes.append(Note(_SIZES))
    sigmas = _usual_words([row for row in rows if _says_usual(row)])
    return [*notes, *sigmas]


_WITHOUT_YEARS = "Poisson variation alone"
_METHOD_NOTES = {
    _WITHOUT_YEARS: (
        "Random variation in separate crimes is the least there can be: counts move more than that "
        "from year to year, which is not in this test."
    ),
    PRINT: (
        "After rounding: the direction holds whatever the figures were rounded from. There are no "
        "counts of both to test."
    ),
    POISSON: (
        "No more than usual: more than random variation in separate crimes would explain, but "
        "within what forces' counts usually move against each other from year to year."
    ),
    USUAL: (
        "More than usual: larger than forces' counts usually move against each other from year to "
        "year. It does not mean that the force caused it."
    ),
}
_SIZES = (
    "The sizes from which a difference is more than random variation assume independent crimes. "
    "Crimes cluster, so the true sizes are larger."
)


def _says_usual(row: Comparison) -> bool:
    """Return whether anything is said of a row that rests on usual variation."""
    sized = row.tested.smallest_base is not None and row.beyond.usual_sd is not None
    return sized or row.beyond.usual_p is not None


def _usual_words(rows: Sequence[Comparison]) -> list[Note]:
    """Return how much each metric usually moves in a year, and what that was estimated from."""
    found: dict[tuple[str, str], dict[str, list[Comparison]]] = {}
    for row in rows:
        about = row.beyond.usual_reason, row.beyond.usual_source or ""
        found.setdefault(about, {}).setdefault(row.label, []).append(row)
    return [
        Note(
            "Usual movement of a force's count against the others in a year (standard deviation): "
            f"{'; '.join(_sigma_words(label, alike) for label, alike in measures.items())}. "
            f"{reason} Source: {source}.",
            source,
        )
        for (reason, source), measures in found.items()
    ]


def _sigma_words(label: str, rows: Sequence[Comparison]) -> str:
    """Return sigma and its degrees of freedom, or their ranges: each force has the others' own."""
    sigmas = [row.beyond.usual_sd or 0.0 for row in rows]
    freedoms = [row.beyond.usual_df or 0 for row in rows]
    sigma, freedom = (
        " to ".join(dict.fromkeys(ends))
        for ends in (
            [f"{rounded(100 * end, 1)}%" for end in (min(sigmas), max(sigmas))],
            [str(end) for end in (min(freedoms), max(freedoms))],
        )
    )
    return f"{label} {sigma} ({freedom} degrees of freedom)"


def spread_notes(rows: Sequence[Comparison]) -> list[Note]:
    """Explain how forces are tested for being unusual among forces, where they are."""
    tested = [row for row in rows if row.among.among_forces != NOT_TESTED]
    if not tested:
        return []
    labels_by_reason: dict[str, list[str]] = {}
    for row in tested:
        reason = f"{row.among.among_reason} {flagged(row)}"
        labels_by_reason.setdefault(reason, []).append(row.label)
    reasons = [
        reason if len(labels_by_reason) == 1 else f"{many_words(labels)}: {reason}"
        for reason, labels in labels_by_reason.items()
    ]
    level = level_words(tested[0])
    places = [PLACES.format(level=level)] if len(tested) > 1 else []
    return [
        *map(Note, places),
        Note(
            f"Among forces: whether its rate is outside the range expected of a force of its size "
            f"at {level}, by the spread of all the other forces. " + " ".join(reasons)
        ),
    ]


PLACES = (
    "The places that a force could be in are those that random variation alone allows; all forces' "
    "places are inside together at {level}."
)


def group_notes(data: Dataset, rows: Sequence[Comparison]) -> list[Note]:
    """Say whether forces are usual for the group that they are compared with, and why not."""
    said: dict[str, list[str]] = {}
    for row, name in zip(rows, names_of(data, rows), strict=True):
        words = group_sentence(row, data.forces[row.force].label, data.label_of(row.benchmark))
        if words and row.kind == "rate":
            said.setdefault(words, []).append(name)
    return [Note(f"{many_words(names, rows)}: {words}") for words, names in said.items()]


def coverage(data: Dataset, request: Request, rows: Sequence[Comparison]) -> list[Note]:
    """Return notes on how many forces have each figure, where forces are ranked."""
    if not request.ranked:
        return []
    territorial = set(data.territorial())
    shown = {row.force for row in rows}
    with_figure: dict[str, set[str]] = {}
    for row in rows:
        if row.force_value is not None and row.force in territorial:
            with_figure.setdefault(name_of(data, row, []), set()).add(row.force)
    notes = [
        Note(f"{name}: {len(forces)} of {len(territorial)} forces have this figure.")
        for name, forces in with_figure.items()
    ]
    if len({row.period_end for row in rows}) > 1:
        notes.append(Note("The periods differ: a rank is among the figures of its own period."))
    left_out = [data.forces[force].label for force in request.out_of_spread if force in shown]
    if left_out and rows[0].kind == "rate":
        has, is_ = ("has", "is") if len(left_out) == 1 else ("have", "are")
        notes.append(
            Note(
                f"{in_words(left_out)} {has} no rank and {is_} not compared with the other forces: "
                "hardly anyone lives there."
            )
        )
    if request.group is None and request.benchmark in territorial:
        benchmark = data.forces[request.benchmark].label
        notes.append(Note(f"{benchmark} is the benchmark and not in the ranking."))
    return notes


def missing_forces(data: Dataset, request: Request, rows: Sequence[Comparison]) -> list[Note]:
    """Name the requested forces that have no row: they are missing, not dropped."""
    shown = {row.force for row in rows}
    missing = [data.forces[force].label for force in request.forces if force not in shown]
    where = f"{data.label} from {request.source}" if request.source else data.label
    return [Note(f"No such figure in {where}: {in_words(missing)}.")] if missing else []


def row_notes(data: Dataset, rows: Sequence[Comparison]) -> list[Note]:
    """Return the notes that rows have in their tables, each once."""
    about: dict[str, list[str]] = {}
    for row, own in zip(rows, names_of(data, rows), strict=True):
        if row.note:
            about.setdefault(row.note, []).append(own)
        if row.benchmark_note:
            against = compared_with(data, row)
            name = f"{against}, {name_of(data, row, [])}"
            about.setdefault(row.benchmark_note, []).append(name)
    if len(about) > _MOST_NOTES:
        where = "in the columns note and benchmark_note of machine output"
        return [Note(f"There are {len(about)} different notes, {where}.")]
    return [Note(f"{many_words(names, rows)}: {note}") for note, names in about.items()]


_MOST_NOTES = 15


def recorded_differently(comparable_from: str, consequence: str) -> Note:
    """Return the caution for a series that begins before figures were recorded as now.

    Parameters
    ----------
    comparable_from
        The first end of a period from which figures are comparable, as an ISO date.
    consequence
        What does not happen to the earlier figures, such as `drawn`.
    """
    first = period_name(date.fromisoformat(comparable_from))
    return Note(
        f"Before the year to {first} this was recorded in another way, so those figures are not "
        f"{consequence}."
    )


def reservations(
    data: Dataset, table: str, request: Request, rows: Iterable[Comparison | PeriodSignal]
) -> list[Note]:
    """Return the reservations about some figures of a table, one that is on several years once."""
    notes = (
        Note(note["text"], note["source"], note["locator"])
        for note in reserved(data, table, request, rows)
    )
    return list(dict.fromkeys(notes))


def reserved(
    data: Dataset, table: str, request: Request, rows: Iterable[Comparison | PeriodSignal]
) -> Iterator[Mapping[str, str]]:
    """Yield the rows of the table of notes that apply to some figures of a table.

    A note on some metrics, or on one period, applies where there is a figure of them. A change is
    a figure of both its periods.
    """
    shown = {(row.metric, end.isoformat()) for row in rows for end in _ends(row)}
    areas = (*request.forces, *areas_against(data, request))
    for note in data.rows("notes"):
        metrics, end = split_list(note["metrics"]), note["period_end"]
        if (
            note["force"] in areas
            and table in split_list(note["tables"])
            and (
                not (metrics or end)
                or any(
                    metric in (metrics or [metric]) and its_end == (end or its_end)
                    for metric, its_end in shown
                )
            )
        ):
            yield note


def _ends(row: Comparison | PeriodSignal) -> list[date]:
    """Return the ends of a row's periods: a change has two."""
    base = row.base_period_end if isinstance(row, Comparison) else None
    return [row.period_end] if base is None else [row.period_end, base]


def more_sources(data: Dataset, table: str, request: Request, shown: Collection[str]) -> list[Note]:
    """Name the other sources that have figures on the same forces."""
    there = available(data, table, request)
    more = data.in_order(source for source, _, _ in there if source not in shown)
    if not more:
        return []
    titles = {row["source"]: row["title"] for row in described_sources(data, more)}
    named = in_words(
        f"{source} ({titles[source]})" if len(more) <= _FEW else source for source in more
    )
    return [Note(f"Other sources with figures: {named}.")]


def more_periods(
    data: Dataset, table: str, request: Request, rows: Sequence[Comparison]
) -> list[Note]:
    """Name the other periods that have figures on the same forces."""
    sources = {row.source for row in rows}
    shown = {
        (row.metric, end.isoformat())
        for row in rows
        for end in (row.period_end, row.base_period_end)
        if end is not None
    }
    ends = sorted(
        {
            end[:_MONTH_LENGTH]
            for source, metric, end in available(data, table, request)
            if source in sources and (metric, end) not in shown
        }
    )
    if not ends:
        return []
    span = in_words(ends) if len(ends) <= _FEW else f"{ends[0]} to {ends[-1]}, {len(ends)} in all"
    return [Note(f"Other periods with figures, years to: {span}.")]


def lost_to_period(data: Dataset, request: Request, rows: Iterable[object]) -> list[Note]:
    """Name the measures that have figures in the same source, but none of the period asked for."""
    found = [row for row in rows if isinstance(row, Comparison)]
    if request.period is None or not found:
        return []
    table = next(table for table, kind in KINDS.items() if kind.name == found[0].kind)
    shown = {row.metric for row in found}
    latest: dict[str, str] = {}
    for source, metric, end in available(data, table, request):
        if source == found[0].source and metric not in shown:
            latest[metric] = max(end, latest.get(metric, ""))
    return [
        Note(
            f"{data.metrics[metric].label}: no figure for this period; the latest is of the year "
            f"to {period_name(date.fromisoformat(end))}."
        )
        for metric, end in latest.items()
    ]


def available(data: Dataset, table: str, request: Request) -> Iterator[tuple[str, str, str]]:
    """Yield the source, metric and period of each row that could have been shown.

    For changes this includes rates with counts, as changes are calculated from those too.
    Judgments have no metric and no period.
    """
    for name in (table, "rates") if table == "changes" else (table,):
        columns = data.table(name).columns
        ends = columns.get("period_end")
        for run in data.runs(name):
            if run.force in request.forces and (not run.metric or request.wants(run.metric)):
                for place in range(run.start, run.stop):
                    if name == table or columns["count"][place]:
                        yield run.source, run.metric, ends[place] if ends else ""


_MONTH_LENGTH = len("2014-06")
_FEW = 3


class Place(NamedTuple):
    """The place in a source of a figure, a judgment or a claim, and its name."""

    source: str
    locator: str | None
    name: str


def figure_places(data: Dataset, rows: Sequence[Comparison]) -> list[Place]:
    """Return the places of the figures of some comparisons, including the benchmark's."""
    return [
        Place(row.source, locator, name)
        for row, name in zip(rows, names_of(data, rows), strict=True)
        for locator in (row.locator, row.benchmark_locator)
    ]


def found_in(data: Dataset, found: Sequence[Place]) -> list[Note]:
    """Return where in its source each figure is, one note for each place."""
    titles = {row["source"]: row["title"] for row in data.rows("sources")}
    several = len({place.source for place in found}) > 1
    places: dict[tuple[str, str], list[str]] = {}
    for place in found:
        if place.locator:
            places.setdefault((place.source, place.locator), []).append(place.name)
    if len(places) > _MOST_PLACES:
        return [Note("Where in its source each figure is: column locator of machine output.")]
    several_names = len({name for names in places.values() for name in names}) > 1 < len(places)
    return [
        Note(
            "Where"
            + (f" in {titles.get(source, source)}" if several else "")
            + f": {locator}"
            + (f" ({many_words(names)})" if several_names else "")
            + "."
        )
        for (source, locator), names in places.items()
    ]


_MOST_PLACES = 8

MARGIN_NOTE = Note("± is the margin: half the width of the estimate's 95% interval, in points.")
