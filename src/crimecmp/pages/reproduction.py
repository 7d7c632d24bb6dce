"""The page of printed figures beside figures calculated from published counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from crimecmp.comparison.reproduction import reproduced
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Reproduction, columns
from crimecmp.comparison.verdict_words import CANNOT, DIFFERS, MATCHES
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.columns import PER_1000
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words, period_name, places_shown, rounded
from crimecmp.wording.labels import RESULT_WORDS

_THOUSANDTHS = 3


def reproduction_page(data: Dataset, request: Request) -> Report:
    """Return the page of printed figures, each beside its value calculated from counts.

    Raises
    ------
    NoFiguresError
        Where there are no printed figures, or no counts to calculate them from.
    """
    data = data.printed or data
    rows = reproduced(data, request)
    rates = [row for row in rows if row.kind == "rate"]
    changes = [row for row in rows if row.kind == "change"]
    others = [row for row in rows if row.kind not in ("rate", "change")]
    parts = [
        _part(data, "rates", "Rates", _columns(data, "", _UNIT, _END), rates),
        _part(data, "changes", "Changes", _columns(data, ", %", _SINCE, _END), changes),
        _part(data, "others", "Other figures", _columns(data, ", %", _END), others),
    ]
    source = data.by_id("sources").get(rows[0].source, {}).get("title", rows[0].source)
    title = f"{source}: figures calculated again from published counts"
    shown = [part for part in parts if part.rows]
    page = page_of(data, title, shown, columns(Reproduction), (_tally(rows), _MATCH_NOTE))
    sources_of_counts = described_sources(data, [rows[0].worked_source])
    return page._replace(
        sources=[*page.sources, *sources_of_counts], brief=partial(_brief, data, title, rows)
    )


def _brief(data: Dataset, title: str, rows: Sequence[Reproduction]) -> Brief:
    from crimecmp.pages.brief.lists import reproduction_brief

    brief = reproduction_brief(data, title, rows, _RESULTS)
    return brief._replace(offers=(Offer("notes"),))


_RESULTS = {MATCHES: "match", DIFFERS: "differ", CANNOT: RESULT_WORDS[CANNOT]}


def _part(
    data: Dataset,
    key: str,
    title: str,
    shown: Sequence[Shown[Reproduction]],
    rows: Sequence[Reproduction],
) -> Part:
    return Part(section(key, title, shown, rows, _reasons(data, rows)), rows)


_MATCH_NOTE = Note(
    "A figure matches if the calculated one, rounded to the printed decimals, is the same."
)


def _tally(rows: Sequence[Reproduction]) -> Note:
    counted = Counter(row.result for row in rows)
    results = in_words(
        f"{counted[result]} {word}" for result, word in _RESULTS.items() if counted[result]
    )
    return Note(f"Of {len(rows)} printed figures, {results}.")


def _columns(
    data: Dataset, unit: str, *middle: Shown[Reproduction]
) -> tuple[Shown[Reproduction], ...]:
    """Return the columns of one kind of figure, with `middle` those of that kind only."""
    return (
        Shown("Measure", lambda row: row.label),
        Shown("Area", lambda row: data.forces[row.force].label),
        *middle,
        Shown(f"Printed{unit}", _printed, "number"),
        Shown(f"Calculated{unit}", _calculated, "number"),
        Shown("From", _counts),
        Shown("Result", _result),
    )


_UNIT = Shown[Reproduction]("Per 1,000", lambda row: row.unit.removeprefix(PER_1000))
_SINCE = Shown[Reproduction](
    "From 12 months to",
    lambda row: period_name(row.base_period_end) if row.base_period_end else None,
    "period",
)
_END = Shown[Reproduction]("12 months to", lambda row: period_name(row.period_end), "period")


def _printed(row: Reproduction) -> str:
    return rounded(row.printed, places_shown(row.printed, row.printed_decimals))


def _calculated(row: Reproduction) -> str | None:
    return None if row.worked_out is None else rounded(row.worked_out, _THOUSANDTHS)


def _result(row: Reproduction) -> str:
    if row.off:
        return f"off by {rounded(row.off, row.printed_decimals, signed=True)}"
    return RESULT_WORDS.get(row.result, row.result)


def _counts(row: Reproduction) -> str:
    if row.events is None:
        return ""
    if row.events_before is not None:
        return f"{row.events:,} after {row.events_before:,}"
    return f"{row.events:,}" if row.base is None else f"{row.events:,} over {row.base:,.0f}"


def _reasons(data: Dataset, rows: Sequence[Reproduction]) -> list[Note]:
    """Return notes on why figures differ or cannot be calculated, one for each reason."""
    names_by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row.reason:
            name = f"{data.forces[row.force].label}, {row.label}"
            if row.base_period_end:
                name += f" since {period_name(row.base_period_end)}"
            names_by_reason.setdefault(row.reason, []).append(name)
    return [
        Note(f"{'; '.join(dict.fromkeys(names))}: {reason}")
        for reason, names in names_by_reason.items()
    ]
