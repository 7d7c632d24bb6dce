"""Pairs a force with its benchmark: tables in, comparison frames out, one row shape.

Two figures are paired only where metric, period and source agree; a figure without its partner is
kept, its partner missing and the reason said. Frames have the columns of
`crimecmp.schema.COMPARISON_ROW` (judgments: `JUDGMENT_ROW`), whichever function made them.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from crimecmp.errors import RequestError
from crimecmp.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.report import Record, Value
from crimecmp.schema import COMPARISON_ROW, JUDGMENT_ROW
from crimecmp.selection import DEFAULT_LEVEL, Selection, no_figures, select
from crimecmp.verdicts import Figure, Question, Verdict, judge

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.dataset import Dataset


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
        One row a metric and period, with the columns of `crimecmp.schema.COMPARISON_ROW`.
        `force_value`, `benchmark_value` and `difference` are in `unit` (per 1,000 population or
        households), `percent_difference` in per cent of the benchmark's figure.

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
    import pandas as pd

    if selection.benchmark in selection.forces:
        raise RequestError(
            f"{selection.benchmark} cannot be compared with itself",
            "Name another area with --benchmark.",
        )
    kind = KINDS[table]
    frame = _plain(data.frame(table), kind)
    own, others = _chosen(data, frame, selection)
    rows = own.merge(
        others.drop(columns="force").rename(columns=_BENCHMARK_NAMES), on=_PAIRED_BY, how="left"
    )
    rows["benchmark"] = selection.benchmark
    parts = [rows, *_unanswered(own, others, selection)]
    if kind.previous:
        parts.append(_year_before(own, frame))
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
    return _with_verdicts(data, rows, selection)[list(COMPARISON_ROW)]


_PAIRED_BY = ["metric", "period_end", "base_period_end", "source"]
_FIGURE_FIELDS = ("value", "margin", "count", "base", "decimals", "margin_decimals")
_FORCE_NAMES = {name: f"force_{name}" for name in _FIGURE_FIELDS}
_BENCHMARK_NAMES = {name: f"benchmark_{name}" for name in (*_FIGURE_FIELDS, "locator", "note")}


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
        ("base", "float64"),
    ):
        if name not in frame:
            frame[name] = pd.Series([None] * len(frame), index=frame.index, dtype=dtype)
    return frame


def _chosen(
    data: Dataset, frame: pd.DataFrame, selection: Selection
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas' rows and the benchmark's that are to be shown."""
    keys = [
        _Key(place, *cells)
        for place, cells in enumerate(
            zip(frame["force"], frame["metric"], frame["source"], frame["period_end"], strict=True)
        )
        if cells[0] in (*selection.forces, selection.benchmark)
        and selection.metric in (None, cells[1])
        and selection.source in (None, cells[2])
        and str(cells[3]).startswith(selection.period or "")
    ]
    own = _of_one_source(data, [key for key in keys if key.force != selection.benchmark])
    sources = {key.source for key in own}
    others = [key for key in keys if key.force == selection.benchmark and key.source in sources]
    if selection.period is None:
        ends = _latest(own)
        own = [key for key in own if key.end == ends[key.force, key.metric, key.source]]
        shown = {(key.metric, key.source, key.end) for key in own}
        alone = {(key.metric, key.source) for key in others} - {
            (key.metric, key.source) for key in own
        }
        its_ends = _latest(others)
        others = [
            key
            for key in others
            if (key.metric, key.source, key.end) in shown
            or (
                (key.metric, key.source) in alone
                and key.end == its_ends[key.force, key.metric, key.source]
            )
        ]
    return frame.take([key.place for key in own]), frame.take([key.place for key in others])


class _Key(NamedTuple):
    """What a row of figures is about, and its place in the table."""

    place: int
    force: str
    metric: str
    source: str
    end: datetime


