"""Crime outcomes open data: outcomes by quarter, force, offence and outcome type (Home Office).

The file has two counts. The first is used here: crimes recorded in a quarter, by the outcome they
have had since. Added up over all outcome types, including crimes with no outcome yet, it gives all
crimes recorded. The second counts the outcomes given in a quarter, whenever the crime was recorded.
The two are never mixed: every share uses the first count only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crimecmp.importers.categories import SHARE, Category, category, oddities
from crimecmp.importers.figures import (
    SUM_NOTE,
    Figures,
    add_national,
    in_order,
    metrics_in_order,
    negative_remarks,
)
from crimecmp.importers.files import File
from crimecmp.importers.imported import Imported, Known, Outcome, Source
from crimecmp.importers.long_form import (
    OPEN_DATA,
    PUBLISHER,
    Headings,
    check_nested,
    is_fraud,
    long_tables,
    meanings,
    refuse,
    refuse_nothing,
)
from crimecmp.importers.quarters import (
    Seen,
    SheetCounts,
    YearCell,
    incomplete_years,
    not_given_remarks,
    quarter_accounts,
    read_quarters,
    year_counts,
    year_remarks,
    years_id,
    years_in,
    years_title,
)
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.text import exactly, quoted

FORMAT = "crime outcomes open data"
TITLE = "Crime outcomes open data"

_HEADINGS: Headings = {
    "year": ("financial year",),
    "quarter": ("financial quarter",),
    "force": ("force name",),
    "offence": ("offence description",),
    "offence_group": ("offence group",),
    "code": ("offence code",),
    "outcome": ("outcome description",),
    "group": ("outcome group",),
    "type": ("outcome type",),
    "number": ("force outcomes for offences recorded in quarter", "offences"),
}
_EXPIRED: Headings = {"expired": ("offence code expired",)}

_TYPE = re.compile(r"([0-9]{1,2})[A-Z]?")
_LAST_TYPE = 22
_NOT_ASSIGNED_TYPE = "0"
_NOT_ASSIGNED = "Not yet assigned an outcome"
_NO_BASE = "there are no crimes without an outcome, so the crimes recorded cannot be counted"
_ALL = "all crimes recorded in the year"


class _YearFigures(NamedTuple):
    """Counts by financial year, all crimes recorded, and headings with their metrics."""

    figures: Figures
    bases: Figures
    locators: dict[tuple[str, str], str]
    categories: dict[str, Category]


def read(file: File, known: Known) -> Imported | None:
    """Read the outcomes of a financial year's crimes as percentages of those crimes.

    Parameters
    ----------
    file
        The file.
    known
        The areas and metrics, and whether to include British Transport Police.

    Returns
    -------
    Imported or None
        None if no sheet has this format.

    Raises
    ------
    DataError
        If rows cannot be read, are repeated, or give no figure; lists all faults.
    """
    found = long_tables(file, FORMAT, _HEADINGS, _EXPIRED)
    if found is None:
        return None
    seen: Seen = Counter()
    sheets = [
        read_quarters(
            table,
            known,
            found.faults,
            key=("code", "offence", "expired", "type", "outcome"),
            by=("group", "type", "offence_group"),
            seen=seen,
            why_not=_why_not,
        )
        for table in found.tables
    ]
    for table in found.tables:
        check_nested(table, ("outcome", "group"), found.faults)
        check_nested(table, ("offence", "offence_group"), found.faults)
        meanings(table, "type", outcome_type, found.faults)
    refuse(found.faults)
    rows = [sheet.rows for sheet in sheets]
    years = years_in(rows)
    partial = _without_base(sheets) | incomplete_years(rows, years)
    accounts = quarter_accounts(found, sheets, years, partial)
    result = _year_figures(year_counts(sheets, years, partial), known)
    if not result.figures:
        refuse_nothing(file, accounts)
    remarks = [*not_given_remarks(sheets), *year_remarks(years, partial, known)]
    remarks += [*add_national(result.figures, known)]
    add_national(result.bases, known)
    ends = {period for period, _ in result.figures}
    source = Source(
        years_id("home-office-crime-outcomes", ends),
        years_title(TITLE, ends),
        PUBLISHER,
        url=OPEN_DATA,
        note="Percentages of the crimes recorded in the year, by the outcome they have had since. "
        "Outcomes given in the year to crimes of earlier years are not included. "
        f"SHA-256 {file.sha256}",
    )
    negatives = [negative for sheet in sheets for negative in sheet.negatives]
    return Imported(
        FORMAT,
        [source],
        accounts,
        outcomes=_outcomes(result, source.source, known),
        metrics=[kind.added for kind in result.categories.values() if kind.added],
        remarks=[*oddities(result.categories), *remarks, *negative_remarks(negatives, known)],
    )


def outcome_type(cell: str) -> str:
    """Read the number of an outcome type, such as `1` or `1A`."""
    found = _TYPE.fullmatch(cell)
    if found is None or int(found[1]) > _LAST_TYPE:
        raise ValueError(f"{quoted(cell)} is not an outcome type, which are numbered 0 to 22")
    return cell


def _why_not(cells: tuple[str, ...]) -> str:
    """Return why the outcomes of an offence group are left out; empty if they are not."""
    *_, offence_group = cells
    return f"{offence_group}, not part of crime excluding fraud" if is_fraud(offence_group) else ""


def _without_base(sheets: Sequence[SheetCounts]) -> dict[tuple[str, str], str]:
    """Return the years and areas for which the file has no crimes without an outcome."""
    cells = [cell for sheet in sheets for cell in sheet.counts]
    present = {(end, area) for end, _, area, (_, kind, _) in cells if kind == _NOT_ASSIGNED_TYPE}
    return {(end, area): _NO_BASE for end, _, area, _ in cells if (end, area) not in present}


def _year_figures(counts: Mapping[YearCell, int], known: Known) -> _YearFigures:
    """Add up the counts of complete years by the metric of their outcome group, and overall."""
    result = _YearFigures({}, {}, {}, {})
    for (end, area, _, (group, kind, _)), number in counts.items():
        heading = _NOT_ASSIGNED if kind == _NOT_ASSIGNED_TYPE else group
        found = category(heading, known, unit=SHARE)
        for figures, what in ((result.figures, found.metric), (result.bases, _ALL)):
            areas = figures.setdefault((end, what), {})
            areas[area] = areas.get(area, 0) + number
        result.locators[end, found.metric] = heading
        result.categories[heading] = found
    return result


def _outcomes(result: _YearFigures, source: str, known: Known) -> list[Outcome]:
    """Return the rows of the outcomes table, ordered by area, year and metric."""
    figures = result.figures
    ends = sorted({end for end, _ in figures})
    metrics = metrics_in_order((metric for _, metric in result.locators), known)
    keys = [(end, metric) for end in ends for metric in metrics if (end, metric) in figures]
    return [
        _outcome(area, key, figures[key][area], result.bases[key[0], _ALL][area], result, source)
        for area in in_order({area for counts in figures.values() for area in counts}, known)
        for key in keys
        if area in figures[key]
    ]


def _outcome(
    area: str, key: tuple[str, str], number: int, base: int, result: _YearFigures, source: str
) -> Outcome:
    end, metric = key
    notes = [SUM_NOTE] if area == DEFAULT_BENCHMARK else []
    percent = ""
    if 0 <= number <= base and base:
        percent = share(number, base)
    else:
        notes.insert(
            0,
            f"{number:,} of {base:,} crimes gives no percentage: more were cancelled than counted.",
        )
    cells = percent, str(number), str(base) if base > 0 else ""
    return Outcome(area, metric, end, source, *cells, result.locators[key], " ".join(notes))


def share(number: int, base: int) -> str:
    """Return `number` as a percentage of `base`, to 15 significant digits."""
    return exactly(100 * number / base)
