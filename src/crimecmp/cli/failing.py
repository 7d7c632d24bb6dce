"""The rows that `--fail-on` fails on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crimecmp.comparison.control import SIGNALS
from crimecmp.errors import RequestError
from crimecmp.text import in_words, period_name

if TYPE_CHECKING:
    from crimecmp.comparison.row import Cell
    from crimecmp.document.report import Report

SIGNAL = "signal"
"""What `--fail-on` calls a signal in the last period, and the column that has it."""

MOST_NAMED = 20
"""The most rows that are named; the others are only counted."""


def failures(page: "Report", wanted: Sequence[str]) -> list[str]:
    """Return a line for each row of a page that has one of some findings.

    Parameters
    ----------
    page
        The page.
    wanted
        Verdicts, readings and signals, as `--fail-on` names them.

    Returns
    -------
    list
        The finding, force, measure and period of at most `MOST_NAMED` rows, and a line with the
        number of the others.
    """
    lines = list(_lines(page, wanted))
    more = len(lines) - MOST_NAMED
    return lines if more <= 0 else [*lines[:MOST_NAMED], f"and {more} more"]


def refuse_findings(page: "Report", wanted: Sequence[str]) -> None:
    """Refuse findings that no row of a page can have: a script would wait for them in vain.

    Raises
    ------
    RequestError
        Where there is one.
    """
    charted = any(column.name == SIGNAL for column in page.columns)
    for finding in wanted:
        if finding == SIGNAL and not charted:
            raise RequestError(
                "--fail-on signal needs a control chart", "Add --by quarter, or compare --signals."
            )
        if finding != SIGNAL and charted:
            raise RequestError(
                f"--fail-on {finding} needs verdicts, and a control chart has none",
                "Use --fail-on signal.",
            )


def _lines(page: "Report", wanted: Sequence[str]) -> Iterator[str]:
    names = [column.name for column in page.columns]
    rows = [dict(zip(names, cells, strict=True)) for cells in page.rows]
    last = {row["force"]: row for row in rows}
    for row in rows:
        has = [row.get("verdict"), row.get("reading")]
        # A signal of years ago is no reason to stop a script of today.
        if row.get(SIGNAL) in SIGNALS and row is last[row["force"]]:
            has.append(SIGNAL)
        found = [finding for finding in wanted if finding.replace("-", " ") in has]
        if found:
            about = ", ".join((str(row["force"]), str(row["label"]), _period(row)))
            yield f"--fail-on {in_words(dict.fromkeys(found))}: {about}"


def _period(row: "Mapping[str, Cell]") -> str:
    ends = [row.get("base_period_end"), row["period_end"]]
    months = [period_name(end) for end in ends if isinstance(end, date)]
    length = "" if months[1:] else f"{row.get('by', 'year')} to "
    return f"{length}{' to '.join(months)}"
