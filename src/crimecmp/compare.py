"""Pairs a force with its benchmark: tables in, comparison frames out, one row shape.

Two figures are paired only where metric, period and source agree; a figure without its partner is
kept, its partner missing and the reason said. Frames have the columns of
`crimecmp.comparison.columns.COMPARISON_ROW` (judgments: `JUDGMENT_ROW`), whichever function made
them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from crimecmp.among import Among, Counted, among
from crimecmp.changing import changes_from_counts
from crimecmp.choosing import Chosen, chosen, of_same, year_later
from crimecmp.comparison.columns import COMPARISON_ROW, JUDGMENT_ROW
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.grouping import Group, Members, grouped
from crimecmp.report import Record, Value
from crimecmp.selection import DEFAULT_LEVEL, EARLIER, MEAN_OF_GROUP, Selection, no_figures, select
from crimecmp.tables.cells import per, split_list
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.text import visible
from crimecmp.verdicts import Figure, Question, Verdict, judge

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.tables.checked import CheckedTable
    from crimecmp.tables.dataset import Dataset


class Kind(NamedTuple):
    """One kind of figure: the table it is in, the column it is in, and how it is compared.

    Parameters
    ----------
    name
        The kind, as the rows call it.
    table, figure
        The table and its column of figures.
    unit
        The figures' unit; empty where it is the metric's own.
    relative
        Whether a difference in per cent of the benchmark makes sense. A difference of percentages
        is in points and in nothing else.
    previous
        Whether a figure is compared with the area's own of a year before as well.
    """

    name: str
    table: str
    figure: str
    unit: str = "%"
    relative: bool = False
    previous: bool = False


KINDS: dict[str, Kind] = {
    kind.table: kind
    for kind in (
        Kind("rate", "rates", "value", unit="", relative=True),
        Kind("change", "changes", "percent"),
        Kind("outcome", "outcomes", "percent"),
        Kind("satisfaction", "satisfaction", "percent", previous=True),
    )
}


def rates(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's rates with a benchmark's.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of an area.
    benchmark
        Any name of the area to compare it with.
    metric
        Any name of the one metric wanted; None for all.
    source
        Id of the one source wanted; None for the first that has such figures of the area.
    period
        The month that the period wanted ends in, `YYYY-MM`; None for the latest of each metric.
    level
        Level of confidence of tests and intervals, 0.95 or 0.998.

    Returns
    -------
    DataFrame
        One row a metric and period, with the columns of
        `crimecmp.comparison.columns.COMPARISON_ROW`. `force_value`, `benchmark_value` and
        `difference` are in `unit` (per 1,000 population or households),
        `percent_difference` in per cent of the benchmark's figure.

    Raises
    ------
    UnknownNameError
        Where a name is not found.
    RequestError
        Where the source or the period is none, or an area would be compared with itself.
    NoFiguresError
        Where the data have no such figure.
    """
    return _frame_of(data, "rates", select(data, [force], benchmark, metric, source, period, level))


