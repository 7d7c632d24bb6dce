"""Printed figures are calculated again from published counts, and the two held together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from bundled import (
    BURGLARY,
    COUNTS,
    JUNE_2014,
    METRICS,
    NATIONAL,
    REPORT,
    counted,
    table,
)
from reproducing import BEFORE, OFF, README, Shown

import crimecmp
from crimecmp.comparison.reproduction import reproduced
from crimecmp.comparison.request import requested
from crimecmp.comparison.row import Reproduction
from crimecmp.comparison.verdict_words import CANNOT, DIFFERS, MATCHES

Load = Callable[..., crimecmp.Dataset]


@pytest.fixture
def durham(bundled: crimecmp.Dataset) -> list[Reproduction]:
    """Return the report's figures, each beside its calculation: anew, so that each test runs it."""
    return reproduced(bundled, requested(bundled))


def about(row: Reproduction) -> tuple[str, str, str]:
    """Return what a row is about."""
    since = row.base_period_end
    return row.metric, row.force, since.isoformat() if since else ""


def row_of(rows: list[Reproduction], shown: Shown) -> Reproduction:
    """Return the row of a figure."""
    [row] = [row for row in rows if about(row) == shown[:3]]
    return row


# --- The figures of the report


def test_all_printed_figures_are_there_and_no_other(durham: list[Reproduction]) -> None:
    """Each figure of the report, of Durham and of England and Wales, has its row."""
    printed = [
        (name, row["force"], row["metric"], row["period_end"], float(row[figure]))
        for name, kind, figure in (
            ("rate", "rates", "value"),
            ("change", "changes", "percent"),
            ("outcome", "outcomes", "percent"),
            ("satisfaction", "satisfaction", "percent"),
        )
        for row in table(kind)
        if row["source"] == REPORT
    ]
    found = [
        (row.kind, row.force, row.metric, row.period_end.isoformat(), row.printed) for row in durham
    ]
    assert sorted(found) == sorted(printed)
    assert len(found) == 24
    assert Counter(row.result for row in durham) == {MATCHES: 15, DIFFERS: 4, CANNOT: 5}


@pytest.mark.parametrize("shown", README, ids=lambda shown: "-".join(shown[:3]))
def test_a_figure_is_calculated_as_the_readme_shows(
    durham: list[Reproduction], shown: Shown
) -> None:
    """To the decimals given there, and from the count given there, it is the same."""
    row = row_of(durham, shown)
    places = Decimal(1).scaleb(-len(shown.worked_out.partition(".")[2]))
    calculated = Decimal(repr(row.worked_out)).quantize(places, ROUND_HALF_UP)
    assert calculated == Decimal(shown.worked_out)
    assert row.printed == float(shown.printed)
    assert row.printed_decimals == len(shown.printed.partition(".")[2])
    if shown.events is not None:
        assert row.events == shown.events


@pytest.mark.parametrize("shown", README, ids=lambda shown: "-".join(shown[:3]))
def test_a_figure_matches_at_the_printed_precision_or_is_off(
    durham: list[Reproduction], shown: Shown
) -> None:
    """Four figures of England and Wales are off, each by as much as the README shows."""
    row = row_of(durham, shown)
    off = OFF.get(shown[:3], 0.0)
    assert row.off == pytest.approx(off, abs=1e-12)
    assert row.result == (DIFFERS if off else MATCHES)
    assert bool(row.reason) == bool(off)


def test_every_figure_is_that_of_its_counts(durham: list[Reproduction]) -> None:
    """Rates are 1,000 counts over the base, changes 100 (count - earlier) over the earlier."""
    for row in durham:
        if row.result == CANNOT:
            continue
        now = counted(row.metric, row.period_end.isoformat())[row.force]
        assert row.events == now.events
        if row.base_period_end is None:
            assert row.kind == "rate"
            assert (row.base, row.events_before) == (now.base, None)
            assert row.worked_out == pytest.approx(now.rate, rel=1e-12)
        else:
            earlier = counted(row.metric, row.base_period_end.isoformat())[row.force].events
            assert (row.base, row.events_before) == (None, earlier)
            change = 100 * (now.events - earlier) / earlier
            assert row.worked_out == pytest.approx(change, rel=1e-12)


