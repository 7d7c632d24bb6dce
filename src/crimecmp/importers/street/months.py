"""Makes rows of months from the counts of street-level files, and accounts for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from crimecmp.importers.imported import (
    TRANSPORT_POLICE,
    Account,
    Imported,
    Known,
    Month,
    Source,
)
from crimecmp.importers.street.categories import CATEGORIES, INCIDENTS, INCIDENTS_NOTE, listed
from crimecmp.importers.street.names import OTHER_FORCES, FileName
from crimecmp.importers.street.reading import Counted
from crimecmp.text import in_words

FORMAT = "street-level crime"
PUBLISHER = "data.police.uk"
ADDRESS = "https://data.police.uk/data/archive/"

NOT_SENT = "The force sent no file for this month."
_HEADING = "title and headings"
_MOST_NAMED = 8
_TRANSPORT_POLICE_FILES = "btp"
_RATES = (
    "Rates of 12 months are calculated from the months when they are read, with the population in "
    "the middle of the calendar year before the one in which they end."
)


class CountedFile(NamedTuple):
    """A street-level file: what its name says, and what was counted in it."""

    name: FileName
    counted: Counted


def imported_months(
    files: Sequence[CountedFile], known: Known, digest: str, remarks: Iterable[str]
) -> Imported:
    """Return the counts of every force, month and category, and an account of every row.

    A month within those of the files for which a force has none is a gap: its count is missing.

    Parameters
    ----------
    files
        The files, none of them twice.
    known
        The forces, and whether to include British Transport Police.
    digest
        The SHA-256 that stands for the files.
    remarks
        Sentences on files that were not read.
    """
    wanted = {force: force for force in known.territorial}
    if known.transport_police:
        wanted[_TRANSPORT_POLICE_FILES] = TRANSPORT_POLICE
    by_name = {(file.name.force, file.name.month): file.counted for file in files}
    months = _months(file.name.month for file in files)
    forces = [force for force in wanted if any((force, month) in by_name for month in months)]
    source = _source(months, digest)
    rows: list[Month] = []
    gaps: dict[str, list[str]] = {}
    for force in forces:
        sent = {
            month: by_name[force, month].counts
            for month in months
            if (force, month) in by_name and by_name[force, month].rows
        }
        gaps[force] = [month for month in months if month not in sent]
        for month in months:
            rows += _rows(wanted[force], month, sent.get(month), source.source)
    never = [force for force in known.territorial if force not in forces]
    return Imported(
        FORMAT,
        [source],
        list(_accounts(files, wanted)),
        months=rows,
        remarks=[*_gap_remarks(gaps, never, known), *remarks],
        files=len(files),
    )


def _source(months: Sequence[str], digest: str) -> Source:
    span = in_words(dict.fromkeys(_month_name(month) for month in (months[0], months[-1])), "to")
    ends = "-to-".join(dict.fromkeys((months[0], months[-1])))
    title = f"Street-level crime, {span}"
    return Source(
        f"police-uk-{ends}", title, PUBLISHER, url=ADDRESS, note=f"{_RATES} SHA-256 {digest}"
    )


def _rows(force: str, month: str, counts: Mapping[str, int] | None, source: str) -> Iterator[Month]:
    """Yield the rows of one month of a force; `counts` is None where it sent no file."""
    names: dict[str, list[str]] = {}
    numbers: Counter[str] = Counter()
    on_list = listed(month)
    for category in CATEGORIES:
        if category in on_list or category.name in (counts or {}):
            names.setdefault(category.metric, []).append(category.name)
            numbers[category.metric] += (counts or {}).get(category.name, 0)
    for metric, of_metric in names.items():
        count = "" if counts is None else str(numbers[metric])
        about = INCIDENTS_NOTE if metric == INCIDENTS else ""
        note = f"{NOT_SENT} {about}".rstrip() if counts is None else about
        yield Month(force, metric, month, count, source, in_words(of_metric), note)


def _accounts(files: Sequence[CountedFile], wanted: Mapping[str, str]) -> Iterator[Account]:
    """Yield the number of rows of each month's files, and why some were left out."""
    in_order = sorted(files, key=lambda file: file.name.month)
    for month, its in groupby(in_order, key=lambda file: file.name.month):
        read, left_out = 0, Counter[str]()
        for file in its:
            read += file.counted.rows + 1
            left_out[_HEADING] += 1
            if file.name.force not in wanted:
                left_out[f"{OTHER_FORCES[file.name.force]}, not one of the 43 forces"] += (
                    file.counted.rows
                )
        left = {reason: number for reason, number in left_out.items() if number}
        yield Account(month, read, read - sum(left.values()), left)


def _gap_remarks(
    gaps: Mapping[str, Sequence[str]], never: Sequence[str], known: Known
) -> list[str]:
    remarks = [
        f"{_name(force, known)} sent no file for {in_words(_spans(months))}: a gap, not zero."
        for force, months in gaps.items()
        if months
    ]
    if len(never) > _MOST_NAMED:
        remarks.append(f"{len(never)} of the {len(known.territorial)} forces have no file at all.")
    elif never:
        names = in_words(_name(force, known) for force in never)
        remarks.append(f"There is no file at all of {names}.")
    return remarks


def _name(force: str, known: Known) -> str:
    return OTHER_FORCES[force] if force in OTHER_FORCES else known.areas[force].label


def _months(found: Iterable[str]) -> list[str]:
    """Return every month from the first to the last."""
    numbers = sorted({int(month[:4]) * 12 + int(month[5:]) - 1 for month in found})
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(numbers[0], numbers[-1] + 1)]


def _spans(months: Sequence[str]) -> list[str]:
    """Return months in words, those that follow one another as a span."""
    spans: list[list[str]] = []
    for month in months:
        if spans and _months([spans[-1][-1], month])[1:] == [month]:
            spans[-1].append(month)
        else:
            spans.append([month])
    return [
        in_words(dict.fromkeys(_month_name(month) for month in (span[0], span[-1])), "to")
        for span in spans
    ]


def _month_name(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
