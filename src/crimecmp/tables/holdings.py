"""What a data set holds, in words: its editions, forces, metrics and periods."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from crimecmp.tables.schema import FIGURE_TABLES
from crimecmp.text import in_words, period_name, plural, visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

_MOST = 8


def holdings(data: Dataset) -> dict[str, list[str]]:
    """Return the lines about each thing that the tables hold, by its heading."""
    titles = {name: row["title"] for name, row in data.by_id("sources").items()}
    sources = [
        f"{name}: {titles[name]}" if titles.get(name) else name
        for name in data.sources_with_figures()
    ]
    forces = data.forces_with_figures()
    areas = [area for area in data.areas_with_figures() if area not in forces]
    columns = [data.table(table).columns for table in FIGURE_TABLES]
    having = {metric for its in columns for metric in its["metric"]}
    metrics = [name.label for name in data.metrics if name.id in having]
    ends = sorted({end for its in columns for end in its["period_end"]})
    return {
        "Editions": sources or ["none"],
        plural(len(forces), "force"): [
            _listed([data.forces[force].label for force in forces]),
            *([f"and {in_words(data.forces[area].label for area in areas)}"] if areas else []),
        ],
        plural(len(metrics), "metric"): [_listed(metrics)],
        plural(len(ends), "period"): [_span(ends)],
    }


def _listed(names: list[str]) -> str:
    """Return names as a list, or the first of very many."""
    more = len(names) - _MOST
    if more <= 1:
        return ", ".join(names) or "none"
    return f"{', '.join(names[:_MOST])} and {more} more"


def _span(ends: list[str]) -> str:
    if not ends:
        return "none"
    first, last = (period_name(date.fromisoformat(end)) for end in (ends[0], ends[-1]))
    return f"year to {first}" if first == last else f"year to {first} to year to {last}"


def as_text(label: str, held: dict[str, list[str]]) -> str:
    """Return what is held as lines of text."""
    width = max(map(len, held)) + 2
    lines = [f"crimecmp data: {label}"]
    for heading, (first, *others) in held.items():
        lines += [f"{heading:{width}}{first}", *(f"{'':{width}}{other}" for other in others)]
    return "\n".join(map(visible, lines))


def as_html(label: str, held: dict[str, list[str]]) -> str:
    """Return what is held as a table in HTML."""
    rows = "".join(
        f'<tr><th style="text-align: left">{_safe(heading)}</th>'
        f'<td style="text-align: left">{"<br>".join(map(_safe, its))}</td></tr>'
        for heading, its in held.items()
    )
    return f"<table><caption>crimecmp data: {_safe(label)}</caption><tbody>{rows}</tbody></table>"


def _safe(text: str) -> str:
    return escape(visible(text))
