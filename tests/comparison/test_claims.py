"""What is claimed is held against the figures, and no further."""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable
from pathlib import Path

import pytest
from bundled import write
from report_words import copied
from rows import comparison

import crimecmp
from crimecmp.comparison.claims import (
    AS_PRINTED,
    CANNOT_BE_TOLD,
    NOT_SUPPORTED,
    SUPPORTED,
    checked_by,
    claims_of,
)
from crimecmp.comparison.request import LEVELS, requested
from crimecmp.comparison.row import (
    Among,
    Beyond,
    Claim,
    Comparison,
    InGroup,
    Prediction,
    Verdict,
)
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.tables.files import bundled_folder

EXPECTED = {
    "crime-fell": (AS_PRINTED, NOT_TESTED, "rounding-range"),
    "crime-fell-less": (AS_PRINTED, NOT_TESTED, "rounding-range"),
    "victim-based-fell-less": (AS_PRINTED, NOT_TESTED, "rounding-range"),
    "crime-rose": (AS_PRINTED, NOT_TESTED, "rounding-range"),
    "crime-rose-more": (AS_PRINTED, NOT_TESTED, "rounding-range"),
    "detections-higher": (AS_PRINTED, "higher", "direction-after-rounding"),
    "satisfaction-higher": (SUPPORTED, "higher", "two-margins"),
    "satisfaction-steady": (SUPPORTED, "similar", "two-margins"),
    "satisfaction-improved": (NOT_SUPPORTED, "similar", "two-margins"),
    "asb-fell": (AS_PRINTED, NOT_TESTED, "rounding-range"),
}
CLAIM = (
    "claim,force,source,statement,table,metric,period_end,base_period_end,benchmark,asserts,"
    "locator,note"
)
HEADERS = {
    "rates": "force,metric,period_end,source,value,count,base",
    "outcomes": "force,metric,period_end,source,percent,count,base",
    "satisfaction": "force,metric,period_end,source,percent,margin",
    "changes": "force,metric,period_end,base_period_end,source,percent",
}
BURGLARY, DETECTION = "burglary-in-a-dwelling", "detection-rate"
CRIME, SATISFACTION = "crime-excluding-fraud", "victim-satisfaction"
NOW, BEFORE = "2014-06-30", "2013-06-30"

Hold = Callable[..., Claim]


def figures_of(claim: Claim) -> Comparison:
    """Return the comparison that a claim rests on."""
    assert claim.figures is not None
    return claim.figures


@pytest.fixture
def held(tmp_path: Path) -> Hold:
    """Return a function that holds one claim about Kent against a user's own tables."""

    def hold(
        asserts: str,
        benchmark: str = "england-and-wales",
        *,
        level: float = 0.95,
        metric: str = "",
        since: str = "",
        force: str = "kent",
        claimed_source: str = "s",
        **tables: list[str],
    ) -> Claim:
        metrics = {
            "rates": BURGLARY,
            "outcomes": DETECTION,
            "satisfaction": SATISFACTION,
            "changes": CRIME,
        }
        table = next(iter(tables))  # the others only have counts for it
        for name, rows in tables.items():
            width = HEADERS[name].count(",")
            lines = [row + "," * (width - row.count(",")) for row in rows]
            (tmp_path / f"{name}.csv").write_text("\n".join([HEADERS[name], *lines, ""]), "utf-8")
        about = f"{table},{metric or metrics[table]},{NOW},{since},{benchmark},{asserts}"
        (tmp_path / "claims.csv").write_text(
            f"{CLAIM}\nc,{force},{claimed_source},It is so.,{about},Page 7,A remark.\n", "utf-8"
        )
        (tmp_path / "sources.csv").write_text("source,title\ns,S\nt,T\n", "utf-8")
        data = crimecmp.load(tmp_path)
        [claim] = claims_of(data, requested(data, [force], level=level))
        return claim

    return hold


