"""Names on pages: of kinds of figures, forces, benchmarks and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from crimecmp.comparison.request import MEAN_OF_GROUP, WEIGHTED, Request, areas_against
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import CANNOT
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, period_name, plural


class KindLabels(NamedTuple):
    """The names of one kind of figure.

    Parameters
    ----------
    title
        The heading over figures of the kind.
    figure
        The name of one figure.
    unit
        The unit to add to column headings, such as `, %`; empty where rows differ in unit.
    difference
        The name of the difference between two figures.
    """

    title: str
    figure: str
    unit: str
    difference: str


KIND_LABELS = {
    "rates": KindLabels("Rates", "Rate", "", "Difference"),
    "changes": KindLabels("Changes", "Change", ", %", "Difference, points"),
    "outcomes": KindLabels("Outcomes", "Outcome", ", %", "Difference, points"),
    "satisfaction": KindLabels("Satisfaction", "Estimate", ", %", "Difference, points"),
}
"""The names of each kind of figure, by its table."""


RESULT_WORDS = {CANNOT: "cannot be calculated"}
"""What people read for results that machine output gives in other words."""


def headline(data: Dataset, request: Request) -> str:
    """Return the title of a page of figures: the forces and their benchmark."""
    return f"{full_names(data, request.forces)} against {_full_opponent(data, request)}"


def _full_opponent(data: Dataset, request: Request) -> str:
    """Return the full name of the benchmark; for a group, say which mean and how many forces."""
    if request.group is None:
        return data.by_id("forces")[request.benchmark]["name"]
    group = data.by_id("groups")[request.group]
    members = areas_against(data, request)
    inside = [data.forces[force].label for force in request.forces if force in members]
    number = plural(len(members), "force")
    counted = f", including {in_words(inside)}" if len(inside) == 1 else ""
    if request.weighted:
        return f"{group['label']} together ({number}{counted})"
    return f"the unweighted mean of {group['label']} ({number}{counted})"


def opponent_label(data: Dataset, request: Request) -> str:
    """Return the short name of the benchmark."""
    return _benchmark_label(data, request.opponent, request.basis)


def opponent_in_sentence(data: Dataset, request: Request) -> str:
    """Return the name of the benchmark within a sentence: `the mean of North East`."""
    label = opponent_label(data, request)
    return f"the {label[:1].lower()}{label[1:]}" if request.basis == MEAN_OF_GROUP else label


def _benchmark_label(data: Dataset, benchmark: str, basis: str) -> str:
    label = data.label_of(benchmark)
    return {MEAN_OF_GROUP: f"Mean of {label}", WEIGHTED: f"{label} together"}.get(basis, label)


def compared_with(data: Dataset, row: Comparison) -> str:
    """Return the name of a row's benchmark: an area, a group, or the force in another period."""
    label = _benchmark_label(data, row.benchmark, row.benchmark_basis)
    period = row.base_period_end
    if row.against_itself and period is not None:
        return f"{label}, {year_words(period)}"
    return label


def full_names(data: Dataset, forces: Iterable[str]) -> str:
    """Return the full names of forces as a list; if there are many, only their number."""
    rows = data.by_id("forces")
    names = [rows[force]["name"] for force in forces]
    return in_words(names) if len(names) <= _FEW_NAMES else f"{len(names)} forces"


_FEW_NAMES = 4


def short_label(data: Dataset, row: Comparison) -> str:
    """Return what a row's measure is called in a sentence: `Burglary`."""
    return data.by_id("metrics").get(row.metric, {}).get("short_label") or row.label


def column_label(data: Dataset, metric: str, label: str) -> str:
    """Return the name of a measure for a column: in full, or its short name where that is long."""
    short = data.by_id("metrics").get(metric, {}).get("short_label")
    return short if short and len(label) > _LONG else label


_LONG = 24


def abbreviated(label: str) -> str:
    """Return a benchmark's name for the heading of a narrow column: `E&W`."""
    return "E&W" if label == "England and Wales" else label


def opponent(data: Dataset, row: Comparison) -> str:
    """Return the benchmark's name within a sentence: an area, or the force a year before."""
    if row.against_itself:
        return "a year before"
    label = data.label_of(row.benchmark)
    return {MEAN_OF_GROUP: f"the mean of {label}", WEIGHTED: f"{label} together"}.get(
        row.benchmark_basis, label
    )


def name_of(data: Dataset, row: Comparison, rows: Sequence[Comparison]) -> str:
    """Return a row's name: its force if there are several, its measure, and a change's start."""
    [name] = _named(data, [row], rows)
    return name


def names_of(data: Dataset, rows: Sequence[Comparison]) -> list[str]:
    """Return the names of all rows among one another, as `name_of` gives them."""
    return _named(data, rows, rows)


def _named(data: Dataset, wanted: Sequence[Comparison], rows: Sequence[Comparison]) -> list[str]:
    forces, labels = {row.force for row in rows}, {row.label for row in rows}
    return [_name(data, row, len(forces) > 1, len(labels) == 1) for row in wanted]


def _name(data: Dataset, row: Comparison, several_forces: bool, one_label: bool) -> str:
    name = row.label
    base = row.base_period_end
    since = ""
    if row.kind == "change" and base is not None:
        since = f" since {period_name(base)}"
    if several_forces:
        force = data.forces[row.force].label
        name = force if one_label else f"{force}, {name}"
    return f"{name}{since}"


def many_words(names: Iterable[str], rows: Sequence[Comparison] = ()) -> str:
    """Return names as a list; if there are many, say how many or `All rows`."""
    unique = list(dict.fromkeys(names))
    if len(unique) > _FEW_NAMES and len(unique) == len(rows):
        return "All rows"
    return in_words(unique) if len(unique) <= _MOST_NAMES else f"{len(unique)} rows"


_MOST_NAMES = 12


def periods_words(rows: Iterable[Comparison]) -> str:
    """Return the periods of some rows: `years to March 2014 and June 2014`."""
    ends = sorted({row.period_end for row in rows})
    if len(ends) == 1:
        return year_words(ends[0])
    return f"years to {in_words(map(period_name, ends))}"


def year_words(end: date) -> str:
    """Return a period of 12 months for a title or a sentence: `year to June 2014`."""
    return f"year to {period_name(end)}"


def years_words(series: Sequence[Comparison]) -> str:
    """Return the years in which the first and the last period of a series end: `2010 to 2014`."""
    return f"{series[0].period_end.year} to {series[-1].period_end.year}"


def span_words(start: date | None, end: date) -> str:
    """Return the period of a figure; of a change both: `years to June 2010 and June 2014`."""
    if start is None:
        return year_words(end)
    return f"years to {period_name(start)} and {period_name(end)}"
