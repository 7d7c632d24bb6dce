"""Police recorded crime open data: counts by quarter, force and offence code (Home Office).

The quarters of each financial year are added up by offence group and subgroup, and so are the last
four quarters. The file has no totals, so crime excluding fraud and victim-based crime are
calculated from the groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from crimecmp.importers.categories import (
    NOT_VICTIM_BASED,
    TOTALS,
    Category,
    category,
    counted,
    oddities,
)
from crimecmp.importers.figures import (
    Figures,
    add_national,
    add_totals,
    negative_remarks,
    rates,
    some_of,
)
from crimecmp.importers.files import File
from crimecmp.importers.imported import Imported, Known, Source
from crimecmp.importers.long_form import (
    GIVEN_TOTAL,
    OPEN_DATA,
    PUBLISHER,
    Headings,
    check_nested,
    is_fraud,
    long_tables,
    refuse,
    refuse_nothing,
)
from crimecmp.importers.quarters import (
    Seen,
    YearCell,
    gaps_of,
    incomplete_years,
    not_given_remarks,
    quarter_accounts,
    read_quarters,
    repeated_breaks,
    year_counts,
    year_remarks,
    years_id,
    years_in,
    years_span,
    years_title,
    zero_quarters,
    zero_remarks,
)
from crimecmp.tables.names import normal
from crimecmp.text import quoted

FORMAT = "police recorded crime open data"
TITLE = "Police recorded crime open data"

_HEADINGS: Headings = {
    "year": ("financial year",),
    "quarter": ("financial quarter",),
    "force": ("force name",),
    "description": ("offence description",),
    "group": ("offence group",),
    "subgroup": ("offence subgroup",),
    "code": ("offence code",),
    "number": ("number of offences", "offence count"),
}

_GROUPS = NOT_VICTIM_BASED | {
    "violence-against-the-person",
    "sexual-offences",
    "robbery",
    "theft-offences",
    "criminal-damage-and-arson",
}
"""The groups that make up crime excluding fraud."""

_RECLASSIFIED = "2018-03-31"
_NEW_CONTENTS = {
    normal("Domestic burglary"): "Residential burglary",
    normal("Non-domestic burglary"): "Non-residential burglary",
}
"""What the burglary subgroups contain in years that end on or after `_RECLASSIFIED`. Burglary was
reclassified in April 2017, but the subgroups kept their old names for a while."""


_DRIVING = "death-or-serious-injury-by-driving"
_WITH_DRIVING = "Violence with injury includes death or serious injury by unlawful driving here."


class _YearFigures(NamedTuple):
    """Counts by year, with their headings and notes.

    Parameters
    ----------
    figures
        The counts.
    groups
        The metrics of the offence groups in each year, by the year's end, excluding fraud.
    locators, notes
        The heading of each year's end and metric, and any note on it.
    categories
        The metric of each heading.
    """

    figures: Figures
    groups: dict[str, set[str]]
    locators: dict[tuple[str, str], str]
    notes: dict[tuple[str, str], str]
    categories: dict[str, Category]

    @property
    def remarks(self) -> list[str]:
        """The notes on the figures, each once and with the years that it is on."""
        ends: dict[str, set[str]] = {}
        for (end, _), note in self.notes.items():
            ends.setdefault(note, set()).add(end)
        return [f"{years_span(ends[note])}: {note}" for note in sorted(ends)]


def read(file: File, known: Known) -> Imported | None:
    """Read financial-year counts by force, offence group and offence subgroup.

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
    found = long_tables(file, FORMAT, _HEADINGS)
    if found is None:
        return None
    seen: Seen = Counter()
    key = ("code", "description", "group", "subgroup")
    sheets = [
        read_quarters(
            table,
            known,
            found.faults,
            key=key,
            by=("group", "subgroup"),
            seen=seen,
            why_not=lambda cells: GIVEN_TOTAL if _is_total(cells[0], known) else "",
        )
        for table in found.tables
    ]
    for table in found.tables:
        check_nested(table, ("description", "subgroup", "group"), found.faults)
    refuse(found.faults)
    rows = [sheet.rows for sheet in sheets]
    years = years_in(rows, latest=True)
    partial = incomplete_years(rows, years)
    accounts = quarter_accounts(found, sheets, years, partial)
    result = _year_figures(year_counts(sheets, years, partial), known)
    figures = result.figures
    if not figures:
        refuse_nothing(file, accounts)
    # A table of a few offences can have none of them in a quarter: only all groups make a gap.
    whole = [
        year for year in years if not _why_no_total(year.end, result.groups.get(year.end, set()))
    ]
    zeros = zero_quarters(sheets, whole)
    gaps = {} if known.keep_zeros else gaps_of(whole, zeros, known)
    remarks = [
        *zero_remarks(zeros, known, kept=known.keep_zeros),
        *not_given_remarks(sheets),
        *year_remarks(years, partial, known),
        *result.remarks,
    ]
    remarks += add_totals(figures, result.groups, _why_no_total, known)
    remarks += add_national(figures, known, gaps)
    ends = {period for period, _ in figures}
    source = Source(
        years_id("home-office-recorded-crime", ends),
        years_title(TITLE, ends),
        PUBLISHER,
        url=OPEN_DATA,
        note="Quarters added up to years. Crime excluding fraud and victim-based crime "
        f"are calculated from the groups of offences. SHA-256 {file.sha256}",
    )
    kinds = result.categories.values()
    added = {kind.metric: kind.added for kind in kinds if kind.added}
    negatives = [negative for sheet in sheets for negative in sheet.negatives]
    return Imported(
        FORMAT,
        [source],
        accounts,
        rates=rates(figures, source.source, result.locators, known, result.notes, gaps=gaps),
        gaps=gaps,
        breaks=repeated_breaks(seen, file.name, known),
        metrics=list(added.values()),
        remarks=[*oddities(result.categories), *remarks, *negative_remarks(negatives, known)],
    )