def rates(kent: str, whole: str, area: str = "england-and-wales") -> list[str]:
    """Return rows of burglary: Kent's and another area's."""
    return [f"kent,{BURGLARY},{NOW},s,{kent}", f"{area},{BURGLARY},{NOW},s,{whole}"]


def changes(kent: str, whole: str | None = None) -> list[str]:
    """Return rows of changes: Kent's and, if given, those of England and Wales."""
    rows = [f"kent,{CRIME},{NOW},{BEFORE},s,{kent}"]
    return rows + ([f"england-and-wales,{CRIME},{NOW},{BEFORE},s,{whole}"] if whole else [])


# --- The bundled claims


@functools.cache
def bundled_claims(level: float = 0.95) -> dict[str, Claim]:
    """Return the bundled claims about Durham, held against the bundled figures."""
    data = crimecmp.load()
    return {claim.claim: claim for claim in claims_of(data, requested(data, level=level))}


def claims_table() -> list[dict[str, str]]:
    """Return the rows of the bundled table of claims."""
    with (bundled_folder() / "hmic-2014-durham" / "claims.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("level", LEVELS)
def test_every_bundled_claim_has_the_expected_result(level: float) -> None:
    """Seven hold as printed, two are borne out by a test, one is not, by the methods expected."""
    rows = bundled_claims(level)
    assert list(rows) == [row["claim"] for row in claims_table()] == list(EXPECTED)
    results = {name: (row.support, row.verdict, row.method) for name, row in rows.items()}
    assert results == EXPECTED


def test_every_bundled_claim_names_its_source_and_place() -> None:
    """A reader can find each claim, and why it is held to be so."""
    rows = bundled_claims()
    for written in claims_table():
        row = rows[written["claim"]]
        assert row.source == written["source"] == "hmic-2014-durham"
        assert row.locator == written["locator"]
        assert written["locator"]
        assert row.statement == written["statement"]
        assert row.asserts == written["asserts"]
        assert row.reason
        assert row.force == "durham"


def test_claims_show_the_figures_that_they_rest_on() -> None:
    """Each claim has the force's figure, and the benchmark's just where it compares with one."""
    rows = {name: figures_of(claim) for name, claim in bundled_claims().items()}
    shown = {name: (row.force_value, row.benchmark_value) for name, row in rows.items()}
    assert shown == {
        "crime-fell": (-11, None),
        "crime-fell-less": (-11, -16),
        "victim-based-fell-less": (-11, -16),
        "crime-rose": (13, None),
        "crime-rose-more": (13, -1),
        "detections-higher": (36, 26),
        "satisfaction-higher": (88.6, 85.0),
        "satisfaction-steady": (88.6, 89.6),
        "satisfaction-improved": (88.6, 89.6),
        "asb-fell": (-4, None),
    }
    for name in ("crime-fell", "crime-rose", "asb-fell"):
        row = rows[name]
        assert (row.benchmark, row.benchmark_basis, row.among.among_forces) == ("", "", "")
        assert (row.difference, row.tested.difference_low, row.tested.ratio) == (None,) * 3
        assert row.base_period_end is not None


def test_similar_is_not_said_to_be_equal() -> None:
    """A claim of no difference is supported with what the interval leaves open, in points."""
    reason = bundled_claims()["satisfaction-steady"].reason
    assert "-3.3 to +1.3" in reason
    assert "does not mean no difference" in reason


@pytest.mark.parametrize(
    ("asserts", "low", "high", "support"),
    [
        ("rise", 2.0, 9.0, SUPPORTED),
        ("fall", -9.0, -2.0, SUPPORTED),
        ("fall", 2.0, 9.0, NOT_SUPPORTED),
        ("rise", -1.0, 9.0, NOT_SUPPORTED),
        ("rise", None, None, AS_PRINTED),
    ],
)
def test_two_counts_check_a_claim_of_a_rise_or_fall(
    asserts: str, low: float | None, high: float | None, support: str
) -> None:
    """The interval of the change between them decides; without one the claim stays as it was."""
    claim = bundled_claims()["crime-rose"]._replace(asserts=asserts)
    test = comparison(
        kind="change",
        force_value=5.0,
        benchmark_value=1.0,
        tested=Verdict(force_low=low, force_high=high),
    )
    checked = checked_by(claim, test)
    assert checked.support == support
    assert checked.figures is not None
    assert checked.figures.benchmark_value is None


def test_note_of_a_claim_is_part_of_its_reason() -> None:
    """What the table remarks on a claim is said with its result."""
    reason = bundled_claims()["satisfaction-improved"].reason
    assert reason.startswith("The verdict of the test is no clear difference.")
    assert "gives no figures for what raised satisfaction" in reason


def test_claims_are_in_our_own_words() -> None:
    """No seven words in a row of any bundled claim, note or remark are the report's."""
    texts = [row[name] or "" for row in claims_table() for name in ("statement", "note")]
    assert any(texts)
    assert [run for text in texts for run in copied(text)] == []


# --- Rules, on a user's own tables


@pytest.mark.parametrize(
    ("asserts", "values", "support"),
    [
        ("higher", ("5.1", "5.0"), AS_PRINTED),
        ("lower", ("5.0", "5.1"), AS_PRINTED),
        ("lower", ("5.1", "5.0"), NOT_SUPPORTED),
        ("higher", ("5.0", "8.9"), NOT_SUPPORTED),
        ("higher", ("5.0", "5.0"), CANNOT_BE_TOLD),
        ("lower", ("5", "5.4"), CANNOT_BE_TOLD),
        ("higher", ("2", "1"), AS_PRINTED),
        ("lower", ("1", "2"), AS_PRINTED),
        ("lower", ("2", "1"), NOT_SUPPORTED),
        ("higher", ("1", "2"), NOT_SUPPORTED),
        ("similar", ("5.0", "5.0"), CANNOT_BE_TOLD),
        ("higher", ("", "5.0"), CANNOT_BE_TOLD),
        ("higher", ("5.0", ""), CANNOT_BE_TOLD),
        ("similar", ("", ""), CANNOT_BE_TOLD),
    ],
)
def test_claim_on_printed_rates(
    held: Hold, asserts: str, values: tuple[str, str], support: str
) -> None:
    """Printed figures bear out a direction as printed where rounding leaves no other, or deny it.

    So a claim goes with the verdict: what is higher after rounding supports `higher`.
    """
    claim = held(asserts, rates=rates(*values))
    assert claim.support == support
    assert (claim.locator, claim.source) == ("Page 7", "s")
    assert claim.reason.endswith("A remark.")
    assert claim.reason != "A remark."
    if support == AS_PRINTED:
        assert claim.verdict == asserts


@pytest.mark.parametrize(
    ("asserts", "percent", "support"),
    [
        ("fall", "-11", AS_PRINTED),
        ("rise", "13", AS_PRINTED),
        ("rise", "-11", NOT_SUPPORTED),
        ("fall", "13", NOT_SUPPORTED),
        ("rise", "0", CANNOT_BE_TOLD),
        ("fall", "0", CANNOT_BE_TOLD),
        ("fall", "-0", CANNOT_BE_TOLD),
        ("rise", "0.0", CANNOT_BE_TOLD),
        ("rise", "0.1", AS_PRINTED),
        ("rise", "1", AS_PRINTED),
        ("fall", "-1", AS_PRINTED),
        ("fall", "0.1", NOT_SUPPORTED),
        ("fall", "", CANNOT_BE_TOLD),
    ],
)
def test_claim_of_a_rise_or_fall(held: Hold, asserts: str, percent: str, support: str) -> None:
    """One printed change bears out its own direction, and a printed 0 bears out neither."""
    claim = held(asserts, "", since=BEFORE, changes=changes(percent, "3"))
    figures = figures_of(claim)
    assert (claim.support, claim.verdict) == (support, NOT_TESTED)
    assert (figures.benchmark, figures.benchmark_value, figures.tested.level) == ("", None, None)
    assert claim.reason


@pytest.mark.parametrize(
    ("asserts", "values", "support"),
    [
        ("higher", ("-11", "-16"), AS_PRINTED),
        ("lower", ("-11", "-16"), NOT_SUPPORTED),
        ("lower", ("-16", "-11"), AS_PRINTED),
        ("higher", ("5", "5"), CANNOT_BE_TOLD),
        ("higher", ("6", "5"), AS_PRINTED),  # from 0 to 2 points: the ranges touch
        ("lower", ("5", "6"), AS_PRINTED),
        ("higher", ("5.1", "5.0"), AS_PRINTED),  # all of less than a point
        ("lower", ("5.0", "5.1"), AS_PRINTED),
        ("similar", ("-11", "-16"), CANNOT_BE_TOLD),
        ("higher", ("-11", None), CANNOT_BE_TOLD),
    ],
)
def test_claim_on_two_changes(
    held: Hold, asserts: str, values: tuple[str, str | None], support: str
) -> None:
    """Changes are compared as printed, and never tested."""
    claim = held(asserts, since=BEFORE, changes=changes(*values))
    assert (claim.support, claim.verdict) == (support, NOT_TESTED)


@pytest.mark.parametrize(
    ("asserts", "force", "level", "support"),
    [
        ("higher", "88.6,1.8", 0.95, SUPPORTED),
        ("lower", "88.6,1.8", 0.95, NOT_SUPPORTED),
        ("similar", "88.6,1.8", 0.95, NOT_SUPPORTED),
        ("higher", "87.0,1.8", 0.95, SUPPORTED),
        ("higher", "87.0,1.8", 0.998, NOT_SUPPORTED),
        ("similar", "87.0,1.8", 0.95, NOT_SUPPORTED),
        ("similar", "87.0,1.8", 0.998, SUPPORTED),
        ("lower", "82.0,1.8", 0.95, SUPPORTED),
    ],
)
def test_claim_on_margins_goes_with_the_test(
    held: Hold, asserts: str, force: str, level: float, support: str
) -> None:
    """Where a test is there its verdict decides, at the level that is asked for."""
    rows = [
        f"kent,{SATISFACTION},{NOW},s,{force}",
        f"england-and-wales,{SATISFACTION},{NOW},s,85.0,0.2",
    ]
    claim = held(asserts, level=level, satisfaction=rows)
    assert claim.support == support
    assert (claim.method, figures_of(claim).tested.level) == ("two-margins", level)
    assert (support == SUPPORTED) == (claim.verdict == asserts)


@pytest.mark.parametrize(
    ("asserts", "now", "support"),
    [
        ("higher", "91.0,1.0", SUPPORTED),
        ("rise", "91.0,1.0", SUPPORTED),
        ("fall", "91.0,1.0", NOT_SUPPORTED),
        ("fall", "80.0,1.0", SUPPORTED),
        ("similar", "88.0,1.0", SUPPORTED),
        ("rise", "88.0,1.0", NOT_SUPPORTED),
    ],
)
def test_claim_against_the_year_before(held: Hold, asserts: str, now: str, support: str) -> None:
    """A force's own estimate of a year before is tested too: a rise since then is `higher`."""
    rows = [
        f"kent,{SATISFACTION},{NOW},s,{now}",
        f"kent,{SATISFACTION},{BEFORE},s,88.0,1.0",
    ]
    claim = held(asserts, "kent", since=BEFORE, satisfaction=rows)
    assert claim.support == support
    assert figures_of(claim).against_itself


@pytest.mark.parametrize(
    ("asserts", "kent", "essex", "support"),
    [
        ("higher", "6.0,600,100000", "5.0,500,100000", SUPPORTED),
        ("lower", "6.0,600,100000", "5.0,500,100000", NOT_SUPPORTED),
        ("similar", "5.1,510,100000", "5.0,500,100000", SUPPORTED),
        ("higher", "5.1,510,100000", "5.0,500,100000", NOT_SUPPORTED),
        ("similar", "0.0,0,1000", "0.0,0,2000", SUPPORTED),
        ("similar", "0.0,0,1000", "1.0,1,1000", SUPPORTED),
        ("higher", "5.0,600,100000", "4.0,400,100000", CANNOT_BE_TOLD),
    ],
)
def test_claim_on_counts(held: Hold, asserts: str, kent: str, essex: str, support: str) -> None:
    """Counts are tested, zeros too; a figure that contradicts its count bears out nothing."""
    claim = held(asserts, "essex", rates=rates(kent, essex, "essex"))
    assert claim.support == support
    assert claim.reason


def test_similar_rates_have_the_interval_of_their_ratio(held: Hold) -> None:
    """The interval of two counts is of their ratio, and is not said as one of a difference."""
    reason = held(
        "similar", "essex", rates=rates("5.1,510,100000", "5.0,500,100000", "essex")
    ).reason
    # 1.02 times and divided by exp(1.959964 sqrt(1/510 + 1/500)), which is 1.1313.
    assert "the interval of the ratio is 0.902 to 1.154" in reason
    assert "points" not in reason


def test_percentages_with_counts_are_tested(held: Hold) -> None:
    """A claim on detections with counts and bases is tested as a ratio of two counts is."""
    rows = [f"kent,{DETECTION},{NOW},s,36,360,1000", f"essex,{DETECTION},{NOW},s,26,260,1000"]
    row = held("higher", "essex", outcomes=rows)
    assert (row.support, row.method) == (SUPPORTED, "two-counts")


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ({}, rates("5.0", "4.0", "essex")),  # the benchmark has no figure
        ({"metric": CRIME}, rates("5.0", "4.0")),  # neither has one on this metric
        ({"claimed_source": "t"}, rates("5.0", "4.0")),  # nor from this source
        ({"since": BEFORE}, rates("5.0", "4.0")),  # a rate has no earlier period
    ],
)
def test_claim_without_its_figures_cannot_be_told(
    held: Hold, more: dict[str, str], rows: list[str]
) -> None:
    """Where the data hold no such figures the claim is neither supported nor denied."""
    claim = held("higher", rates=rows, **more)
    assert (claim.support, claim.verdict, claim.method) == (CANNOT_BE_TOLD, NOT_TESTED, "none")
    assert claim.reason
    assert (claim.force, claim.statement, claim.locator) == ("kent", "It is so.", "Page 7")


