"""Pairs a force with its benchmark: tables in, comparison frames out, one row shape.

Two figures are paired only where metric, period and source agree; a figure without its partner is
kept, its partner missing and the reason said. Frames have the columns of
`crimecmp.schema.COMPARISON_ROW` (judgments: `JUDGMENT_ROW`), whichever function made them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.report import Record, Value
from crimecmp.schema import COMPARISON_ROW, JUDGMENT_ROW
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.dataset import Dataset

DEFAULT_FORCE = "durham"
DEFAULT_BENCHMARK = "england-and-wales"


@dataclass(frozen=True, slots=True)
class Kind:
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


@dataclass(frozen=True, slots=True)
class Selection:
    """Which figures to compare.

    Parameters
    ----------
    forces
        Ids of the areas to compare, in order.
    benchmark
        Id of the area to compare them with.
    metric
        Id of the one metric wanted; None for all.
    source
        Id of the source wanted; None for the first, in the order of the sources' table, that has
        figures for the force.
    period
        End of the period wanted, `YYYY-MM` or `YYYY-MM-DD`; None for the latest of each metric.

    Raises
    ------
    RequestError
        Where the period is none.
    """

    forces: tuple[str, ...] = (DEFAULT_FORCE,)
    benchmark: str = DEFAULT_BENCHMARK
    metric: str | None = None
    source: str | None = None
    period: str | None = None

    def __post_init__(self) -> None:
        if self.period is not None:
            try:
                date.fromisoformat(self.period if len(self.period) > 7 else f"{self.period}-01")
                sound = re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", self.period)
            except ValueError:
                sound = None
            if not sound:
                raise RequestError(
                    f"'{visible(self.period)}' is no period",
                    "Write the month that it ends in, such as 2014-06.",
                )


def select(
    data: Dataset,
    forces: Sequence[str] = (DEFAULT_FORCE,),
    benchmark: str = DEFAULT_BENCHMARK,
    metric: str | None = None,
    source: str | None = None,
    period: str | None = None,
) -> Selection:
    """Return a `Selection` from names as people type them.

    Raises
    ------
    UnknownNameError
        Where a force, the benchmark or the metric is not found or fits several.
    RequestError
        Where the source is unknown, or as `Selection` raises it.
    """
    if source is not None:
        known = data.sources_with_figures()
        if source not in known:
            raise RequestError(
                f"no source is called '{visible(source)}'",
                f"The figures have {in_words(known)}." if known else "",
            )
    return Selection(
        tuple(dict.fromkeys(data.forces.find(force) for force in forces)),
        data.forces.find(benchmark),
        None if metric is None else data.metrics.find(metric),
        source,
        period,
    )


def rates(data: Dataset, force: str = DEFAULT_FORCE, **choices: str | None) -> pd.DataFrame:
    """Compare an area's rates with a benchmark's.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of an area.
    **choices
        `benchmark`, `metric`, `source` and `period`, as for `select`.

    Returns
    -------
    DataFrame
        One row a metric, with the columns of `crimecmp.schema.COMPARISON_ROW`. `force_value`,
        `benchmark_value` and `difference` are in `unit` (per 1,000 population or households),
        `percent_difference` in per cent of the benchmark's figure.

    Raises
    ------
    UnknownNameError
        Where a name is not found.
    NoFiguresError
        Where the data have no such figure.
    """
    return _frame_of(data, "rates", force, choices)


def changes(data: Dataset, force: str = DEFAULT_FORCE, **choices: str | None) -> pd.DataFrame:
    """Compare an area's per cent changes with a benchmark's.

    As `rates`, one row a metric and base period: figures are in per cent, `difference` is in
    percentage points, and `percent_difference` is always missing.
    """
    return _frame_of(data, "changes", force, choices)


def outcomes(data: Dataset, force: str = DEFAULT_FORCE, **choices: str | None) -> pd.DataFrame:
    """Compare an area's outcomes of crimes with a benchmark's.

    As `rates`: figures are percentages, `difference` is in percentage points, and
    `percent_difference` is always missing.
    """
    return _frame_of(data, "outcomes", force, choices)


def satisfaction(data: Dataset, force: str = DEFAULT_FORCE, **choices: str | None) -> pd.DataFrame:
    """Compare an area's survey estimates with a benchmark's and with its own of the year before.

    As `outcomes`, with `force_margin` and `benchmark_margin`: half widths of the 95 % intervals in
    percentage points. In a comparison with the year before `benchmark` is the area itself and
    `base_period_end` the end of the earlier period.
    """
    return _frame_of(data, "satisfaction", force, choices)


def side_by_side(
    data: Dataset,
    metric: str | None = None,
    forces: Sequence[str] = (DEFAULT_FORCE,),
    **choices: str | None,
) -> pd.DataFrame:
    """Return all comparisons on one metric (or on each), the areas side by side.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    metric
        Any name of a metric; None for all.
    forces
        Any names of areas.
    **choices
        `benchmark`, `source` and `period`, as for `select`.

    Returns
    -------
    DataFrame
        Rates, changes, outcomes and satisfaction, one below the other, in the row that `rates`
        describes; `kind` tells which is which.

    Raises
    ------
    UnknownNameError
        Where a name is not found.
    NoFiguresError
        Where the data have no such figure for any of the areas.
    """
    import pandas as pd

    selection = select(data, forces, metric=metric, **_given(choices))
    parts = [figures(data, table, selection) for table in KINDS]
    found = [part for part in parts if not part.empty]
    if not found:
        raise no_figures(data, "figures", selection)
    return pd.concat(found, ignore_index=True)


def _given(choices: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: choice for name, choice in choices.items() if choice is not None}


def _frame_of(
    data: Dataset, table: str, force: str, choices: Mapping[str, str | None]
) -> pd.DataFrame:
    selection = select(data, [force], **_given(choices))
    frame = figures(data, table, selection)
    if frame.empty:
        raise no_figures(data, table, selection)
    return frame


def no_figures(data: Dataset, what: str, selection: Selection) -> NoFiguresError:
    """Return the error that says that the data hold no such figures, and who has some."""
    wanted = [in_words([data.forces[force].label for force in selection.forces], "or")]
    if selection.metric:
        wanted.append(f"on {data.metrics[selection.metric].label}")
    if selection.source:
        wanted.append(f"from {selection.source}")
    if selection.period:
        wanted.append(f"for the period to {selection.period}")
    having = data.areas_with_figures()
    return NoFiguresError(
        f"{data.label} hold no {what} for {' '.join(wanted)}",
        f"Areas with figures: {', '.join(having)}." if having else "No area has any figure there.",
    )


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
    import pandas as pd

    if selection.benchmark in selection.forces:
        raise RequestError(
            f"{selection.benchmark} cannot be compared with itself",
            "Name another area with --benchmark.",
        )
    kind = KINDS[table]
    frame = _plain(data.frame(table), kind)
    if selection.metric:
        frame = frame[frame["metric"] == selection.metric]
    parts = [_one_force(data, frame, kind, force, selection) for force in selection.forces]
    rows = pd.concat(parts, ignore_index=True)
    order = {name.id: place for place, name in enumerate(data.metrics)}
    rows["place"] = rows["metric"].map(order)
    rows = rows.sort_values("place", kind="stable", ignore_index=True)
    rows["kind"] = kind.name
    rows["label"] = rows["metric"].map({name.id: name.label for name in data.metrics})
    units = {name: row["unit"] for name, row in data.by_id("metrics").items()}
    rows["unit"] = kind.unit or rows["metric"].map(units)
    _add_differences(rows, kind)
    return rows[list(COMPARISON_ROW)]


_SIDES = ("value", "margin", "count", "base", "decimals", "margin_decimals", "locator", "note")
_BENCHMARK_NAMES = {name: f"benchmark_{name}" for name in _SIDES}
_FORCE_NAMES = {name: f"force_{name}" for name in _SIDES if name not in ("locator", "note")}


def _plain(frame: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return a table's frame with the same columns whatever the kind, figures in `value`."""
    frame = frame.rename(
        columns={kind.figure: "value", f"{kind.figure}_decimals": "decimals"},
    )
    for name, dtype in (
        ("base_period_end", "datetime64[us]"),
        ("margin", "float64"),
        ("margin_decimals", "Int64"),
        ("count", "Int64"),
        ("base", "float64"),
    ):
        if name not in frame:
            frame[name] = None
            frame[name] = frame[name].astype(dtype)
    return frame


