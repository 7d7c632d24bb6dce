"""Checks a table of text against the schema: sound cells and a list of faults come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path

from crimecmp.errors import SHOWN_FAULTS, Fault
from crimecmp.tables.cells import are_numbers, split_list, wrong
from crimecmp.tables.checked import CheckedTable, Row
from crimecmp.tables.csv_text import TextTable
from crimecmp.tables.names import Name, Names, normal
from crimecmp.tables.scales import Scales
from crimecmp.tables.schema import Column, Table
from crimecmp.text import in_words, quoted

NamesOf = Callable[[str], Names]
"""Returns the names that a table defines, given the table's name."""


Metrics = Mapping[str, Mapping[str, str]]
"""The rows of metrics, by id."""

Problems = dict[str, str]
"""What is wrong with the cells of a column that are not sound."""


def check(
    table: Table,
    text: TextTable,
    names_of: NamesOf,
    metrics: Metrics,
    taken: Names | None = None,
) -> tuple[CheckedTable, list[Fault]]:
    """Check a table's columns, cells and keys.

    Parameters
    ----------
    table
        The declaration of the table.
    text
        The table as it was read.
    names_of
        Returns the names that cells can refer to.
    metrics
        The metrics' rows, by id.
    taken
        For a table whose names are added to others: the names already in use.

    Returns
    -------
    checked
        The table as far as it is sound, with the file's own name as the source of rows without one.
    faults
        All that is wrong, in the order of rows.
    """
    faults = _column_faults(table, text)
    empty = [""] * len(text.lines)
    columns: dict[str, list[str]] = {}
    unsound: dict[str, Problems] = {}
    for column in table.columns:
        cells = empty
        if column.name in text.header:
            given = text.columns[text.header.index(column.name)]
            cells, unsound[column.name] = _resolved(column, given, names_of)
            faults += _cell_faults(column.name, given, unsound[column.name], text)
        columns[column.name] = cells
    if "source" in columns and table.name != "sources":
        own = Path(text.file).name
        columns["source"] = [source or own for source in columns["source"]]
    if set(table.required) <= set(text.header):
        faults += _key_faults(table, columns, text)
        faults += _order_faults(table, columns, text)
        faults += _unit_faults(table, columns, text, metrics)
        if table.name == "outcomes":
            faults += _share_faults(columns, text, metrics, unsound)
        if taken is not None:
            faults += _name_faults(columns, text, taken)
    faults.sort(key=lambda fault: fault.row)
    return CheckedTable(table, text.file, columns), faults


def _column_faults(table: Table, text: TextTable) -> list[Fault]:
    known = table.column_names
    header = dict.fromkeys(text.header)
    missing = [name for name in table.required if name not in header]
    faults = [
        Fault(text.file, text.header_line, name, f"the {table.name} table needs this column")
        for name in missing
    ]
    absent = [name for name in known if name not in header]
    strange = [name for name in header if name and name not in known]
    for place, name in enumerate(strange):
        near = get_close_matches(name, absent, n=1) if place < SHOWN_FAULTS else []
        advice = f"did you mean {near[0]}?" if near else f"its columns are {', '.join(known)}"
        problem = f"the {table.name} table has no such column; {advice}"
        faults.append(Fault(text.file, text.header_line, name, problem))
    return faults


def _resolved(column: Column, cells: list[str], names_of: NamesOf) -> tuple[list[str], Problems]:
    """Return a column's cells with references as ids, and what is wrong with those not sound.

    Each distinct cell is checked once: the same keys stand in many rows. A reference within
    another column is left as it is, because a cell alone does not say what it means.
    """
    meanings: dict[str, str] = {}
    problems: Problems = {}
    distinct = dict.fromkeys(cells)
    if are_numbers(column, list(filter(None, distinct))):
        distinct = dict.fromkeys([""] if "" in distinct else [])
    for cell in distinct:
        problem = wrong(column, cell)
        meaning = cell
        if problem is None and cell and column.refers and not column.within:
            # Searching for near names is slow: skip it for faults that no message shows.
            near = len(problems) < SHOWN_FAULTS
            meaning, problem = _referred(column, cell, names_of(column.refers), near=near)
        if meaning != cell:
            meanings[cell] = meaning
        if problem is not None:
            problems[cell] = problem
    return ([meanings.get(cell, cell) for cell in cells] if meanings else cells), problems