def test_what_has_no_counts_is_said_to_be_so(durham: list[Reproduction]) -> None:
    """Two detection rates and three figures of satisfaction stand in the report alone."""
    rows = [row for row in durham if row.result == CANNOT]
    assert sorted((row.metric, row.force) for row in rows) == [
        ("detection-rate", "durham"),
        ("detection-rate", NATIONAL),
        ("victim-satisfaction", "durham"),
        ("victim-satisfaction", "durham"),
        ("victim-satisfaction", NATIONAL),
    ]
    for row in rows:
        assert (row.worked_out, row.off, row.events) == (None, None, None)
        assert "no published counts" in str(row.reason)


def test_the_likeliest_reason_is_given(durham: list[Reproduction]) -> None:
    """Burglary is off for its households, of mid-2011 in the report; the rest were revised."""
    reasons = {about(row): str(row.reason) for row in durham if row.result == DIFFERS}
    assert set(reasons) == set(OFF)
    assert (
        reasons.items()
        <= {
            (row["metric"], row["force"], row["base_period_end"]): row["text"]
            for row in table("differences")
        }.items()
    )
    for key, reason in reasons.items():
        assert ("households" in reason) == (key[0] == BURGLARY)
        assert ("revised" in reason) == (key[0] != BURGLARY)
    count = counted(BURGLARY)[NATIONAL].events
    [households] = [
        row["value"]
        for row in table("bases")
        if (row["force"], row["base"], row["year"]) == (NATIONAL, "households", "2011")
    ]
    older = 1000 * count / float(households)
    said = reasons[BURGLARY, NATIONAL, ""]
    assert f"{float(households):,.0f}" in said
    assert f"{older:.3f}" in said
    assert f"{older:.1f}" == "8.9"


def test_both_sources_are_in_each_row(durham: list[Reproduction]) -> None:
    """What was printed and what was counted are two sources, each with its place in it."""
    for row in durham:
        assert (row.source, row.worked_source) == (REPORT, COUNTS)
        assert row.locator
        assert bool(row.worked_locator) == (row.result != CANNOT)


def test_rows_are_in_the_order_of_kinds_and_metrics(durham: list[Reproduction]) -> None:
    """Rates come first, then changes by metric and base period; of two areas Durham is first."""
    kinds = [row.kind for row in durham]
    assert list(dict.fromkeys(kinds)) == ["rate", "change", "outcome", "satisfaction"]
    assert kinds == sorted(kinds, key=["rate", "change", "outcome", "satisfaction"].index)
    rates = [(row.metric, row.force) for row in durham if row.kind == "rate"]
    assert rates == [(metric, area) for metric in METRICS for area in ("durham", NATIONAL)]
    changes = [about(row) for row in durham if row.kind == "change"]
    assert changes == sorted(
        (shown[:3] for shown in README if shown.since),
        key=lambda key: (METRICS.index(key[0]), key[2], key[1] == NATIONAL),
    )


# --- Of which there is nothing to calculate


@pytest.mark.parametrize(
    ("force", "source"), [("cleveland", None), ("durham", COUNTS), (NATIONAL, COUNTS)]
)
def test_where_nothing_was_printed_is_an_error_that_says_so(
    bundled: crimecmp.Dataset, force: str, source: str | None
) -> None:
    """A force that nothing was printed of, or a source that has the counts itself, is refused."""
    with pytest.raises(crimecmp.NoFiguresError, match="no printed figures") as raised:
        reproduced(bundled, requested(bundled, [force], source=source))
    assert "counts and bases from another" in raised.value.hint


# --- Figures of a user's own


@pytest.mark.parametrize(
    ("printed", "off"),
    [("5", 0), ("5.0", 0.3), ("5.3", 0), ("5.25", 0), ("5.2", 0.1), ("5.26", -0.01), ("6", -1)],
)
def test_a_figure_matches_where_rounding_the_other_gives_it(
    load: Load, printed: str, off: float
) -> None:
    """21 of 4,000 are 5.25 per 1,000, which is 5.3 and 5: halves are rounded away from zero."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},report,{printed},,",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
        ],
        sources=["report,Report", "counts,Counts"],
    )
    [row] = reproduced(data, requested(data, ["kent"]))
    assert row.worked_out == 5.25
    assert row.off == pytest.approx(off, abs=1e-12)
    assert row.result == (DIFFERS if off else MATCHES)
    if off:
        assert "not known" in str(row.reason)
        assert "revised" in str(row.reason)


def test_a_change_from_none_cannot_be_calculated(load: Load) -> None:
    """A printed change after no crimes at all has no calculation, and is no error."""
    data = load(
        rates=[
            f"kent,burglary,{BEFORE},counts,0,0,4000",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},report,5.3,,",
        ],
        changes=[f"kent,burglary,{JUNE_2014},{BEFORE},report,50"],
        sources=["report,Report", "counts,Counts"],
    )
    rate, change = reproduced(data, requested(data, ["kent"]))
    assert (rate.result, rate.off) == (MATCHES, 0.0)
    assert (change.result, change.worked_out) == (CANNOT, None)
    assert "earlier count" in str(change.reason)


def test_figures_with_their_own_counts_are_not_printed_ones(load: Load) -> None:
    """What was calculated from counts in its own row is nothing to be calculated again."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},first,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},second,5.5,22,4000",
        ],
        sources=["first,First", "second,Second"],
    )
    with pytest.raises(crimecmp.NoFiguresError, match="no printed figures of Kent"):
        reproduced(data, requested(data, ["kent"]))