def _one_force(
    data: Dataset, frame: pd.DataFrame, kind: Kind, force: str, selection: Selection
) -> pd.DataFrame:
    import pandas as pd

    source = selection.source or _first_source(data, frame, force)
    frame = frame[frame["source"] == source]
    own = frame[frame["force"] == force]
    shown, others = _in_period(own, frame[frame["force"] == selection.benchmark], selection.period)
    if own.empty:
        others = own
    keys = ["metric", "period_end", "base_period_end", "source"]
    rows = shown.drop(columns="force").merge(
        others.drop(columns="force").rename(columns=_BENCHMARK_NAMES), on=keys, how="outer"
    )
    rows["benchmark"] = selection.benchmark
    if kind.previous:
        rows = pd.concat([rows, _year_before(shown, own, force)], ignore_index=True)
    rows["force"] = force
    rows = rows.rename(columns=_FORCE_NAMES)
    rows = rows.sort_values(
        ["metric", "period_end", "base_period_end"], kind="stable", na_position="first"
    )
    for value, note, area in (
        ("force_value", "note", data.forces[force].label),
        ("benchmark_value", "benchmark_note", data.forces[selection.benchmark].label),
    ):
        unsaid = rows[value].isna() & rows[note].isna()
        rows.loc[unsaid, note] = f"The source gives no figure for {area}."
    return rows


