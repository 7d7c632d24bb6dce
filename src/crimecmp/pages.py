"""What each command shows: frames in, a `Report` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.compare import KINDS, figures, judged, records
from crimecmp.dataset import Dataset, described_sources
from crimecmp.explain import explained, method_label
from crimecmp.report import Column, Note, Record, Report, Section, Value
from crimecmp.schema import (
    CLAIM_ROW,
    COMPARISON_ROW,
    JUDGMENT_ROW,
    PAGE_ROW,
    TABLES,
    OutputColumn,
    split_list,
)
from crimecmp.selection import Selection, no_figures
from crimecmp.sentences import basis_words, figures_words, sentence, short_sentence, verdict_words
from crimecmp.support import claimed
from crimecmp.text import in_words, period_name
from crimecmp.verdicts import COUNTS, HIGHER, LOWER, ROUNDING

_PER_1000 = "per 1,000 "


class _Wording(NamedTuple):
    """How the pages speak of one kind of figure."""

    title: str
    figure: str
    unit: str
    difference: str


_WORDING = {
    "rates": _Wording("Rates", "Rate", "", "Difference"),
    "changes": _Wording("Changes", "Change", ", %", "Difference, points"),
    "outcomes": _Wording("Outcomes", "Outcome", ", %", "Difference, points"),
    "satisfaction": _Wording("Satisfaction", "Estimate", ", %", "Difference, points"),
}
_MARGIN_NOTE = Note("± is the margin: half the width of the estimate's 95 % interval, in points.")


def figures_page(data: Dataset, table: str, selection: Selection) -> Report:
    """Return the page of one kind of figure.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for the selected forces.
    """
    section = _figures_section(data, table, selection)
    if section is None:
        raise no_figures(data, table, selection)
    title = f"{_title(data, selection)}: {section.title.lower()}"
    return _page(data, title, [section], COMPARISON_ROW)


def judgments_page(data: Dataset, selection: Selection) -> Report:
    """Return the page of the inspectors' judgments.

    Raises
    ------
    NoFiguresError
        Where the data hold no judgment of the force.
    """
    section = _judgments_section(data, selection)
    if section is None:
        raise no_figures(data, "judgments", selection)
    title = f"{_full_names(data, selection.forces)}: the inspectors' judgments"
    return _page(data, title, [section], JUDGMENT_ROW)


def comparison_page(data: Dataset, selection: Selection) -> Report:
    """Return all that the data hold on one metric (or on each), the forces side by side.

    Raises
    ------
    NoFiguresError
        Where the data hold no such figure for any of the forces.
    """
    sections = [_figures_section(data, table, selection, side_by_side=True) for table in KINDS]
    found = [section for section in sections if section is not None]
    if not found:
        raise no_figures(data, "figures", selection)
    title = _title(data, selection)
    if selection.metric:
        title = f"{data.metrics[selection.metric].label}: {title}"
    return _page(data, title, found, COMPARISON_ROW)


def whole_page(data: Dataset, selection: Selection) -> Report:
    """Return everything that the data hold on a force: figures of each kind, then judgments.

    Raises
    ------
    NoFiguresError
        Where the data hold nothing on the force.
    """
    sections = [_figures_section(data, table, selection) for table in KINDS]
    sections.append(_judgments_section(data, selection))
    found = [section for section in sections if section is not None]
    if not found:
        raise no_figures(data, "figures", selection)
    return _page(data, _title(data, selection), found, PAGE_ROW)


def _with_each_note_once(page: Report) -> Report:
    """Move notes that stand beneath several tables to the page's end, naming the tables."""
    under: dict[Note, list[str]] = {}
    for section in page.sections:
        for note in section.notes:
            under.setdefault(note, []).append(section.title.lower())
    shared = {note: titles for note, titles in under.items() if len(titles) > 1}
    sections = tuple(
        section._replace(notes=tuple(note for note in section.notes if note not in shared))
        for section in page.sections
    )
    moved = tuple(
        note._replace(text=f"On {in_words(titles)}: {note.text}") for note, titles in shared.items()
    )
    return page._replace(sections=sections, notes=(*moved, *page.notes))


