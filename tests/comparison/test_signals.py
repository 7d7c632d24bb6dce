"""A force's periods beside its benchmark's, and the last period of each force."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calculating import near
from tabling import DATA, write

import crimecmp
from crimecmp.comparison.baseline import baseline_of
from crimecmp.comparison.control import BELOW, NO_SIGNAL, SIGNALS
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import PeriodSignal, columns
from crimecmp.comparison.signals import last_signals, signals_of
from crimecmp.errors import NoFiguresError, RequestError
from crimecmp.tables.files import bundled_folder

LATEST = crimecmp.load(latest=True)
SHOPLIFTING = "shoplifting"


def found(*forces: str, by: Any = "quarter", **options: Any) -> list[PeriodSignal]:
    """Return the rows of a force's control chart of shoplifting in the newest figures."""
    request = requested(LATEST, forces or ("durham",), **{"metric": SHOPLIFTING, **options})
    return signals_of(LATEST, request, by)


def counts(force: str) -> list[int]:
    """Return a force's quarters of shoplifting, or all forces' for England and Wales."""
    path = bundled_folder() / "recorded-crime-2026-04" / "quarters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        series = [
            [int(count) for count in row["counts"].split(";")]
            for row in csv.DictReader(file)
            if row["metric"] == SHOPLIFTING and force in (row["force"], "england-and-wales")
        ]
    return [sum(quarter) for quarter in zip(*series, strict=True)]


@pytest.mark.parametrize("force", ["durham", "england-and-wales"])
def test_the_lines_are_those_of_the_changes_on_the_year(force: str) -> None:
    """Both areas have lines of their own, calculated here with arrays from the counts."""
    last = found()[-1]
    point = last.own if force == "durham" else last.other
    series = np.array(counts(force), dtype=float)
    changes = np.log(series[4:] / series[:-4])
    first = changes[:12]
    ranges = np.abs(np.diff(first))
    ranges = ranges[ranges < 3.267 * ranges.mean()]
    high = first.mean() + 2.66 * ranges.mean()
    assert point.events == series[-1]
    assert point.value == near(100 * math.expm1(changes[-1]))
    assert point.limit_high == near(100 * math.expm1(high))
    assert point.usual_to == near(series[-5] * math.exp(high))


def test_what_shoplifting_in_durham_shows() -> None:
    """No signal in the last quarter, while England and Wales is below since September 2025."""
    rows = found()
    last = rows[-1]
    assert (len(rows), last.period_end) == (55, date(2025, 12, 31))
    assert (last.own.signal, last.own.since) == (NO_SIGNAL, None)
    assert (last.other.signal, last.other.since) == (BELOW, date(2025, 9, 30))


def test_a_period_that_is_asked_for_is_the_last() -> None:
    """What came later is not known then: the chart is that of the counts up to it."""
    rows = found(period="2024-03")
    assert rows[-1].period_end == date(2024, 3, 31)
    assert rows[-1].own._replace(reason="") == found()[len(rows) - 1].own


def test_years_share_no_day() -> None:
    """They end in the month of the last year that there is, the benchmark's too."""
    rows = found(by="year")
    assert [row.period_end for row in rows] == [date(y, 12, 31) for y in range(2013, 2026)]
    assert all(row.own.value is not None and row.other.value is not None for row in rows)
    assert rows[0].own.events == sum(counts("durham")[3:7])


def test_an_earlier_year_counts_back_from_it() -> None:
    """Years up to June 2025 end in June."""
    assert {row.period_end.month for row in found(by="year", period="2025-06")} == {6}


def test_another_area_can_be_the_benchmark() -> None:
    """Its own count, change and signal stand beside the force's."""
    row = found(benchmark="cleveland")[-1]
    assert row.benchmark == "cleveland"
    assert row.other.events == counts("cleveland")[-1]