def _year_figures(counts: Mapping[YearCell, int], known: Known) -> _YearFigures:
    """Add up the counts of complete years by the metrics of their group and subgroup."""
    result = _YearFigures({}, {}, {}, {}, {})
    # By year and metric: the financial years that its quarters are of, and what each heading holds.
    spans: dict[tuple[str, str], set[str]] = {}
    headings: dict[tuple[str, str], Counter[str]] = {}
    for (end, area, financial, (group, subgroup)), number in counts.items():
        contents = _contents(financial, subgroup)
        main, minor = category(group, known), counted(contents, known)
        # A group without subgroups is listed as its own subgroup: count its offences once.
        for kind, heading in {main: group, minor: subgroup}.items():
            key = end, kind.metric
            areas = result.figures.setdefault(key, {})
            areas[area] = areas.get(area, 0) + number
            spans.setdefault(key, set()).add(financial)
            headings.setdefault(key, Counter())[heading] += abs(number)
            result.categories[contents if kind is minor else group] = kind
        if contents != subgroup and number:
            note = f"{quoted(subgroup)} holds {contents.lower()}."
            result.notes[end, minor.metric] = note
        if not is_fraud(group):
            result.groups.setdefault(end, set()).add(main.metric)
    _leave_out_parts_of_years(result, spans)
    # A heading that is kept with zeros only, as `Domestic burglary` is, holds nothing.
    for key in result.figures:
        filled = [heading for heading, number in headings[key].items() if number]
        result.locators[key] = "; ".join(filled or headings[key])
    for end in result.groups:
        injury = end, "violence-with-injury"
        if injury in result.figures and (end, _DRIVING) not in result.figures:
            result.notes[injury] = _WITH_DRIVING
        result.locators.update({(end, metric): heading for metric, heading in TOTALS.items()})
    return result


def _leave_out_parts_of_years(
    result: _YearFigures, spans: Mapping[tuple[str, str], set[str]]
) -> None:
    """Leave out the categories that only one of the two financial years of a year has."""
    whole: dict[str, set[str]] = {}
    for (end, _), years in spans.items():
        whole.setdefault(end, set()).update(years)
    for key, years in spans.items():
        if years != whole[key[0]]:
            del result.figures[key]
            result.notes.pop(key, None)
            result.groups.get(key[0], set()).discard(key[1])


def _is_total(group: str, known: Known) -> bool:
    return category(group, known).metric in TOTALS


def _contents(end: str, subgroup: str) -> str:
    """Return what the offences in a subgroup are called in a year."""
    return _NEW_CONTENTS.get(normal(subgroup), subgroup) if end >= _RECLASSIFIED else subgroup


def _why_no_total(_end: str, groups: set[str]) -> str:
    """Return why the groups do not add up to crime excluding fraud; empty if they do."""
    missing = _GROUPS - groups
    return f"there is no {some_of(sorted(missing), 'or')}" if missing else ""
