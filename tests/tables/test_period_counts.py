"""Counts by quarter and rates by year of one area, as the tables have them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from tabling import DATA, write

import crimecmp
from crimecmp.tables.files import bundled_folder
from crimecmp.tables.period_counts import months_of, period_ends, quarters_of, years_of

FORCES = DATA.territorial()
START = "2012-06-30"


def loaded(folder: Path, counts: dict[str, str], metric: str = "robbery") -> crimecmp.Dataset:
    """Return tables of quarterly counts by force."""
    about = {"metric": metric, "source": "", "first_quarter_end": START}
    write(folder / "quarters.csv", [about | {"force": f, "counts": c} for f, c in counts.items()])
    return crimecmp.load(folder)


def test_bundled_quarters_are_those_of_the_file() -> None:
    """Durham's shoplifting has 55 quarters to December 2025, each with its days."""
    path = bundled_folder() / "recorded-crime-2026-04" / "quarters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        [row] = [
            row
            for row in csv.DictReader(file)
            if (row["force"], row["metric"]) == ("durham", "shoplifting")
        ]
    found = quarters_of(crimecmp.load(latest=True), "durham", "shoplifting")
    assert found is not None
    assert [str(count) for count in found.counts] == row["counts"].split(";")
    assert (found.ends[0], found.ends[-1]) == (date(2012, 6, 30), date(2025, 12, 31))
    assert found.bases == tuple(
        (end - before).days
        for before, end in zip([date(2012, 3, 31), *found.ends], found.ends, strict=False)
    )
    assert found.source == "recorded-crime-2026-04"


def test_england_and_wales_is_the_sum_of_the_forces(tmp_path: Path) -> None:
    """It is missing in a quarter of which one force is missing."""
    data = loaded(tmp_path, dict.fromkeys(FORCES, "1;2;3") | {"kent": "10;;30"})
    found = quarters_of(data, "england-and-wales", "robbery")
    assert found is not None
    assert found.counts == (42 + 10, None, 3 * 42 + 30)


def test_there_is_no_sum_without_every_force(tmp_path: Path) -> None:
    """With one force lacking altogether there is no series of England and Wales."""
    data = loaded(tmp_path, dict.fromkeys(FORCES[1:], "1;2;3"))
    assert quarters_of(data, "england-and-wales", "robbery") is None
    assert quarters_of(data, FORCES[1], "robbery", "elsewhere") is None
    assert quarters_of(data, FORCES[1], "burglary") is None


def test_quarters_end_on_the_last_day_of_their_month() -> None:
    """Also across a year, and in a February of 29 days."""
    assert list(period_ends(date(2011, 11, 30), 3, 3)) == [
        date(2011, 11, 30), date(2012, 2, 29), date(2012, 5, 31),
    ]  # fmt: skip


def test_months_are_read_with_their_gaps(tmp_path: Path) -> None:
    """A month without a row, or without a count, is a gap and never zero."""
    about = {"force": "durham", "metric": "robbery", "source": ""}
    held = {"2023-12": "5", "2024-02": "0", "2024-03": "", "2024-04": "7"}
    rows = [about | {"month": month, "count": count} for month, count in held.items()]
    write(tmp_path / "months.csv", rows[::-1])
    data = crimecmp.load(tmp_path)
    found = months_of(data, "durham", "robbery")
    assert found is not None
    assert found.counts == (5, None, 0, None, 7)
    assert found.bases == (31, 31, 29, 31, 30)
    assert found.ends[2] == date(2024, 2, 29)
    nation = months_of(data, "england-and-wales", "robbery")
    assert nation is not None
    assert set(nation.counts) == {None}


def test_england_and_wales_has_a_month_that_every_force_has(tmp_path: Path) -> None:
    """It is the sum of the forces, and missing where one is."""
    rows = [
        {"force": force, "metric": "robbery", "month": month, "count": "2", "source": ""}
        for force in FORCES
        for month in ("2024-01", "2024-02")
        if (force, month) != ("kent", "2024-01")
    ]
    write(tmp_path / "months.csv", rows)
    found = months_of(crimecmp.load(tmp_path), "england-and-wales", "robbery")
    assert found is not None
    assert found.counts == (None, 86)


def test_a_series_can_end_earlier(tmp_path: Path) -> None:
    """Periods up to a month or a day, that period included."""
    found = quarters_of(loaded(tmp_path, {"durham": "1;2;3"}), "durham", "robbery")
    assert found is not None
    assert found.until("2012-09").counts == found.until("2012-09-30").counts == (1, 2)
    assert found.until("2012-09-29").bases == found.until("2012-09-29").bases[:1]
    assert found.until(None) == found


def test_years_have_the_rate_the_count_and_the_base(tmp_path: Path) -> None:
    """A year without a rate is a gap, and figures are those of the table."""
    rows = [
        {"force": "durham", "metric": "robbery", "period_end": f"{year}-06-30", "value": value,
         "count": count, "base": base}
        for year, value, count, base in ((2012, "0.5", "250", "500000"), (2014, "0.6", "", ""))
    ]  # fmt: skip
    write(tmp_path / "rates.csv", rows)
    ends = [date(year, 6, 30) for year in (2012, 2013, 2014)]
    found = years_of(crimecmp.load(tmp_path), "durham", "robbery", None, ends)
    assert found is not None
    assert found.rates == (0.5, None, 0.6)
    assert found.counts == (250, None, None)
    assert found.bases == (500_000, None, None)
    assert found.per == 1000
    assert years_of(crimecmp.load(tmp_path), "kent", "robbery", None, ends) is None