def test_claim_without_a_benchmark_on_a_level_cannot_be_told(held: Hold) -> None:
    """A rise is borne out by a change: that a rate is above zero says nothing of it."""
    assert held("rise", "", rates=rates("5.0", "4.0")).support == CANNOT_BE_TOLD
    assert held("fall", "", rates=rates("5.0", "4.0")).support == CANNOT_BE_TOLD


def test_a_claim_that_compares_with_nothing_shows_nothing_of_a_benchmark(held: Hold) -> None:
    """Its row has the force's own figure and interval, and nothing that a comparison would give."""
    row = figures_of(held("rise", "", since=BEFORE, changes=changes("13", "3")))
    empty = {
        name: value
        for name, value in row._asdict().items()
        if name.startswith(("benchmark", "difference", "percent_difference"))
    }
    assert set(empty.values()) == {None, ""}
    assert (empty["benchmark"], empty["benchmark_basis"]) == ("", "")
    assert row.tested == Verdict(method="rounding-range", interval_level=0.95)
    assert (row.among, row.beyond) == (Among(among_forces=""), Beyond())
    assert (row.prediction, row.in_group) == (Prediction(), InGroup())
    assert row.force_value == 13


@pytest.mark.parametrize(
    "tables",
    [
        {"rates": rates("5.0,500,100000", "6.0,6000,1000000")},
        {"satisfaction": [
            f"kent,{SATISFACTION},{NOW},s,88.6,1.8",
            f"england-and-wales,{SATISFACTION},{NOW},s,85.0,0.2",
        ]},
    ],
)  # fmt: skip
def test_nor_of_its_counts_bases_and_margins(held: Hold, tables: dict[str, list[str]]) -> None:
    """Whatever is known of England and Wales is left out of a claim that does not name it."""
    row = figures_of(held("rise", "", **tables))
    assert row.force_value is not None
    known = {name: value for name, value in row._asdict().items() if name.startswith("benchmark")}
    assert set(known.values()) == {None, ""}
    assert (row.difference, row.percent_difference) == (None, None)