def claims_page(data: Dataset, selection: Selection) -> Report:
    """Return the page of what is claimed of the forces, and whether the figures support it.

    Raises
    ------
    NoFiguresError
        Where the data hold no claim about them.
    """
    rows = records(claimed(data, selection))
    if not rows:
        raise no_figures(data, "claims", selection)
    shown = [
        {
            **record,
            "number": str(number),
            "figures_words": figures_words(record),
            "method_words": method_label(str(record["method"])),
            "verdict_and_basis": ", ".join(
                filter(None, [str(record["verdict"]), basis_words(record)])
            ),
        }
        for number, record in enumerate(rows, start=1)
    ]
    columns = (
        Column("No.", "number", "id"),
        Column("Claim", "statement"),
        Column("Figures", "figures_words"),
        Column("Verdict", "verdict_and_basis"),
        Column("Support", "support"),
        Column("Method", "method_words"),
    )
    counted = Counter(str(record["support"]) for record in rows)
    tally = in_words(f"{number} {support}" for support, number in counted.items())
    notes = [Note(f"In all: {tally}."), *_reasons(rows), *_places(data, rows)]
    section = Section("Claims", columns, shown, tuple(notes))
    title = f"{_full_names(data, selection.forces)}: what is claimed, and what the figures bear out"
    return _page(data, title, [section], CLAIM_ROW)


def _reasons(rows: Sequence[Record]) -> list[Note]:
    """Return why each claim is supported or not, claims of one reason together."""
    reasons: dict[str, list[str]] = {}
    for number, record in enumerate(rows, start=1):
        reasons.setdefault(str(record["reason"]), []).append(str(number))
    return [Note(f"On {in_words(numbers)}: {reason}") for reason, numbers in reasons.items()]


def explanation_page(data: Dataset, name: str) -> Report:
    """Return the page that explains a metric or a method of verdict.

    Parameters
    ----------
    data
        The tables that define the metrics.
    name
        Any name of a metric or a method.

    Raises
    ------
    UnknownNameError
        Where neither is called so.
    """
    title, points = explained(data, name)
    rows = [{"item": item, "text": text} for item, text in points]
    columns = (Column("Point", "item"), Column("In words", "text", "prose"))
    return Report(
        title,
        (Section(title, columns, rows),),
        ("item", "text"),
        outputs={
            "item": OutputColumn("item", "What is explained"),
            "text": OutputColumn("text", "In words"),
        },
    )


def names_page(data: Dataset, table: str) -> Report:
    """Return the page that lists what there is to name: `forces`, `metrics` or `sources`."""
    description = TABLES[table]
    flags = {column.name for column in description.columns if column.type == "flag"}
    rows: list[Record] = [
        {
            **{
                name: (cell == "true" if name in flags else cell) if cell else None
                for name, cell in row.items()
            },
            "better": _BETTER.get(row.get("polarity", "")),
        }
        for row in data.rows(table)
    ]
    notes: tuple[Note, ...] = ()
    if table == "forces":
        having = in_words(data.areas_with_figures() or ["none"])
        notes = (Note(f"Areas with figures in {data.label}: {having}."),)
    if table == "metrics":
        notes = tuple(
            Note(f"{row['label']}: {row['definition']}") for row in rows if row["definition"]
        )
    section = Section(description.name.capitalize(), _NAME_COLUMNS[table], rows, notes)
    return Report(
        section.title,
        (section,),
        description.column_names,
        outputs={
            column.name: OutputColumn(column.name, column.name.replace("_", " ").capitalize())
            for column in description.columns
        },
    )


_BETTER = {"higher-is-better": "higher", "lower-is-better": "lower", "none": "neither way"}

