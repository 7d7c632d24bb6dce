"""The brief page of an import: what was read, what was made of it, and what was left out."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from crimecmp.document.brief import Brief
from crimecmp.text import in_words, period_name, plural

if TYPE_CHECKING:
    from crimecmp.errors import Fault
    from crimecmp.importers.combining import Combined
    from crimecmp.importers.imported import Month

_NAMES = {
    "rates": "rate",
    "changes": "change",
    "outcomes": "outcome",
    "bases": "population and household estimate",
}
_MOST_CAUTIONS = 3
_MOST_REMARKS, _LONGEST_REMARK = 4, 160
"""A longer remark, such as one that names 40 forces, is left to the whole page."""
_NO_ESTIMATE = "without a population or households to divide by, so without a rate"
_NO_FIGURES = ("title and headings", "notes and source lines", "blank")
"""Reasons for leaving out rows that no reader would miss."""


def import_brief(
    folder: str,
    files: int,
    combined: Combined,
    left_out: Mapping[str, int],
    territorial: Sequence[str],
    breaks: Sequence[Fault] = (),
    said: Sequence[str] = (),
) -> Brief:
    """Return the brief page of an import.

    Parameters
    ----------
    folder, files
        The folder that was written, and how many files were read.
    combined
        The tables that were written, and how many counts have no rate.
    left_out
        How many rows were left out, by reason.
    territorial
        Ids of the 43 territorial forces.
    breaks
        The figures that break a sum of their publisher's tables.
    said
        What is to be said of the files, such as that one may be cut short.
    """
    tables: Mapping[str, Sequence[Any]] = combined.tables
    rows = [row for name in ("rates", "changes", "outcomes") for row in tables.get(name, ())]
    months: Sequence[Month] = tables.get("months", ())
    forces = {row.force for row in (*rows, *months)} & set(territorial)
    ends = sorted({*(row.period_end for row in rows), *(_last_day(row.month) for row in months)})
    span = in_words(
        dict.fromkeys(period_name(date.fromisoformat(end)) for end in (*ends[:1], *ends[-1:])),
        "to",
    )
    held = ", ".join(filter(None, [plural(len(forces), "force") if forces else "", span]))
    made = [plural(len(tables[name]), word) for name, word in _NAMES.items() if tables.get(name)]
    if months:
        made.append(f"{sum(1 for row in months if row.count):,} counts by month")
    told = {reason: number for reason, number in left_out.items() if reason not in _NO_FIGURES}
    most = Counter(told).most_common()
    without = combined.without_estimate
    shown = [remark for remark in said if len(remark) <= _LONGEST_REMARK][:_MOST_REMARKS]
    unsaid = len(said) - len(shown)
    cautions = [
        *([_broken(breaks)] if breaks else []),
        *([f"{plural(without, 'count')} {_NO_ESTIMATE}"] if without else []),
        *_gaps(months, territorial),
        *shown,
        *([f"{plural(unsaid, 'more remark')} on what was read"] if unsaid else []),
    ]
    rest = [f"{plural(number, 'row')} left out: {reason}" for reason, number in most]
    return Brief(
        f"Read {plural(files, 'file')} into {folder.rstrip('/')}/{f': {held}' if held else ''}",
        (f"Made {in_words(made)}.",) if made else (),
        cautions=(*cautions, *rest[: max(0, _MOST_CAUTIONS - len(cautions))]),
    )


def _gaps(months: Sequence[Month], territorial: Sequence[str]) -> list[str]:
    """Return sentences on the months, and the forces, that have no file."""
    if not months:
        return []
    gaps = {(row.force, row.month) for row in months if not row.count}
    lacking = {force for force, _ in gaps}
    never = set(territorial) - {row.force for row in months}
    cautions = []
    if gaps:
        of = f"{plural(len(gaps), 'monthly file')} of {plural(len(lacking), 'force')}"
        cautions.append(f"{of} missing: gaps, not zeros")
    if never:
        cautions.append(f"{plural(len(never), 'force')} without any file")
    return cautions


def _last_day(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1]).isoformat()


def _broken(breaks: Sequence[Fault]) -> str:
    """Return a sentence on the figures that break a sum, with the first of them."""
    first = breaks[0].problem
    if len(breaks) == 1:
        return f"1 figure breaks a sum of its publisher's own tables: {first}"
    return f"{len(breaks):,} figures break a sum of their publisher's own tables; first, {first}"
