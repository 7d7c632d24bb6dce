"""What stands beneath a table: verdicts in words, reasons, what is missing, what else there is."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.compare import KINDS, areas_against
from crimecmp.pages.wording import compared_with, many_words, name_of, opponent
from crimecmp.report import Note, Record
from crimecmp.selection import NO_RESIDENT_BASE, Selection
from crimecmp.sentences import level_words, sentence, short_sentence
from crimecmp.tables.cells import split_list
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words
from crimecmp.verdicts import CHANGES, COUNTS, HIGHER, LOWER, MEAN, ROUNDING


def verdict_sentences(data: Dataset, rows: Sequence[Record], *, in_full: bool) -> list[Note]:
    """Say each verdict in a sentence, or where there are many what the words do not say."""
    notes = []
    for record in rows:
        force = data.forces[str(record["force"])].label
        if in_full:
            name = name_of(data, record, [])
            notes.append(Note(f"{name}: {sentence(record, force, opponent(data, record))}"))
        elif record["difference"] is not None:
            notes.append(Note(f"{name_of(data, record, rows)}: {short_sentence(record)}"))
    if not in_full:
        notes += _reasons_once(data, rows)
    return [*notes, *_method_notes(rows)]


_IN_FULL = 2
_IN_FULL_SIDE_BY_SIDE = 5


def verdict_notes(
    data: Dataset, selection: Selection, rows: Sequence[Record], *, side_by_side: bool
) -> list[Note]:
    """Return what stands beneath a table about its verdicts."""
    if selection.ranked:
        return [*_reasons_once(data, rows), *_method_notes(rows)]
    in_full = len(rows) <= (_IN_FULL_SIDE_BY_SIDE if side_by_side else _IN_FULL)
    return verdict_sentences(data, rows, in_full=in_full)


def _reasons_once(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Return the reasons of tested verdicts, rows with the same reason together."""
    reasons: dict[str, list[str]] = {}
    for record in rows:
        if record["level"] is not None:
            reasons.setdefault(str(record["reason"]), []).append(name_of(data, record, rows))
    return [Note(f"{many_words(names, rows)}: {reason}") for reason, names in reasons.items()]


def _method_notes(rows: Sequence[Record]) -> list[Note]:
    differing = [record for record in rows if record["verdict"] in (HIGHER, LOWER)]
    methods = dict.fromkeys(str(record["method"]) for record in differing)
    notes = [_METHOD_NOTES[method] for method in methods if method in _METHOD_NOTES]
    return list(dict.fromkeys(notes))


_METHOD_NOTES = {
    ROUNDING: Note(
        "After rounding: which way the two differ whatever they were rounded from. Chance is not "
        "tested: that takes counts and bases of both (crimecmp explain rounding)."
    ),
    **dict.fromkeys(
        (COUNTS, CHANGES, MEAN),
        Note(
            "More than chance is not the same as unusual: at the size of a force nearly every "
            "difference is more than chance (crimecmp explain overdispersion)."
        ),
    ),
}


def spread_notes(rows: Sequence[Record]) -> list[Note]:
    """Say what being unusual among forces rests on, where it is tested."""
    tested = [record for record in rows if record["adjusted_z"] is not None]
    if not tested:
        return []
    of: dict[str, list[str]] = {}
    for record in tested:
        of.setdefault(str(record["among_reason"]), []).append(str(record["label"]))
    reasons = [
        reason if len(of) == 1 else f"{many_words(labels)}: {reason}"
        for reason, labels in of.items()
    ]
    level = level_words(tested[0])
    return [
        Note(
            f"Among forces: whether its figure is unusual at {level} in the spread of the forces' "
            "own figures, which is wider than chance (crimecmp explain overdispersion). "
            + " ".join(reasons)
        )
    ]


def coverage(data: Dataset, selection: Selection, rows: Sequence[Record]) -> list[Note]:
    """Say for how many of all forces there is each figure, where they are ranked."""
    if not selection.ranked:
        return []
    territorial = data.territorial()
    shown = {record["force"] for record in rows}
    having: dict[str, set[str]] = {}
    for record in rows:
        if record["force_value"] is not None and record["force"] in territorial:
            having.setdefault(name_of(data, record, []), set()).add(str(record["force"]))
    notes = [
        Note(f"{name}: {len(forces)} of {len(territorial)} forces have this figure.")
        for name, forces in having.items()
    ]
    if len({record["period_end"] for record in rows}) > 1:
        notes.append(Note("The periods differ: a rank is among the figures of its own period."))
    left_out = [data.forces[force].label for force in selection.out_of_spread if force in shown]
    if left_out and rows[0]["kind"] == "rate":
        notes.append(
            Note(
                f"{in_words(left_out)} has no rank and is not in the spread of forces: its "
                "residents are no base for its crime (--with-city-of-london counts it in)."
            )
        )
    if selection.group is None and selection.benchmark in territorial:
        benchmark = data.forces[selection.benchmark].label
        notes.append(Note(f"{benchmark} is the benchmark and not in the ranking."))
    return notes


