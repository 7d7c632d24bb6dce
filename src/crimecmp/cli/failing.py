"""The rows that `--fail-on` fails on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crimecmp.text import in_words, period_name

if TYPE_CHECKING:
    from crimecmp.comparison.row import Cell
    from crimecmp.document.report import Report

MOST_NAMED = 20
"""The most rows that are named; the others are only counted."""


def failures(page: "Report", wanted: Sequence[str]) -> list[str]:
    """Return a line for each row of a page that has one of some findings.

    Parameters
    ----------
    page
        The page.
    wanted
        Verdicts and readings, as `--fail-on` names them.

    Returns
    -------
    list
        The finding, force, measure and period of at most `MOST_NAMED` rows, and a line with the
        number of the others.
    """
    lines = list(_lines(page, wanted))
    more = len(lines) - MOST_NAMED
    return lines if more <= 0 else [*lines[:MOST_NAMED], f"and {more} more"]


def _lines(page: "Report", wanted: Sequence[str]) -> Iterator[str]:
    names = [column.name for column in page.columns]
    for cells in page.rows:
        row = dict(zip(names, cells, strict=True))
        has = (row.get("verdict"), row.get("reading"))
        found = [finding for finding in wanted if finding.replace("-", " ") in has]
        if found:
            about = ", ".join((str(row["force"]), str(row["label"]), _period(row)))
            yield f"--fail-on {in_words(dict.fromkeys(found))}: {about}"


def _period(row: "Mapping[str, Cell]") -> str:
    ends = [row["base_period_end"], row["period_end"]]
    months = [period_name(end) for end in ends if isinstance(end, date)]
    return f"{'' if months[1:] else 'year to '}{' to '.join(months)}"