def test_a_benchmark_without_counts_has_no_point(tmp_path: Path) -> None:
    """The force's chart is there all the same, and the reason is in the row."""
    row = {"force": "durham", "metric": "robbery", "source": "", "first_quarter_end": "2012-06-30"}
    write(tmp_path / "quarters.csv", [row | {"counts": ";".join(["30", "40"] * 10)}])
    data = crimecmp.load(tmp_path)
    last = signals_of(data, requested(data, ["durham"], metric="robbery"), "quarter")[-1]
    assert last.own.signal == NO_SIGNAL
    assert last.other.events is None
    assert last.other.reason == "There is no count of this period."
    assert last.benchmark_chart == ""


def test_both_areas_are_from_one_source(tmp_path: Path) -> None:
    """The benchmark's counts are those of the force's source, whichever it has first."""
    write(tmp_path / "sources.csv", [{"source": each, "title": each} for each in ("one", "two")])
    about = {"metric": "robbery", "first_quarter_end": "2012-06-30"}
    rows = [
        about | {"force": force, "source": source, "counts": ";".join([low, "40"] * 10)}
        for force, source, low in (
            ("kent", "two", "20"),
            ("kent", "one", "30"),
            ("durham", "one", "25"),
        )
    ]
    write(tmp_path / "quarters.csv", rows)
    data = crimecmp.load(tmp_path)
    request = requested(data, ["durham"], metric="robbery")._replace(benchmark="kent")
    assert [row.other.events for row in signals_of(data, request, "quarter")[:2]] == [30, 40]


def test_the_last_period_of_each_force() -> None:
    """All 43 forces have one, and it is the last of the force's own chart."""
    request = requested(LATEST, DATA.territorial(), metric=SHOPLIFTING)
    rows = last_signals(LATEST, request, "quarter")
    assert [row.force for row in rows] == DATA.territorial()
    assert {row.period_end for row in rows} == {date(2025, 12, 31)}
    [durham] = [row for row in rows if row.force == "durham"]
    assert durham == found()[-1]
    assert 0 < sum(row.own.signal in SIGNALS for row in rows) < 43


def test_a_named_baseline_is_that_of_every_force() -> None:
    """Both areas of a row have their lines from it."""
    request = requested(LATEST, ["durham", "kent"], metric=SHOPLIFTING)
    baseline = baseline_of("2022-04:2025-03")
    for row in last_signals(LATEST, request, "quarter", baseline):
        alone = request._replace(forces=(row.force,))
        inside = signals_of(LATEST, alone, "quarter", baseline)
        assert sum(each.own.in_baseline for each in inside) == 12
        assert sum(each.other.in_baseline for each in inside) == 12
        assert inside[-1] == row


def test_columns_of_the_benchmark_are_those_of_the_force_again() -> None:
    """Each has the force's name with a prefix, in the same order, and no name is there twice."""
    names = [column.name for column in columns(PeriodSignal)]
    own = names[names.index("count") : names.index("reason") + 1]
    assert names[-len(own) :] == [f"benchmark_{name}" for name in own]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"metric": "anti-social-behaviour"}, NoFiguresError, "no counts of Anti-social"),
        ({"source": "ons-pfa-2024-12"}, NoFiguresError, "by quarter for Durham in ons-pfa-2024-12"),
        ({"group": "north-east"}, RequestError, "a group has no control chart"),
        ({"benchmark": "durham"}, RequestError, "durham cannot be compared with itself"),
        ({"period": "2014-06"}, NoFiguresError, "no control chart of Shoplifting in Durham"),
    ],
)
def test_what_has_no_chart_is_refused(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    """Each reason is named."""
    with pytest.raises(error, match=message):
        found(**options)


def test_signals_of_forces_are_of_one_measure() -> None:
    """Without a measure there is nothing to look at."""
    with pytest.raises(RequestError, match="signals are of one measure"):
        last_signals(LATEST, requested(LATEST, ["durham"]), "quarter")