def residents_note(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Say of rates of a force that hardly anyone lives in that they are over its residents."""
    areas = {record[side] for record in rows for side in ("force", "benchmark")}
    return [
        Note(
            f"{data.forces[force].label}: hardly anyone lives where so many work and visit, so "
            "that its residents are no base for its crime."
        )
        for force in NO_RESIDENT_BASE
        if force in areas and rows[0]["kind"] == "rate"
    ]


def missing_forces(data: Dataset, selection: Selection, rows: Sequence[Record]) -> list[Note]:
    """Name the forces that were asked for and have no row: missing, not dropped."""
    shown = {record["force"] for record in rows}
    missing = [data.forces[force].label for force in selection.forces if force not in shown]
    where = f"{data.label} from {selection.source}" if selection.source else data.label
    return [Note(f"No such figure in {where}: {in_words(missing)}.")] if missing else []


def row_notes(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Return what the rows' own notes say, rows with the same note together."""
    about: dict[str, list[str]] = {}
    for record in rows:
        if record["note"]:
            about.setdefault(str(record["note"]), []).append(name_of(data, record, rows))
        if record["benchmark_note"]:
            against = compared_with(data, record)
            name = f"{against}, {name_of(data, record, [])}"
            about.setdefault(str(record["benchmark_note"]), []).append(name)
    if len(about) > _MOST_NOTES:
        said = "different notes stand in the columns note and benchmark_note of --format csv."
        return [Note(f"{len(about)} {said}")]
    return [Note(f"{many_words(names, rows)}: {note}") for note, names in about.items()]


_MOST_NOTES = 15


def reservations(
    data: Dataset, table: str, selection: Selection, rows: Sequence[Record]
) -> list[Note]:
    """Return the inspectors' notes on these figures."""
    shown = {record.get("metric") for record in rows}
    areas = (*selection.forces, *areas_against(data, selection))
    return [
        Note(row["text"], row["source"], row["locator"])
        for row in data.rows("notes")
        if row["force"] in areas
        and table in split_list(row["tables"])
        and (not row["metrics"] or shown & set(split_list(row["metrics"])))
    ]


def more_figures(
    data: Dataset, table: str, selection: Selection, rows: Sequence[Record]
) -> list[Note]:
    """Say what else the table holds on the same forces, and how to ask for it."""
    shown = {str(record["source"]) for record in rows}
    # Changes are worked out from counts as well.
    counts = [row for row in data.rows("rates") if row["count"]] if table == "changes" else []
    others = [
        row
        for row in (*data.rows(table), *counts)
        if row["force"] in selection.forces
        and selection.metric in (None, row.get("metric", selection.metric))
    ]
    notes = []
    more = data.in_order(row["source"] for row in others if row["source"] not in shown)
    if more:
        titles = {row["source"]: row["title"] for row in described_sources(data, more)}
        named = in_words(
            f"{source} ({titles[source]})" if len(more) <= _FEW else source for source in more
        )
        notes.append(Note(f"Figures of other sources (--source): {named}."))
    shown_ends = {
        (record.get("metric"), str(record.get(field)))
        for record in rows
        for field in ("period_end", "base_period_end")
    }
    ends = sorted(
        {
            row["period_end"][:_MONTH]
            for row in others
            if row["source"] in shown
            and table in KINDS
            and (row["metric"], row["period_end"]) not in shown_ends
        }
    )
    if ends:
        span = (
            in_words(ends) if len(ends) <= _FEW else f"{ends[0]} to {ends[-1]}, {len(ends)} in all"
        )
        notes.append(Note(f"Figures of other periods (--period): {span}."))
    return notes


_MONTH = len("2014-06")
_FEW = 3


def found_in(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Say where in its source each figure stands, the figures of one place together."""
    titles = {row["source"]: row["title"] for row in data.rows("sources")}
    several = len({record["source"] for record in rows}) > 1
    places: dict[tuple[str, str], list[str]] = {}
    for record in rows:
        name = name_of(data, record, rows) if "kind" in record else str(record["label"])
        for field in ("locator", "benchmark_locator"):
            if record.get(field):
                place = (str(record["source"]), str(record[field]))
                places.setdefault(place, []).append(name)
    if len(places) > _MOST_PLACES:
        return [Note("Where in its source each figure stands: column locator of --format csv.")]
    several_names = len({name for names in places.values() for name in names}) > 1 < len(places)
    return [
        Note(
            "Found in"
            + (f" {titles.get(source, source)}" if several else "")
            + f": {locator}"
            + (f" ({many_words(names)})" if several_names else "")
            + "."
        )
        for (source, locator), names in places.items()
    ]


_MOST_PLACES = 8

MARGIN_NOTE = Note("± is the margin: half the width of the estimate's 95 % interval, in points.")