@pytest.mark.parametrize("value", ["54.01", ""])
@pytest.mark.parametrize("count", ["33570", ""])
@pytest.mark.parametrize("base", ["621600", ""])
def test_a_rate_is_calculated_only_from_a_count_over_a_base(
    tmp_path: Path, value: str, count: str, base: str
) -> None:
    """Whatever cells the counts lack, a printed rate is compared with them or cannot be."""
    (tmp_path / "sources.csv").write_text("source,title\nprinted,Printed\ncounted,Counted\n")
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,source,value,count,base\n"
        "durham,crime-excluding-fraud,2014-06-30,printed,54.0,,\n"
        "durham,burglary-in-a-dwelling,2014-06-30,printed,5.0,,\n"
        f"durham,crime-excluding-fraud,2014-06-30,counted,{value},{count},{base}\n"
        "durham,burglary-in-a-dwelling,2014-06-30,counted,5.0,1000,200000\n"
    )
    data = crimecmp.load(tmp_path)
    rows = {row.metric: row for row in reproduced(data, requested(data))}
    assert rows["burglary-in-a-dwelling"].result == MATCHES
    whole = all((value, count, base))
    assert rows["crime-excluding-fraud"].result == (MATCHES if whole else CANNOT)
    assert rows["crime-excluding-fraud"].worked_out == (54.01 if whole else None)


def test_one_source_was_printed_and_one_was_counted(load: Load) -> None:
    """Of several the first with printed figures is held against the first with counts alone."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},report,0,,",
            f"kent,burglary,{JUNE_2014},other,9.9,,",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
            f"kent,burglary,{JUNE_2014},later,6.0,24,4000",
        ],
        sources=["report,Report", "other,Other", "counts,Counts", "later,Later"],
    )
    [row] = reproduced(data, requested(data, ["kent"]))
    assert (row.source, row.printed, row.off) == ("report", 0.0, 5.0)
    assert (row.worked_source, row.worked_out, row.events) == ("counts", 5.25, 21)
    assert (row.label, row.unit) == ("Burglary in a dwelling", "per 1,000 households")


@pytest.mark.parametrize(
    ("before", "calculated"), [(f"kent,burglary,{BEFORE},counts,,1,4000", 2000.0), ("", None)]
)
def test_a_change_needs_the_count_before(load: Load, before: str, calculated: float | None) -> None:
    """From 1 to 21 is 2,000% more; without the earlier count there is no change."""
    data = load(
        rates=[
            f"kent,burglary,{JUNE_2014},report,5.3,,",
            f"kent,burglary,{JUNE_2014},counts,5.25,21,4000",
            *filter(None, [before]),
        ],
        changes=[
            f"kent,burglary,{JUNE_2014},{BEFORE},report,2000",
            f"kent,asb,{JUNE_2014},{BEFORE},report,10,110,100",  # has its own counts
        ],
        sources=["report,Report", "counts,Counts"],
    )
    _, change = reproduced(data, requested(data, ["kent"]))
    assert (change.metric, change.worked_out) == ("burglary-in-a-dwelling", calculated)


@pytest.mark.parametrize("counts", [[], [f"kent,asb,{JUNE_2014},counts,5.25,21,4000"]])
def test_printed_figures_without_their_counts_are_an_error(load: Load, counts: list[str]) -> None:
    """Where nothing was counted, or only something else, no figure can be calculated again."""
    data = load(
        rates=[f"kent,burglary,{JUNE_2014},report,5.3,,", *counts],
        sources=["report,Report", "counts,Counts"],
    )
    with pytest.raises(crimecmp.NoFiguresError, match="no printed figures of Kent"):
        reproduced(data, requested(data, ["kent"]))