def _cell_faults(name: str, cells: list[str], problems: Problems, text: TextTable) -> list[Fault]:
    if not problems:
        return []
    return [
        Fault(text.file, line, name, problems[cell])
        for line, cell in zip(text.lines, cells, strict=True)
        if cell in problems
    ]


def _referred(column: Column, cell: str, names: Names, *, near: bool) -> tuple[str, str | None]:
    """Return the ids that a cell means, and what is wrong with it; None where it is sound.

    `near` says whether the message may suggest similar names.
    """
    parts = split_list(cell) if column.type == "list" else [cell]
    ids = {part: names.exact(part) for part in parts}
    strange = [part for part, found in ids.items() if found is None]
    if not strange:
        return ";".join(found for found in ids.values() if found), None
    alike = names.near(strange[0]) if near else []
    advice = f"did you mean {in_words(alike, 'or')}? " if alike else ""
    advice += _ADVICE.get(column.refers) or f"the {column.refers} table has {_listed(names)}"
    return cell, f"unknown {names.kind} {quoted(strange[0])}; {advice}"


def _listed(names: Names) -> str:
    return in_words((name.id for name in names), "or") or "none"


_ADVICE = {
    "forces": "crimecmp.forces() lists the known ones; your own forces.csv can add to them",
    "metrics": "crimecmp.metrics() lists the known ones; your own metrics.csv can add to them",
    "sources": "describe it in a sources.csv beside this table, or leave the cell empty and the "
    "file itself is named as the source",
}


def _key_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    faults = []
    for names in (table.key, *table.unique):
        parts = [columns[name] for name in names]
        # Rows with hashes of their own differ. Hashes take less space than the keys of all rows.
        if len(set(map(hash, zip(*parts, strict=True)))) == len(text.lines):
            continue
        first: dict[tuple[str, ...], int] = {}
        for line, key in zip(text.lines, zip(*parts, strict=True), strict=True):
            if key in first:
                problem = f"same {in_words(names)} as row {first[key]}; keep one of them"
                faults.append(Fault(text.file, line, names[0], problem))
            elif all(key):
                first[key] = line
    return faults


def _unit_faults(
    table: Table, columns: Mapping[str, list[str]], text: TextTable, metrics: Metrics
) -> list[Fault]:
    """Find metrics whose unit does not fit the table, such as a percentage among rates."""
    if not table.units:
        return []
    strange = {
        metric
        for metric in set(columns["metric"])
        if metric in metrics and not metrics[metric]["unit"].startswith(table.units)
    }
    if not strange:
        return []
    return [
        Fault(
            text.file,
            line,
            "metric",
            f"{metric} is in {quoted(metrics[metric]['unit'])}, but the {table.name} table only "
            f"holds figures in '{table.units.strip()}'",
        )
        for line, metric in zip(text.lines, columns["metric"], strict=True)
        if metric in strange
    ]


def _share_faults(
    columns: Mapping[str, list[str]],
    text: TextTable,
    metrics: Metrics,
    unsound: Mapping[str, Problems],
) -> list[Fault]:
    """Find percentages over 100, and parts that exceed their base, where that cannot be."""

    def number(name: str, cell: str) -> float | None:
        return float(cell) if cell and cell not in unsound.get(name, ()) else None

    faults = []
    names = ("metric", "percent", "count", "base")
    cells = zip(*(columns[name] for name in names), strict=True)
    for line, (metric, *given) in zip(text.lines, cells, strict=True):
        if metric not in metrics or metrics[metric]["part_of_base"] != "true":
            continue
        percent, count, base = (number(*pair) for pair in zip(names[1:], given, strict=True))
        if percent is not None and percent > _WHOLE:
            problem = f"{quoted(given[0])} is over 100, which a part of its base cannot be"
            faults.append(Fault(text.file, line, "percent", problem))
        if count is not None and base is not None and count > base:
            problem = f"{quoted(given[1])} is more than its base, {given[2]}"
            faults.append(Fault(text.file, line, "count", problem))
    return faults