_NAME_COLUMNS: dict[str, tuple[Column, ...]] = {
    "forces": (
        Column("Force", "force", "id"),
        Column("Name", "name"),
        Column("Code", "ons_code", "id"),
        Column("Region", "region"),
        Column("Also called", "aliases", "names"),
    ),
    "metrics": (
        Column("Metric", "metric", "id"),
        Column("Unit", "unit"),
        Column("Better", "better"),
        Column("Also called", "aliases", "names"),
    ),
    "sources": (
        Column("Source", "source", "id"),
        Column("Title", "title"),
        Column("Publisher", "publisher"),
        Column("Published", "published"),
        Column("Licence", "licence"),
    ),
}


def _page(
    data: Dataset, title: str, sections: Sequence[Section], fields: tuple[str, ...]
) -> Report:
    sources = [str(record["source"]) for section in sections for record in section.records]
    sources += [note.source for section in sections for note in section.notes if note.source]
    notes = tuple(
        Note(f"{name} in {data.label} is not a table of crimecmp and was left out.")
        for name in data.left_out
    )
    page = Report(
        title,
        tuple(sections),
        fields,
        described_sources(data, data.in_order(sources)),
        notes,
    )
    return _with_each_note_once(page)


def _title(data: Dataset, selection: Selection) -> str:
    benchmark = data.by_id("forces")[selection.benchmark]["name"]
    return f"{_full_names(data, selection.forces)} against {benchmark}"


def _full_names(data: Dataset, forces: Iterable[str]) -> str:
    rows = data.by_id("forces")
    names = [rows[force]["name"] for force in forces]
    return in_words(names) if len(names) <= _NAMED else f"{len(names)} forces"


_NAMED = 4


def _figures_section(
    data: Dataset, table: str, selection: Selection, *, side_by_side: bool = False
) -> Section | None:
    rows = records(figures(data, table, selection))
    if not rows:
        return None
    ranks = _ranks(rows) if selection.ranked else []
    shown = [{**record, **_display_fields(data, record)} for record in rows]
    if ranks:
        shown = [{**record, "rank_words": rank} for record, rank in zip(shown, ranks, strict=True)]
    columns = [
        *([Column("Rank", "rank_words", "id")] if ranks else []),
        *_head_columns(selection, side_by_side=side_by_side),
        *_unit_columns(table, rows),
        *_figure_columns(data, table, selection, side_by_side=side_by_side),
        *_verdict_columns(rows),
        *_source_columns(rows),
    ]
    notes = [
        *_verdict_notes(
            data, rows, in_full=len(rows) <= (_IN_FULL_SIDE_BY_SIDE if side_by_side else _IN_FULL)
        ),
        *([_MARGIN_NOTE] if table == "satisfaction" else []),
        *_coverage(data, selection, rows),
        *_missing_forces(data, selection, rows),
        *_row_notes(data, rows),
        *_reservations(data, table, selection, rows),
        *_more_figures(data, table, selection, rows),
        *_places(data, rows),
    ]
    return Section(_WORDING[table].title, tuple(columns), shown, tuple(notes))


def _display_fields(data: Dataset, record: Record) -> dict[str, str]:
    """Return what people read and machines work out for themselves."""
    benchmark = data.forces[str(record["benchmark"])].label
    period = record["base_period_end"]
    itself = record["benchmark"] == record["force"]
    return {
        "force_name": data.forces[str(record["force"])].label,
        "verdict_words": verdict_words(record),
        "verdict_and_basis": ", ".join(filter(None, [verdict_words(record), basis_words(record)])),
        "unit_short": str(record["unit"]).removeprefix(_PER_1000),
        "compared_with": f"{benchmark}, 12 months to {period_name(period)}"
        if itself and isinstance(period, date)
        else benchmark,
    }