def _of_one_source(data: Dataset, keys: list[_Key]) -> list[_Key]:
    """Keep of each area the rows of its first source: one table never mixes two for one area."""
    having: dict[str, list[str]] = {}
    for key in keys:
        having.setdefault(key.force, []).append(key.source)
    first = {force: data.in_order(sources)[0] for force, sources in having.items()}
    return [key for key in keys if key.source == first[key.force]]


def _latest(keys: list[_Key]) -> dict[tuple[str, str, str], datetime]:
    """Return the latest period of each area, metric and source."""
    ends: dict[tuple[str, str, str], datetime] = {}
    for key in keys:
        about = (key.force, key.metric, key.source)
        ends[about] = max(key.end, ends.get(about, key.end))
    return ends


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
            part["benchmark"] = selection.benchmark
            parts.append(part)
    return parts


_ABOUT = ("metric", "period_end", "base_period_end")


def _year_before(own: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Return comparisons of the areas' figures with their own of a year before."""
    import pandas as pd

    earlier = frame.drop(columns="base_period_end").rename(columns=_BENCHMARK_NAMES)
    earlier["base_period_end"] = earlier["period_end"]
    earlier["period_end"] = pd.to_datetime([_year_later(end) for end in earlier["period_end"]])
    now = own.drop(columns="base_period_end")
    rows = now.merge(earlier, on=["force", "metric", "period_end", "source"])
    rows["benchmark"] = rows["force"]
    return rows


def _year_later(end: date) -> date:
    """Return the same day a year later; a month's end stays a month's end."""
    ends = end.day == monthrange(end.year, end.month)[1]
    last = monthrange(end.year + 1, end.month)[1]
    return date(end.year + 1, end.month, last if ends else min(end.day, last))


def _in_order(data: Dataset, rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Sort by metric, figure where ranked, area and period; a comparison with itself last."""
    metrics = {name.id: place for place, name in enumerate(data.metrics)}
    areas = {force: place for place, force in enumerate(selection.forces)}
    keys = [
        (
            metrics[metric],
            (-value if value == value else math.inf) if selection.ranked else 0,
            areas[force],
            end,
            benchmark == force,
            str(base),
        )
        for metric, value, force, end, benchmark, base in zip(
            rows["metric"],
            rows["value"],
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
    for value, note, area in (
        ("force_value", "note", "force"),
        ("benchmark_value", "benchmark_note", "benchmark"),
    ):
        missing = rows[value].isna().tolist()
        if any(missing):
            unsaid = rows[note].isna().tolist()
            rows[note] = [
                f"The source gives no figure for {data.forces[name].label} for this period."
                if gap and silent
                else text
                for text, name, gap, silent in zip(
                    rows[note], rows[area], missing, unsaid, strict=True
                )
            ]


def _with_verdicts(data: Dataset, rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return comparisons with the fields of `Verdict` for each."""
    import pandas as pd

    territorial = set(data.territorial())
    polarities = {name: row["polarity"] for name, row in data.by_id("metrics").items()}
    verdicts = [
        judge(
            Question(
                str(record["kind"]),
                str(record["unit"]),
                _figure(record, "force"),
                _figure(record, "benchmark"),
                record["benchmark"] == DEFAULT_BENCHMARK and record["force"] in territorial,
                polarities[str(record["metric"])],
                selection.level,
            )
        )
        for record in records(rows)
    ]
    columns: dict[str, Any] = {}
    for place, name in enumerate(Verdict._fields):
        cells = [verdict[place] for verdict in verdicts]
        if name in _VERDICT_TYPES:
            columns[name] = pd.Series(cells, dtype=_VERDICT_TYPES[name])
        else:
            columns[name] = [math.nan if cell is None else cell for cell in cells]
    return pd.concat([rows, pd.DataFrame(columns, index=rows.index)], axis=1)


_VERDICT_TYPES = {
    "verdict": "str",
    "reading": "str",
    "method": "str",
    "reason": "str",
    "smallest_base": "Int64",
}


def _figure(record: Record, side: str) -> Figure | None:
    value = record[f"{side}_value"]
    if not isinstance(value, float):
        return None
    fields = ("decimals", "count", "base", "margin", "margin_decimals")
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