_WHOLE = 100


def _name_faults(columns: Mapping[str, list[str]], text: TextTable, taken: Names) -> list[Fault]:
    """Find names that something else has already: figures would go to the wrong one."""
    faults = []
    mine: dict[str, str] = {}
    fields = [name for name in ("ons_code", "aliases", "name", "label") if name in columns]
    for place, line in enumerate(text.lines):
        own = columns[taken.kind][place]
        for field in fields:
            cell = columns[field][place]
            for form in split_list(cell) if field == "aliases" else filter(None, [cell]):
                holder = taken.exact(form) or mine.setdefault(normal(form), own)
                if holder != own:
                    problem = f"{quoted(form)} is already a name of {holder}; choose another"
                    faults.append(Fault(text.file, line, field, problem))
    return faults


def _order_faults(table: Table, columns: Mapping[str, list[str]], text: TextTable) -> list[Fault]:
    if table.earlier is None:
        return []
    before, after = table.earlier
    date = table.column(before)
    pairs = zip(text.lines, columns[before], columns[after], strict=True)
    return [
        Fault(text.file, line, before, f"{quoted(start)} is not before {after}, which is {end}")
        for line, start, end in pairs
        if start >= end and not wrong(date, start) and not wrong(date, end)
    ]


def group_faults(groups: CheckedTable, text: TextTable, forces: Names) -> list[Fault]:
    """Find groups that have the id of a force: a benchmark's name would mean two things.

    Parameters
    ----------
    groups
        The checked table of groups.
    text
        The same table as it was read, for the lines of its rows.
    forces
        The names of all areas.
    """
    problem = "this is the name of a force; choose another for the group"
    return [
        Fault(text.file, line, "group", problem)
        for line, group in zip(text.lines, groups.columns["group"], strict=True)
        if group in forces
    ]


def on_scales(
    judgments: CheckedTable, text: TextTable, scales: Scales, taken: Scales
) -> tuple[CheckedTable, list[Fault]]:
    """Return judgments as ids of the scales of their sources, and those that are on none.

    Parameters
    ----------
    judgments
        The checked table of judgments.
    text
        The same table as it was read, for the lines of its rows.
    scales
        The scale of each of its sources.
    taken
        The scales of sources that other tables of judgments have.
    """
    names = {source: _names_on(scale) for source, scale in scales.items()}
    problems = {
        source: problem
        for source, scale in scales.items()
        if (problem := _scale_problem(source, scale, taken.get(source, scale)))
    }
    ids = list(judgments.columns["judgment"])
    faults = []
    cells = zip(text.lines, judgments.columns["source"], ids, strict=True)
    for place, (line, source, cell) in enumerate(cells):
        if source in problems:
            faults.append(Fault(text.file, line, "source", problems[source]))
        elif cell:
            known = names[source]
            ids[place] = known.exact(cell) or cell
            if known.exact(cell) is None:
                # No similar name: to take inadequate for adequate would be worse than none.
                problem = (
                    f"unknown judgment {quoted(cell)}; the scale of {source} has {_listed(known)}; "
                    "scale.csv says which categories a source has"
                )
                faults.append(Fault(text.file, line, "judgment", problem))
    return judgments._replace(columns={**judgments.columns, "judgment": ids}), faults


def _names_on(scale: list[Row]) -> Names:
    return Names("judgment", (Name(row["judgment"], row["label"]) for row in scale))


def _scale_problem(source: str, scale: list[Row], other: list[Row]) -> str | None:
    """Return why it is not clear which scale the judgments of a source are on, if it is not."""
    origins = list(dict.fromkeys(row["source"] for row in scale))
    if len(origins) > 1:
        return (
            f"{source} has no scale of its own, and there are several: {in_words(origins)}; write "
            f"{source} as the source of its categories in scale.csv"
        )
    if scale != other:
        return (
            f"{source} is judged on another scale in another folder; give each a source of its own"
        )
    return None