def _head_columns(selection: Selection, *, side_by_side: bool) -> list[Column]:
    """Return the columns that say what a row is about."""
    if not side_by_side:
        return [Column("Measure", "label")]
    if selection.metric:
        return [Column("Force", "force_name")]
    if len(selection.forces) == 1:
        return [Column("Measure", "label")]
    return [Column("Measure", "label"), Column("Force", "force_name")]


def _unit_columns(table: str, rows: Sequence[Record]) -> list[Column]:
    if table != "rates":
        return []
    if all(str(record["unit"]).startswith(_PER_1000) for record in rows):
        return [Column(_PER_1000.strip().capitalize(), "unit_short")]
    return [Column("Unit", "unit")]


def _figure_columns(
    data: Dataset, table: str, selection: Selection, *, side_by_side: bool
) -> list[Column]:
    words = _WORDING[table]
    force = words.figure if side_by_side else data.forces[selection.forces[0]].label
    benchmark = data.forces[selection.benchmark].label
    force_column = Column(
        force + words.unit,
        "force_value",
        "figure",
        signed=table == "changes",
        decimals=("force_decimals",),
        margin="force_margin",
        margin_decimals="force_margin_decimals",
    )
    benchmark_column = Column(
        ("Its figure" if KINDS[table].previous else benchmark) + words.unit,
        "benchmark_value",
        "figure",
        signed=table == "changes",
        decimals=("benchmark_decimals",),
        margin="benchmark_margin",
        margin_decimals="benchmark_margin_decimals",
    )
    difference = Column(
        words.difference,
        "difference",
        "figure",
        signed=True,
        decimals=("force_decimals", "benchmark_decimals"),
    )
    to = Column("12 months to", "period_end", "period")
    if table == "changes":
        since = Column("From 12 months to", "base_period_end", "period")
        to = Column("To 12 months to", "period_end", "period")
        return [since, to, force_column, benchmark_column, difference]
    if KINDS[table].previous:
        against = Column("Compared with", "compared_with")
        return [to, force_column, against, benchmark_column, difference]
    if KINDS[table].relative:
        percent = Column("In per cent", "percent_difference", "percent", signed=True)
        return [to, force_column, benchmark_column, difference, percent]
    return [to, force_column, benchmark_column, difference]


def _verdict_notes(data: Dataset, rows: Sequence[Record], *, in_full: bool) -> list[Note]:
    """Say each verdict in a sentence, or where there are many what the words do not say."""
    notes = []
    for record in rows:
        force = data.forces[str(record["force"])].label
        if in_full:
            name = _name_of(data, record, [])
            notes.append(Note(f"{name}: {sentence(record, force, _opponent(data, record))}"))
        elif record["difference"] is not None:
            notes.append(Note(f"{_name_of(data, record, rows)}: {short_sentence(record)}"))
    reasons: dict[str, list[str]] = {}
    for record in [] if in_full else rows:
        if record["level"] is not None:
            reasons.setdefault(str(record["reason"]), []).append(_name_of(data, record, rows))
    notes += [Note(f"{in_words(names)}: {reason}") for reason, names in reasons.items()]
    differing = [record for record in rows if record["verdict"] in (HIGHER, LOWER)]
    methods = dict.fromkeys(str(record["method"]) for record in differing)
    return [*notes, *(_METHOD_NOTES[method] for method in methods if method in _METHOD_NOTES)]


def _opponent(data: Dataset, record: Record) -> str:
    """Return what a sentence calls the benchmark: an area, or the force a year before."""
    if record["benchmark"] == record["force"]:
        return "a year before"
    return data.forces[str(record["benchmark"])].label


_IN_FULL = 2
_IN_FULL_SIDE_BY_SIDE = 5
_METHOD_NOTES = {
    ROUNDING: Note(
        "After rounding: which way the two differ whatever they were rounded from. Chance is not "
        "tested: that takes counts and bases of both (crimecmp explain rounding)."
    ),
    COUNTS: Note(
        "More than chance is not the same as unusual: at the size of a force nearly every "
        "difference is more than chance (crimecmp explain counts)."
    ),
}


