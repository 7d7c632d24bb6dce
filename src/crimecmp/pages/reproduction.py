"""The page of printed figures beside what published counts make of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import cast

from crimecmp.comparison.columns import REPRODUCTION_ROW
from crimecmp.pages.columns import PER_1000
from crimecmp.pages.page import page_of
from crimecmp.report import Column, Note, Record, Report, Section, Value
from crimecmp.reproduction import CANNOT, DIFFERS, MATCHES, reproduced
from crimecmp.selection import Selection
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import in_words, period_name, rounded

_THOUSANDTHS = 3


def reproduction_page(data: Dataset, selection: Selection) -> Report:
    """Return each printed figure of a force and of England and Wales with its working out.

    Raises
    ------
    NoFiguresError
        Where there are no printed figures, or no counts to work them out from.
    """
    rows = reproduced(data, selection)
    shown = [{**row, **_display_fields(data, row)} for row in rows]
    parts = {
        "Rates": [row for row in shown if row["kind"] == "rate"],
        "Changes": [row for row in shown if row["kind"] == "change"],
        "Other figures": [row for row in shown if row["kind"] not in ("rate", "change")],
    }
    sections = [
        Section(title, _COLUMNS[title], part, tuple(_reasons(part)))
        for title, part in parts.items()
        if part
    ]
    source = data.by_id("sources").get(str(rows[0]["source"]), {}).get("title", rows[0]["source"])
    title = f"{source}: its figures worked out again from published counts"
    page = page_of(data, title, sections, REPRODUCTION_ROW, (_tally(rows), _WHEN))
    counting = described_sources(data, [str(rows[0]["worked_source"])])
    return page._replace(sources=[*page.sources, *counting])


_WHEN = Note("A figure matches where the one worked out, rounded as it was printed, is the same.")


def _tally(rows: Sequence[Record]) -> Note:
    counted = Counter(str(row["result"]) for row in rows)
    words = {MATCHES: "match", DIFFERS: "differ", CANNOT: CANNOT}
    said = in_words(
        f"{counted[result]} {word}" for result, word in words.items() if counted[result]
    )
    return Note(f"Of {len(rows)} printed figures {said}.")


def _columns(unit: str, *middle: Column) -> tuple[Column, ...]:
    """Return the columns of one kind of figure, its own ones in the middle."""
    return (
        Column("Measure", "label"),
        Column("Area", "area"),
        *middle,
        Column(f"Printed{unit}", "printed", "figure", decimals=("printed_decimals",)),
        Column(f"Worked out{unit}", "worked_out", "figure", decimals=("worked_decimals",)),
        Column("From", "from_words"),
        Column("Result", "result_words"),
    )


_END = Column("12 months to", "period_end", "period")
_COLUMNS = {
    "Rates": _columns("", Column("Per 1,000", "unit_short"), _END),
    "Changes": _columns(", %", Column("From 12 months to", "base_period_end", "period"), _END),
    "Other figures": _columns(", %", _END),
}


def _display_fields(data: Dataset, row: Record) -> dict[str, Value]:
    off = row.get("off")
    places = row["printed_decimals"]
    result = str(row["result"])
    if off and isinstance(off, float) and isinstance(places, int):
        result = f"off by {rounded(off, places, signed=True)}"
    return {
        "area": data.forces[str(row["force"])].label,
        "unit_short": str(row["unit"]).removeprefix(PER_1000),
        "worked_decimals": _THOUSANDTHS,
        "from_words": _from_words(row),
        "result_words": result,
    }


def _from_words(row: Record) -> str:
    count, base, before = row.get("count"), row.get("base"), row.get("base_count")
    if not isinstance(count, int):
        return ""
    if isinstance(before, int):
        return f"{count:,} after {before:,}"
    return f"{count:,} over {base:,.0f}" if isinstance(base, float) else f"{count:,}"


def _reasons(rows: Sequence[Record]) -> list[Note]:
    """Return why figures differ or cannot be worked out, those of one reason together."""
    about: dict[str, list[str]] = {}
    for row in rows:
        if row.get("reason"):
            name = f"{row['area']}, {row['label']}"
            if row["base_period_end"]:
                name += f" since {period_name(cast('date', row['base_period_end']))}"
            about.setdefault(str(row["reason"]), []).append(name)
    return [Note(f"{'; '.join(dict.fromkeys(names))}: {reason}") for reason, names in about.items()]