def changes(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's per cent changes with a benchmark's.

    As `rates`, one row a metric and base period: figures are in per cent, `difference` is in
    percentage points, and `percent_difference` is always missing.
    """
    return _frame_of(
        data, "changes", select(data, [force], benchmark, metric, source, period, level)
    )


def outcomes(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's outcomes of crimes with a benchmark's.

    As `rates`: figures are percentages, `difference` is in percentage points, and
    `percent_difference` is always missing.
    """
    return _frame_of(
        data, "outcomes", select(data, [force], benchmark, metric, source, period, level)
    )


def satisfaction(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Compare an area's survey estimates with a benchmark's and with its own of the year before.

    As `outcomes`, with `force_margin` and `benchmark_margin`: half widths of the 95 % intervals in
    percentage points. In a comparison with the year before `benchmark` is the area itself and
    `base_period_end` the end of the earlier period.
    """
    return _frame_of(
        data, "satisfaction", select(data, [force], benchmark, metric, source, period, level)
    )


def side_by_side(
    data: Dataset,
    metric: str | None = None,
    forces: str | Sequence[str] = DEFAULT_FORCE,
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    source: str | None = None,
    period: str | None = None,
    level: float = DEFAULT_LEVEL,
) -> pd.DataFrame:
    """Return all comparisons on one metric (or on each), the areas side by side.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    metric
        Any name of a metric; None for all.
    forces
        Any name of an area, or names of several.
    benchmark, source, period, level
        As for `rates`.

    Returns
    -------
    DataFrame
        Rates, changes, outcomes and satisfaction, one below the other, in the row that `rates`
        describes; `kind` tells which is which.

    Raises
    ------
    UnknownNameError, RequestError
        As `rates` raises them.
    NoFiguresError
        Where the data have no such figure for any of the areas.
    """
    import pandas as pd

    named = [forces] if isinstance(forces, str) else forces
    selection = select(data, named, benchmark, metric, source, period, level)
    parts = [figures(data, table, selection) for table in KINDS]
    found = [part for part in parts if not part.empty]
    if not found:
        raise no_figures(data, "figures", selection)
    return pd.concat(found, ignore_index=True)


def trend(
    data: Dataset,
    force: str = DEFAULT_FORCE,
    metric: str = "crime-excluding-fraud",
    *,
    benchmark: str = DEFAULT_BENCHMARK,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    group: str | None = None,
    weighted: bool = False,
) -> pd.DataFrame:
    """Return a force's rates of one metric over time, compared period by period, and its changes.

    Parameters
    ----------
    data, force, benchmark, source, level
        As for `rates`.
    metric
        Any name of a metric.
    group, weighted
        The name of a group of forces to compare with in place of an area, and whether with all of
        it together and not with the unweighted mean of its rates.

    Returns
    -------
    DataFrame
        In the row that `rates` describes: rates by period, then the changes of the count to the
        last period, from the first one and from a year before, where there are counts.

    Raises
    ------
    UnknownNameError, RequestError
        As `rates` raises them.
    NoFiguresError
        Where the data hold no two periods of the metric for the force.
    """
    import pandas as pd

    asked = select(
        data, [force], benchmark, metric, source, level=level, group=group, weighted=weighted
    )
    series, changed = over_time(data, asked)
    return series if changed.empty else pd.concat([series, changed], ignore_index=True)


def over_time(data: Dataset, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the series of rates of one metric, and the changes to its last period."""
    source, series = series_of(data, selection)
    last = str(series["period_end"].max().date())
    asked = selection._replace(source=source, period=last)
    changed = compared(data, choose(data, "changes", asked))
    return series, changed.sort_values("base_period_end", kind="stable", ignore_index=True)


def series_of(data: Dataset, selection: Selection) -> tuple[str | None, pd.DataFrame]:
    """Return the rates of one metric in all periods, compared, and before them their source.

    Raises
    ------
    NoFiguresError
        Where the data hold no two periods of the metric for the forces.
    """
    choice = choose(data, "rates", selection._replace(every_period=True))
    series = compared(data, choice)
    if series["period_end"].nunique() < _FEWEST_PERIODS:
        label = data.metrics[str(selection.metric)].label
        named = selection.source not in (None, data.label)
        where = f"from {selection.source} in " if named else "in "
        raise NoFiguresError(
            f"no series of {label} for {data.forces[selection.forces[0]].label} {where}"
            f"{visible(data.label)}",
            "It takes rates of two periods at least.",
        )
    return choice.source, series


_FEWEST_PERIODS = 2


def _frame_of(data: Dataset, table: str, selection: Selection) -> pd.DataFrame:
    frame = figures(data, table, selection)
    if frame.empty:
        raise no_figures(data, table, selection)
    return frame


def figures(data: Dataset, table: str, selection: Selection) -> pd.DataFrame:
    """Return the comparison of every selected area with the benchmark, on one kind of figure.

    Parameters
    ----------
    data
        The tables.
    table
        `rates`, `changes`, `outcomes` or `satisfaction`.
    selection
        Which figures.

    Returns
    -------
    DataFrame
        Columns `COMPARISON_ROW`; metrics in the order of their table, then areas in the order
        asked for; empty where there is none.

    Raises
    ------
    RequestError
        Where an area would be compared with itself.
    """
    return compared(data, choose(data, table, selection))


def compared(data: Dataset, choice: Choice) -> pd.DataFrame:
    """Return the comparison of figures that `choose` has chosen; see `figures`."""
    import pandas as pd

    kind, selection = choice.kind, choice.selection
    own, others, earlier = _frames(choice)
    rows = own.merge(
        others.drop(columns="force").rename(columns=_BENCHMARK_NAMES), on=_PAIRED_BY, how="left"
    )
    rows["benchmark"] = selection.opponent
    parts = [rows, *_unanswered(own, others, selection)]
    if kind.previous:
        parts.append(_year_before(own, earlier))
    if len(parts) > 1:
        rows = pd.concat([part for part in parts if not part.empty] or [rows], ignore_index=True)
    rows = _in_order(data, rows, selection)
    rows["kind"] = kind.name
    rows["label"] = [data.metrics[metric].label for metric in rows["metric"]]
    units = {name: row["unit"] for name, row in data.by_id("metrics").items()}
    rows["unit"] = [kind.unit or units[metric] for metric in rows["metric"]]
    rows = rows.rename(columns=_FORCE_NAMES)
    _add_differences(rows, kind)
    _add_reasons(data, rows, kind)
    rows["benchmark_basis"] = [
        selection.basis if benchmark == selection.opponent else EARLIER
        for benchmark in rows["benchmark"]
    ]
    lines = records(rows)
    verdicts = _verdicts(data, lines, selection, choice.members)
    places = _places_among(data, lines, kind, selection)
    return _with_fields(rows, verdicts, places)[list(COMPARISON_ROW)]


_PAIRED_BY = ["metric", "period_end", "base_period_end", "source"]
_FIGURE_FIELDS = (
    "value", "margin", "count", "base", "base_count", "decimals", "margin_decimals",
)  # fmt: skip
_FORCE_NAMES = {name: f"force_{name}" for name in _FIGURE_FIELDS}
_BENCHMARK_NAMES = {name: f"benchmark_{name}" for name in (*_FIGURE_FIELDS, "locator", "note")}


class Choice(NamedTuple):
    """The rows that a comparison is to be made of, still as text.

    Parameters
    ----------
    kind, selection
        What is compared, and what was asked for.
    table
        The table, with rows for what was worked out: changes from counts, the figures of a group.
    places
        The rows of the areas, and of the benchmark.
    members
        Of a group the counts and bases of its forces.
    """

    kind: Kind
    selection: Selection
    table: CheckedTable
    places: Chosen
    members: Members

    @property
    def source(self) -> str | None:
        """The source of all its rows; None where the areas have no figure."""
        return self.table.columns["source"][self.places.own[0]] if self.places.own else None


def choose(data: Dataset, table: str, selection: Selection) -> Choice:
    """Choose the rows of one kind of figure that answer what was asked for.

    Raises
    ------
    RequestError
        Where an area would be compared with itself.
    """
    if selection.group is None and selection.benchmark in selection.forces:
        raise RequestError(
            f"{selection.benchmark} cannot be compared with itself",
            "Name another area with --benchmark.",
        )
    kind = KINDS[table]
    against = areas_against(data, selection)
    rows = data.table(table)
    # A ranking is of figures as they were published: two changes of each force would bury it.
    if table == "changes" and not selection.ranked:
        areas = (*selection.forces, *against)
        counts = data.table("rates").columns
        alike = {name: row["comparable_from"] for name, row in data.by_id("metrics").items()}
        rows = rows.joined(changes_from_counts(counts, rows.columns, selection, areas, alike))
    places = chosen(rows.columns, kind.figure, selection, against, data.in_order)
    if selection.group is None:
        return Choice(kind, selection, rows, places, {})
    group = Group(selection.group, against, selection.weighted)
    labels = {name.id: name.label for name in data.forces}
    means = grouped(rows.columns, places.others, group, kind.figure, _scales(data, kind), labels)
    with_group = rows.joined(means.rows)
    places = places._replace(others=list(range(rows.height, with_group.height)))
    return Choice(kind, selection, with_group, places, means.members)


def _frames(choice: Choice) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the areas' rows, the benchmark's, and the areas' of all periods where those count."""
    own, others = choice.places
    earlier = of_same(choice.table.columns, own) if choice.kind.previous else []
    frame = _plain(choice.table.take([*own, *others, *earlier]).frame(), choice.kind)
    ends = len(own), len(own) + len(others)
    return frame[: ends[0]], frame[ends[0] : ends[1]], frame[ends[1] :]


def areas_against(data: Dataset, selection: Selection) -> tuple[str, ...]:
    """Return the ids of the areas that the benchmark is made of."""
    if selection.group is None:
        return (selection.benchmark,)
    return tuple(split_list(data.by_id("groups")[selection.group]["forces"]))


def _scales(data: Dataset, kind: Kind) -> dict[str, float | None]:
    """Return for each metric what its figures are per: 1000 people, or 100 of a percentage."""
    percent = 100.0 if kind.name in ("change", "outcome") else None
    return {
        metric: per(row["unit"]) if kind.name == "rate" else percent
        for metric, row in data.by_id("metrics").items()
    }


def _plain(frame: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return a table's frame with the same columns whatever the kind, figures in `value`."""
    import pandas as pd

    frame = frame.rename(
        columns={kind.figure: "value", f"{kind.figure}_decimals": "decimals"},
    )
    for name, dtype in (
        ("base_period_end", "datetime64[us]"),
        ("margin", "float64"),
        ("margin_decimals", "Int64"),
        ("count", "Int64"),
        ("base_count", "Int64"),
        ("base", "float64"),
    ):
        if name not in frame:
            frame[name] = pd.Series([None] * len(frame), index=frame.index, dtype=dtype)
    return frame


def _unanswered(
    own: pd.DataFrame, others: pd.DataFrame, selection: Selection
) -> list[pd.DataFrame]:
    """Return rows of the benchmark's to which an area with other figures has no figure.

    That is where the area lacks the metric, or has it for the same period but not from the same
    base period.
    """
    answered = set(zip(own["force"], *(own[name].map(str) for name in _ABOUT), strict=True))
    periods = set(zip(own["force"], own["metric"], own["period_end"], strict=True))
    metrics = {(force, metric) for force, metric, _ in periods}
    parts = []
    about = list(zip(*(others[name].map(str) for name in _ABOUT), strict=True))
    ends = list(zip(others["metric"], others["period_end"], others["source"], strict=True))
    for force, source in dict(zip(own["force"], own["source"], strict=True)).items():
        places = [
            place
            for place, (metric, end, its_source) in enumerate(ends)
            if its_source == source
            and (force, *about[place]) not in answered
            and ((force, metric) not in metrics or (force, metric, end) in periods)
        ]
        if places:
            part = others.take(places).rename(columns=_BENCHMARK_NAMES)
            part["force"] = force
            part["benchmark"] = selection.opponent
            parts.append(part)
    return parts


_ABOUT = ("metric", "period_end", "base_period_end")


def _year_before(own: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Return comparisons of the areas' figures with their own of a year before."""
    import pandas as pd

    earlier = earlier.drop(columns="base_period_end").rename(columns=_BENCHMARK_NAMES)
    earlier["base_period_end"] = earlier["period_end"]
    earlier["period_end"] = pd.to_datetime([year_later(end) for end in earlier["period_end"]])
    now = own.drop(columns="base_period_end")
    rows = now.merge(earlier, on=["force", "metric", "period_end", "source"])
    rows["benchmark"] = rows["force"]
    return rows


def _in_order(data: Dataset, rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Sort by metric, figure where ranked, area and period; a comparison with itself last."""
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    areas = {force: place for place, force in enumerate(selection.forces)}
    keys = [
        (
            metrics[metric],
            (-value if value == value else math.inf) if selection.ranked else 0,
            # Rates that are printed alike stand as their counts have them.
            -count / over if selection.ranked and count == count and over == over else 0,
            areas[force],
            end,
            benchmark == force,
            str(base),
        )
        for metric, value, count, over, force, end, benchmark, base in zip(
            rows["metric"],
            rows["value"],
            rows["count"].astype("float64"),
            rows["base"],
            rows["force"],
            rows["period_end"],
            rows["benchmark"],
            rows["base_period_end"],
            strict=True,
        )
    ]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return rows.take(order).reset_index(drop=True)


def _add_differences(rows: pd.DataFrame, kind: Kind) -> None:
    import pandas as pd

    known = (rows["force_value"].notna() & rows["benchmark_value"].notna()).tolist()
    rows["difference"] = pd.array(
        [
            # A difference of printed decimals is a decimal of as many places: this rounding only
            # takes off what binary floats put on.
            round(force - benchmark, max(force_places, benchmark_places)) if both else None
            for force, benchmark, force_places, benchmark_places, both in zip(
                rows["force_value"],
                rows["benchmark_value"],
                rows["force_decimals"],
                rows["benchmark_decimals"],
                known,
                strict=True,
            )
        ],
        dtype="float64",
    )
    rows["percent_difference"] = pd.array(
        [
            difference / benchmark * 100 if kind.relative and both and benchmark else None
            for difference, benchmark, both in zip(
                rows["difference"], rows["benchmark_value"], known, strict=True
            )
        ],
        dtype="float64",
    )


_NO_PER_CENT = "The figure is 0, of which there is no difference in per cent."


def _add_reasons(data: Dataset, rows: pd.DataFrame, kind: Kind) -> None:
    """Say of each missing figure why it is missing, where its table does not."""
    if kind.relative:
        rows["benchmark_note"] = [
            _NO_PER_CENT if value == 0 and silent else text
            for text, value, silent in zip(
                rows["benchmark_note"],
                rows["benchmark_value"],
                rows["benchmark_note"].isna().tolist(),
                strict=True,
            )
        ]
    for side, note in (("force", "note"), ("benchmark", "benchmark_note")):
        missing = rows[f"{side}_value"].isna().tolist()
        if any(missing):
            unsaid = rows[note].isna().tolist()
            counted = rows[f"{side}_count"].notna().tolist()
            rows[note] = [
                (_COUNT_ALONE if has_count else _not_given(data.label_of(name)))
                if gap and silent
                else text
                for text, name, gap, silent, has_count in zip(
                    rows[note], rows[side], missing, unsaid, counted, strict=True
                )
            ]


_COUNT_ALONE = "Only the count is published, without a base to work the figure out from."


def _not_given(label: str) -> str:
    return f"The source gives no figure for {label} for this period."


def _verdicts(
    data: Dataset, lines: Sequence[Record], selection: Selection, members: Members
) -> list[Verdict]:
    """Return the verdict on each comparison."""
    territorial = set(data.territorial())
    against = areas_against(data, selection)
    polarities = {name: row["polarity"] for name, row in data.by_id("metrics").items()}
    return [
        judge(
            Question(
                str(record["kind"]),
                str(record["unit"]),
                _figure(record, "force"),
                _figure(record, "benchmark"),
                _is_part(record, selection, territorial, against),
                polarities[str(record["metric"])],
                selection.level,
                record["benchmark_basis"] == MEAN_OF_GROUP,
                _others(record, members, against),
            )
        )
        for record in lines
    ]


def _is_part(
    record: Record, selection: Selection, territorial: set[str], against: Sequence[str]
) -> bool:
    """Return whether the force is part of its benchmark."""
    if record["benchmark"] == record["force"]:
        return False
    if selection.group is not None:
        return record["force"] in against
    return record["benchmark"] == DEFAULT_BENCHMARK and record["force"] in territorial


def _others(
    record: Record, members: Members, against: Sequence[str]
) -> tuple[tuple[int, float], ...] | None:
    """Return count and base of the group's other forces; None where one lacks them."""
    base = record["base_period_end"]
    about = (
        str(record["metric"]), str(record["period_end"]), str(base) if base else "",
        str(record["source"]),
    )  # fmt: skip
    known = members.get(about, {})
    others = [force for force in against if force != record["force"]]
    if record["kind"] != "rate" or any(force not in known for force in others):
        return None
    return tuple(known[force] for force in others)


def _places_among(
    data: Dataset, lines: Sequence[Record], kind: Kind, selection: Selection
) -> list[Among]:
    """Return for each comparison of rates where the force stands among forces."""
    if kind.name != "rate":
        return [_NOT_AMONG] * len(lines)
    abouts = [tuple(str(record[name]) for name in _SPREAD_BY) for record in lines]
    units = {about: str(record["unit"]) for about, record in zip(abouts, lines, strict=True)}
    spreads = _spreads(data, units, selection)
    return [
        spreads[about].get(str(record["force"]), _NOT_AMONG)
        for about, record in zip(abouts, lines, strict=True)
    ]


_SPREAD_BY = ("metric", "period_end", "source")
_NOT_AMONG = Among(among_reason="Only rates of forces are held against those of all forces.")


def _spreads(
    data: Dataset, units: Mapping[tuple[str, ...], str], selection: Selection
) -> dict[tuple[str, ...], Mapping[str, Among]]:
    """Return where each force stands, by metric, period and source."""
    columns = data.table("rates").columns
    territorial = data.territorial()
    figures: dict[tuple[str, ...], dict[str, Counted]] = {about: {} for about in units}
    keys = zip(*(columns[name] for name in _SPREAD_BY), strict=True)
    cells = zip(columns["force"], columns["count"], columns["base"], strict=True)
    for about, (force, count, base) in zip(keys, cells, strict=True):
        if about in figures and force in territorial:
            figures[about][force] = Counted(
                int(count) if count else None, float(base) if base else None
            )
    labels = {name.id: name.label for name in data.forces}
    spreads: dict[tuple[str, ...], Mapping[str, Among]] = {}
    for about, found in figures.items():
        scale = per(units[about])
        spreads[about] = (
            among(
                found, territorial, selection.out_of_spread, labels, scale, selection.level,
                selection.forces,
            )
            if scale
            else {}
        )  # fmt: skip
    return spreads


def _with_fields(
    rows: pd.DataFrame, verdicts: Sequence[Verdict], places: Sequence[Among]
) -> pd.DataFrame:
    """Return rows with the fields of their verdicts and of their places as columns."""
    import pandas as pd

    columns: dict[str, Any] = {}
    fields = (*Verdict._fields, *Among._fields)
    together = [(*verdict, *place) for verdict, place in zip(verdicts, places, strict=True)]
    for place, name in enumerate(fields):
        cells = [row[place] for row in together]
        if name in _FIELD_TYPES:
            columns[name] = pd.Series(cells, dtype=_FIELD_TYPES[name], index=rows.index)
        else:
            columns[name] = [math.nan if cell is None else cell for cell in cells]
    return pd.concat([rows, pd.DataFrame(columns, index=rows.index)], axis=1)


_FIELD_TYPES = {
    "verdict": "str",
    "reading": "str",
    "method": "str",
    "reason": "str",
    "smallest_base": "Int64",
    "forces_rank": "Int64",
    "forces_ranked": "Int64",
    "among_forces": "str",
    "among_reason": "str",
}


def _figure(record: Record, side: str) -> Figure | None:
    value = record[f"{side}_value"]
    if not isinstance(value, float):
        return None
    fields = ("decimals", "count", "base", "margin", "margin_decimals", "base_count")
    known: tuple[Any, ...] = tuple(record[f"{side}_{name}"] for name in fields)
    return Figure(value, *known)


def judgments(data: Dataset, force: str = DEFAULT_FORCE, source: str | None = None) -> pd.DataFrame:
    """Return the inspectors' judgments of a force.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of a force.
    source
        Id of the source wanted; None for the first that has judgments of the force.

    Returns
    -------
    DataFrame
        One row a question, in the order of the questions' table, with the columns of
        `crimecmp.comparison.columns.JUDGMENT_ROW`. `rank` is the place on the scale, 1 being best;
        `positive` says whether the category is a positive one; `summary` has the grounds, apart by
        `; `.

    Raises
    ------
    UnknownNameError
        Where the force is not found.
    NoFiguresError
        Where there is no judgment of it.
    """
    selection = select(data, [force], source=source)
    frame = judged(data, selection)
    if frame.empty:
        raise no_figures(data, "judgments", selection)
    return frame


def judged(data: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the judgments of the selected forces, without rows where there is none."""
    import pandas as pd

    frame = data.frame("judgments")
    parts = []
    for force in selection.forces:
        its = frame[frame["force"] == force]
        source = selection.source or next(iter(data.in_order(its["source"])), None)
        parts.append(its[its["source"] == source])
    rows = pd.concat(parts, ignore_index=True)
    questions = data.frame("questions").reset_index(names="place")
    rows = rows.merge(questions, on="question", how="left").sort_values(
        "place", kind="stable", ignore_index=True
    )
    scale = data.frame("scale")[["judgment", "rank", "positive"]]
    return rows.merge(scale, on="judgment", how="left")[list(JUDGMENT_ROW)]


def framed(rows: Sequence[Record], columns: Sequence[str]) -> pd.DataFrame:
    """Return a typed frame of mappings of plain values, the reverse of `records`."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns))
    for name in columns:
        if name.endswith(_WHOLE):
            frame[name] = frame[name].astype("Int64")
        elif name.endswith("period_end"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame


_WHOLE = ("count", "_decimals", "smallest_base", "_rank", "_ranked")


def records(frame: pd.DataFrame) -> list[Record]:
    """Return a frame's rows as mappings of plain values: dates as `date`, missing as None."""
    import pandas as pd

    def plain(value: Any) -> Value:
        # Asked of each value and not of each column, which takes pandas longer for so few rows.
        if value is None or value is pd.NA or value is pd.NaT or value != value:
            return None
        return value.date() if isinstance(value, datetime) else value

    names = [str(name) for name in frame.columns]
    columns = [[plain(value) for value in frame[name].tolist()] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