def _ranks(rows: Sequence[Record]) -> list[str | None]:
    """Return each row's place among those with the same measure and period, highest first."""
    groups: dict[tuple[Value, ...], list[float]] = {}
    for record in rows:
        if isinstance(record["force_value"], float):
            groups.setdefault(_group(record), []).append(record["force_value"])
    ranks: list[str | None] = []
    for record in rows:
        value = record["force_value"]
        if not isinstance(value, float) or record["benchmark"] == record["force"]:
            ranks.append(None)
            continue
        values = groups[_group(record)]
        ranks.append(f"{1 + sum(other > value for other in values)} of {len(values)}")
    return ranks


def _group(record: Record) -> tuple[Value, ...]:
    return tuple(
        record[name] for name in ("metric", "period_end", "base_period_end", "source", "benchmark")
    )


def _coverage(data: Dataset, selection: Selection, rows: Sequence[Record]) -> list[Note]:
    """Say for how many of all forces there is each figure, where they are ranked."""
    if not selection.ranked:
        return []
    territorial = data.territorial()
    having: dict[str, set[str]] = {}
    for record in rows:
        if record["force_value"] is not None and record["force"] in territorial:
            having.setdefault(_name_of(data, record, []), set()).add(str(record["force"]))
    notes = [
        Note(f"{name}: {len(forces)} of {len(territorial)} forces have this figure.")
        for name, forces in having.items()
    ]
    if len({record["period_end"] for record in rows}) > 1:
        notes.append(Note("The periods differ: a rank is among the figures of its own period."))
    if selection.benchmark in territorial:
        benchmark = data.forces[selection.benchmark].label
        notes.append(Note(f"{benchmark} is the benchmark and not in the ranking."))
    return notes


def _verdict_columns(rows: Sequence[Record]) -> list[Column]:
    """Return the column of verdicts; what they rest on is in its heading where that is one."""
    bases = {basis_words(record) for record in rows} - {""}
    if len(bases) == 1:
        return [Column(f"Verdict, {bases.pop()}", "verdict_words")]
    return [Column("Verdict", "verdict_and_basis")]


def _source_columns(rows: Sequence[Record]) -> list[Column]:
    """Return the column that tells rows of several sources apart."""
    several = len({record["source"] for record in rows}) > 1
    return [Column("Source", "source", "id")] if several else []


def _missing_forces(data: Dataset, selection: Selection, rows: Sequence[Record]) -> list[Note]:
    """Name the forces that were asked for and have no row: missing, not dropped."""
    shown = {record["force"] for record in rows}
    missing = [data.forces[force].label for force in selection.forces if force not in shown]
    where = f"{data.label} from {selection.source}" if selection.source else data.label
    return [Note(f"No such figure in {where}: {in_words(missing)}.")] if missing else []