def test_a_claim_of_one_change_keeps_the_interval_of_its_counts(held: Hold) -> None:
    """The counts of the force's own change give its interval, at the level asked for."""
    rows = [
        f"kent,{BURGLARY},{NOW},s,,1100,100000", f"kent,{BURGLARY},{BEFORE},s,,1000,100000",
        f"england-and-wales,{BURGLARY},{NOW},s,5.0,,",
    ]  # fmt: skip
    change = [f"kent,{BURGLARY},{NOW},{BEFORE},t,3"]
    row = figures_of(
        held("rise", "", since=BEFORE, metric=BURGLARY, level=0.998, changes=change, rates=rows)
    ).tested
    # 1.1 divided and multiplied by exp(3.090232 sqrt(1/1100 + 1/1000)), which is 1.14456.
    assert row.interval_level == 0.998
    assert (row.force_low, row.force_high) == pytest.approx((-3.8934, 25.9018), abs=0.001)


@pytest.mark.parametrize(("kent", "usual"), [(1100, False), (1900, True)])
def test_a_claim_says_that_a_gap_is_no_more_than_usual(
    tmp_path: Path, kent: int, usual: bool
) -> None:
    """A claim that a test supports is told where forces' counts usually move by as much."""
    forces = [force for force in crimecmp.load().territorial() if force != "kent"][:30]
    rows = [
        f"{force},{BURGLARY},{year}-06-30,s,,{1000 + (37 * place * year) % 200},100000"
        for place, force in enumerate(forces)
        for year in (2011, 2012, 2013, 2014)
    ]
    rows.append(f"kent,{BURGLARY},{NOW},s,{kent / 100},{kent},100000")
    whole = 30 * 1000 + kent
    rows.append(f"england-and-wales,{BURGLARY},{NOW},s,{whole / 3100:.4f},{whole},3100000")
    header = HEADERS["rates"]
    (tmp_path / "rates.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
    about = f"rates,{BURGLARY},{NOW},,england-and-wales,higher"
    (tmp_path / "claims.csv").write_text(f"{CLAIM}\nc,kent,s,It is so.,{about},Page 7,\n", "utf-8")
    (tmp_path / "sources.csv").write_text("source,title\ns,S\n", "utf-8")
    data = crimecmp.load(tmp_path)
    [claim] = claims_of(data, requested(data, ["kent"]))
    assert claim.support == SUPPORTED
    assert ("within the usual movement of forces' counts" in claim.reason) is not usual


def test_a_claim_on_the_counts_of_two_changes_gives_the_interval_of_their_ratio(
    held: Hold,
) -> None:
    """A relative index is a ratio too: its interval is not said in points."""
    rows = [
        f"kent,{BURGLARY},{NOW},s,,1000,100000", f"kent,{BURGLARY},{BEFORE},s,,1000,100000",
        f"essex,{BURGLARY},{NOW},s,,1010,100000", f"essex,{BURGLARY},{BEFORE},s,,1000,100000",
    ]  # fmt: skip
    change = [f"kent,{CRIME},{NOW},{BEFORE},s,3"]
    claim = held("similar", "essex", since=BEFORE, metric=BURGLARY, changes=change, rates=rows)
    # (1000/1000) / (1010/1000), over and times exp(1.959964 sqrt(3/1000 + 1/1010)), 1.13180.
    assert claim.support == SUPPORTED
    assert "the interval of the ratio is 0.875 to 1.121" in claim.reason


def test_claim_about_england_and_wales_itself(held: Hold) -> None:
    """What is claimed of England and Wales' own change is held against its own figure."""
    rows = [f"england-and-wales,{CRIME},{NOW},{BEFORE},s,-5"]
    row = held("fall", "", force="england-and-wales", since=BEFORE, changes=rows)
    assert row.support == AS_PRINTED


def test_claims_without_a_source_rest_on_figures_without_one(tmp_path: Path) -> None:
    """Tables need no column of sources: a claim of one's own finds one's own figures."""
    (tmp_path / "rates.csv").write_text(
        f"force,metric,period_end,value\nkent,{BURGLARY},{NOW},5.0\n"
        f"england-and-wales,{BURGLARY},{NOW},4.0\n",
        "utf-8",
    )
    (tmp_path / "claims.csv").write_text(
        "claim,force,statement,table,metric,period_end,benchmark,asserts\n"
        f"c,kent,It is so.,rates,{BURGLARY},{NOW},england-and-wales,higher\n",
        "utf-8",
    )
    data = crimecmp.load(tmp_path)
    [claim] = claims_of(data, requested(data, ["kent"]))
    assert claim.support == AS_PRINTED


# --- Which claims


def test_claims_are_about_the_forces_asked_for(bundled: crimecmp.Dataset) -> None:
    """Claims go by any name of the force, and about one of which nothing is claimed there is none.

    Source and metric narrow them as they narrow figures.
    """
    asked = claims_of(bundled, requested(bundled, ["County Durham", "kent"]))
    assert [claim.claim for claim in asked] == list(EXPECTED)
    assert claims_of(bundled, requested(bundled, ["kent"])) == []
    assert claims_of(bundled, requested(bundled, source="published-counts")) == []
    asb = claims_of(bundled, requested(bundled, metric="asb"))
    assert [claim.claim for claim in asb] == ["asb-fell"]


def test_a_claim_keeps_what_it_asserts() -> None:
    """The direction that a claim asserts is that of its row in the table."""
    asserted = {row["claim"]: row["asserts"] for row in claims_table()}
    assert {name: claim.asserts for name, claim in bundled_claims().items()} == asserted


def test_a_claim_that_compares_with_nothing_has_nothing_of_a_benchmark() -> None:
    """Of its figures all that is of the benchmark or of other forces is empty."""
    alone = [row["claim"] for row in claims_table() if not row["benchmark"]]
    assert alone
    for name in alone:
        figures = bundled_claims()[name].figures
        assert figures is not None
        assert set(figures.other) == {None}
        assert (figures.benchmark, figures.benchmark_basis) == ("", "")
        assert (figures.beyond, figures.prediction, figures.in_group) == (
            Beyond(), Prediction(), InGroup(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "other", "asserts", "support"),
    [
        ("5", "4", "higher", AS_PRINTED),
        ("4", "5", "lower", AS_PRINTED),
        ("5", "5", "higher", CANNOT_BE_TOLD),
        ("5", "5", "lower", CANNOT_BE_TOLD),
        ("5", "4", "lower", NOT_SUPPORTED),
    ],
)
def test_a_direction_must_hold_at_every_rounding(
    tmp_path: Path, own: str, other: str, asserts: str, support: str
) -> None:
    """Two printed changes, a whole point apart, differ by 0 to 2: that is one direction."""
    write(
        tmp_path,
        changes=[
            "force,metric,period_end,base_period_end,percent,source",
            f"durham,crime,2014-06-30,2013-06-30,{own},mine",
            f"england-and-wales,crime,2014-06-30,2013-06-30,{other},mine",
        ],
        claims=[
            CLAIM.removesuffix(",locator,note"),
            "one,durham,mine,Rose more.,changes,crime,2014-06-30,2013-06-30,england-and-wales,"
            f"{asserts}",
        ],
        sources=["source,title", "mine,Mine"],
    )
    data = crimecmp.load(tmp_path)
    [claim] = claims_of(data, requested(data))
    assert claim.support == support