def _first_source(data: Dataset, frame: pd.DataFrame, force: str) -> str | None:
    ordered = data.in_order(frame.loc[frame["force"] == force, "source"])
    return ordered[0] if ordered else None


def _in_period(
    own: pd.DataFrame, others: pd.DataFrame, period: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the rows of one period: that asked for, or the latest of each metric.

    The latest is the force's own; the benchmark's only where the force has no figure at all.
    """
    if period is not None:
        return _ending(own, period), _ending(others, period)
    latest = {
        **others.groupby("metric")["period_end"].max(),
        **own.groupby("metric")["period_end"].max(),
    }
    kept = [rows[rows["period_end"] == rows["metric"].map(latest)] for rows in (own, others)]
    return kept[0], kept[1]


def _ending(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    days = rows["period_end"].dt.strftime("%Y-%m-%d")
    return rows[days.str.startswith(period)]


def _year_before(shown: pd.DataFrame, own: pd.DataFrame, force: str) -> pd.DataFrame:
    import pandas as pd

    earlier = own.drop(columns=["force", "base_period_end"]).rename(columns=_BENCHMARK_NAMES)
    earlier["base_period_end"] = earlier["period_end"]
    earlier["period_end"] = earlier["period_end"] + pd.DateOffset(years=1)
    now = shown.drop(columns=["force", "base_period_end"])
    rows = now.merge(earlier, on=["metric", "period_end", "source"])
    rows["benchmark"] = force
    return rows


def _add_differences(rows: pd.DataFrame, kind: Kind) -> None:
    import pandas as pd

    known = rows["force_value"].notna() & rows["benchmark_value"].notna()
    places = rows[["force_decimals", "benchmark_decimals"]].max(axis=1)
    rows["difference"] = pd.array(
        [
            # A difference of printed decimals is a decimal of as many places: this rounding only
            # takes off what binary floats put on.
            round(force - benchmark, int(digits)) if both else None
            for force, benchmark, digits, both in zip(
                rows["force_value"], rows["benchmark_value"], places, known, strict=True
            )
        ],
        dtype="float64",
    )
    comparable = known & (rows["benchmark_value"] != 0) & kind.relative
    rows["percent_difference"] = (rows["difference"] / rows["benchmark_value"] * 100).where(
        comparable
    )


def judgments(
    data: Dataset, force: str = DEFAULT_FORCE, source: str | None = None
) -> pd.DataFrame:
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
        `crimecmp.schema.JUDGMENT_ROW`. `rank` is the place on the scale, 1 being best; `positive`
        says whether the category is a positive one; `summary` has the grounds, apart by `; `.

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
        source = selection.source or _first_source(data, frame, force)
        parts.append(frame[(frame["force"] == force) & (frame["source"] == source)])
    rows = pd.concat(parts, ignore_index=True)
    questions = data.frame("questions").reset_index(names="place")
    rows = rows.merge(questions, on="question", how="left").sort_values(
        "place", kind="stable", ignore_index=True
    )
    scale = data.frame("scale")[["judgment", "rank", "positive"]]
    return rows.merge(scale, on="judgment", how="left")[list(JUDGMENT_ROW)]


def records(frame: pd.DataFrame) -> list[Record]:
    """Return a frame's rows as mappings of plain values: dates as `date`, missing as None."""
    columns = {
        name: [None if missing else _plain_value(value) for value, missing in zip(
            frame[name].tolist(), frame[name].isna().tolist(), strict=True
        )]
        for name in frame.columns
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def _plain_value(value: object) -> Value:
    if isinstance(value, datetime):
        return value.date()
    assert isinstance(value, str | float | int | bool)  # noqa: S101 - the frames' own types
    return value