def _row_notes(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Return what the rows' own notes say, rows with the same note together."""
    about: dict[str, list[str]] = {}
    for record in rows:
        if record["note"]:
            about.setdefault(str(record["note"]), []).append(_name_of(data, record, rows))
        if record["benchmark_note"]:
            against = _display_fields(data, record)["compared_with"]
            name = f"{against}, {_name_of(data, record, [])}"
            about.setdefault(str(record["benchmark_note"]), []).append(name)
    return [Note(f"{in_words(dict.fromkeys(names))}: {note}") for note, names in about.items()]


def _name_of(data: Dataset, record: Record, rows: Sequence[Record]) -> str:
    """Return what a row is about: of several areas which, and of a change since when."""
    name = str(record["label"])
    base = record["base_period_end"]
    if record["kind"] == "change" and isinstance(base, date):
        name += f" since {period_name(base)}"
    if len({row["force"] for row in rows}) > 1:
        name = f"{data.forces[str(record['force'])].label}, {name}"
    return name


def _reservations(
    data: Dataset, table: str, selection: Selection, rows: Sequence[Record]
) -> list[Note]:
    """Return the inspectors' notes on these figures."""
    shown = {record.get("metric") for record in rows}
    areas = (*selection.forces, selection.benchmark)
    return [
        Note(row["text"], row["source"], row["locator"])
        for row in data.rows("notes")
        if row["force"] in areas
        and table in split_list(row["tables"])
        and (not row["metrics"] or shown & set(split_list(row["metrics"])))
    ]


def _more_figures(
    data: Dataset, table: str, selection: Selection, rows: Sequence[Record]
) -> list[Note]:
    """Say what else the table holds on the same forces, and how to ask for it."""
    shown = {str(record["source"]) for record in rows}
    others = [
        row
        for row in data.rows(table)
        if row["force"] in selection.forces
        and selection.metric in (None, row.get("metric", selection.metric))
    ]
    notes = []
    more = data.in_order(row["source"] for row in others if row["source"] not in shown)
    if more:
        notes.append(Note(f"Figures of other sources (--source): {in_words(more)}."))
    periods = (
        {str(record[field]) for record in rows for field in ("period_end", "base_period_end")}
        if table in KINDS
        else set()
    )
    ends = sorted(
        {
            row["period_end"]
            for row in others
            if row["source"] in shown and table in KINDS and row["period_end"] not in periods
        }
    )
    if ends:
        span = (
            in_words(ends) if len(ends) <= _FEW else f"{ends[0]} to {ends[-1]}, {len(ends)} in all"
        )
        notes.append(Note(f"Figures of other periods (--period): 12 months to {span}."))
    return notes


_FEW = 3


def _places(data: Dataset, rows: Sequence[Record]) -> list[Note]:
    """Say where in its source each figure stands, the figures of one place together."""
    titles = {row["source"]: row["title"] for row in data.rows("sources")}
    several = len({record["source"] for record in rows}) > 1
    places: dict[tuple[str, str], list[str]] = {}
    for record in rows:
        name = _name_of(data, record, rows) if "kind" in record else str(record["label"])
        for field in ("locator", "benchmark_locator"):
            if record.get(field):
                place = (str(record["source"]), str(record[field]))
                places.setdefault(place, []).append(name)
    return [
        Note(
            "Printed in"
            + (f" {titles.get(source, source)}" if several else "")
            + f": {locator}"
            + (f" ({in_words(dict.fromkeys(names))})" if len(places) > 1 else "")
            + "."
        )
        for (source, locator), names in places.items()
    ]


def _judgments_section(data: Dataset, selection: Selection) -> Section | None:
    rows = records(judged(data, selection))
    if not rows:
        return None
    scale = data.rows("scale")
    labels = {row["judgment"]: row["label"] for row in scale}
    shown = [
        {
            **record,
            "kind": "judgment",
            "judgment_label": labels[str(record["judgment"])],
            "standing": f"{record['rank']} of {len(scale)}, "
            + ("positive" if record["positive"] else "negative"),
        }
        for record in rows
    ]
    columns = (
        Column("Question", "label"),
        Column("Judgment", "judgment_label"),
        Column("On the scale", "standing"),
        Column("Grounds", "summary", "list"),
    )
    counted = Counter(str(record["judgment_label"]) for record in shown)
    tally = in_words(
        f"{counted[label]} {label.lower()}" for label in labels.values() if counted[label]
    )
    sign = {"true": "positive", "false": "negative"}
    steps = in_words(
        f"{row['rank']} {row['label'].lower()} ({sign[row['positive']]})" for row in scale
    )
    notes = [
        Note(f"In all: {tally}."),
        Note(f"The scale: {steps}.", scale[0]["source"], scale[0]["locator"]),
        *_reservations(data, "judgments", selection, rows),
        *_more_figures(data, "judgments", selection, rows),
        *_places(data, rows),
    ]
    return Section("Judgments", columns, shown, tuple(notes))
