"""What else there is to ask for beside a page: other sources, other periods."""

from __future__ import annotations

from collections.abc import Sequence

from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.brief import Offer
from crimecmp.pages.newest import newest
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset
from crimecmp.text import plural
from crimecmp.wording.notes import available

_TABLES = {kind.name: table for table, kind in KINDS.items()}


def offers(data: Dataset, request: Request, parts: Sequence[Part]) -> tuple[Offer, ...]:
    """Return the whole page, and the other sources and periods with figures on the same forces.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    parts
        The tables of the page.
    """
    rows = [row for part in parts for row in part.rows if isinstance(row, Comparison)]
    if not rows:
        return (Offer("notes"),)
    shown = {row.source for row in rows}
    table = _TABLES[rows[0].kind]
    there = list(available(data, table, request))
    sources = data.in_order(source for source, _, _ in there if source not in shown)
    found = [
        Offer("notes"),
        *newest(data, table, request.metric),
        *(Offer("source", source, _forces_words(data, table, source)) for source in sources),
    ]
    ends = {row.period_end.isoformat() for row in rows}
    metrics = {row.metric for row in rows}
    others = {end for source, metric, end in there if source in shown and metric in metrics} - ends
    if others:
        span = (f"{min(others):.7}", f"{max(others):.7}")
        found.append(Offer("period", " to ".join(dict.fromkeys(span))))
    out_of_ranks = {row.force for row in rows} & set(request.out_of_spread)
    if request.ranked and rows[0].kind == "rate" and out_of_ranks:
        found.append(Offer("city"))
    return tuple(found)


def _forces_words(data: Dataset, table: str, source: str) -> str:
    tables = (table, "rates") if table == "changes" else (table,)
    territorial = set(data.territorial())
    forces = territorial.intersection(data.areas_with_figures(*tables, source=source))
    return plural(len(forces), "force") if forces else ""
