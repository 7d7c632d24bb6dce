"""Whatever optional cells of figures are missing, rows are typed and pages are right.

The first tests go through every combination of cells that the force and its benchmark can have and
lack, a metric for each; the last through tables of chance, with sources, groups and odd figures.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows import comparison

import crimecmp
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.pairing import comparisons
from crimecmp.comparison.request import Request, requested
from crimecmp.comparison.row import Comparison, Verdict
from crimecmp.document.report import Report
from crimecmp.errors import CrimecmpError
from crimecmp.pages.figures import comparison_page, figures_page, whole_page
from crimecmp.pages.handout import handout
from crimecmp.pages.trend import trend_page
from crimecmp.render import Format, render
from crimecmp.render.screen import Screen

NOW, BEFORE = "2014-06-30", "2013-06-30"
NATIONAL = "england-and-wales"
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "markdown")
METRIC = Comparison._fields.index("metric")
"""The place of a row's metric among its cells."""

OPTIONAL = {
    "rates": ("value", "count", "base"),
    "changes": ("percent", "count", "base_count"),
    "outcomes": ("percent", "count", "base"),
    "satisfaction": ("percent", "margin"),
}
"""The cells of each table that a row of figures can lack; locators and notes beside them."""

FIELDS = {
    "value": "value", "percent": "value", "margin": "margin", "count": "events", "base": "base",
    "base_count": "events_before",
}  # fmt: skip
"""What a side of a comparison calls each of them."""

FIGURES: dict[str, dict[str, tuple[str, ...]]] = {
    "rates": {"kent": ("5.0", "500", "100000"), NATIONAL: ("6.0", "600000", "100000000")},
    "changes": {"kent": ("20.0", "1200", "1000"), NATIONAL: ("-10.0", "90000", "100000")},
    "outcomes": {"kent": ("36.0", "360", "1000"), NATIONAL: ("26.0", "26000", "100000")},
    "satisfaction": {"kent": ("88.6", "1.8"), NATIONAL: ("85.0", "0.2")},
}
"""Figures that agree with their counts and bases, in the order of the optional cells."""

UNITS = dict.fromkeys(KINDS, "%") | {"rates": "per 1,000 population", "changes": "per 100 crimes"}
Cells = dict[str, str]


def combinations(table: str) -> list[tuple[Cells, Cells]]:
    """Return each combination of cells of the force and of the benchmark, a missing one empty."""
    sides: list[list[Cells]] = []
    for area in ("kent", NATIONAL):
        printed = FIGURES[table][area]
        chosen = product(*((text, "") for text in printed))
        sides.append([dict(zip(OPTIONAL[table], cells, strict=True)) for cells in chosen])
    own, other = sides
    return [*product(own, other)]


def write(
    folder: Path, name: str, rows: Sequence[Mapping[str, str]], columns: Sequence[str]
) -> None:
    """Write a table with some columns."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table of figures."""
    key = ("force", "metric", "period_end", *(["base_period_end"] if table == "changes" else []))
    return (*key, "source", *OPTIONAL[table], "locator", "note")


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> crimecmp.Dataset:
    """Return tables with a metric for each combination, two forces and two years of each."""
    folder = tmp_path_factory.mktemp("every")
    metrics = []
    for table in KINDS:
        rows = []
        for place, (own, other) in enumerate(combinations(table)):
            metric = f"{table}-{place}"
            metrics.append({"metric": metric, "label": metric.title(), "unit": UNITS[table]})
            full = dict(zip(OPTIONAL[table], FIGURES[table]["kent"], strict=True))
            for area, cells in (("kent", own), ("essex", full), (NATIONAL, other)):
                known = place % 2 and {"locator": f"Page {place}", "note": f"Of {area}."}
                about = {"force": area, "metric": metric, **cells, **(known or {})}
                rows.append({**about, "period_end": NOW, "base_period_end": BEFORE})
                if table != "changes":
                    rows.append({**about, "period_end": BEFORE})
        write(folder, table, rows, columns_of(table))
    write(folder, "metrics", metrics, ("metric", "label", "unit"))
    return crimecmp.load(folder)


# --- Rows


def declared(shape: Any) -> dict[str, tuple[type, ...]]:
    """Return the types that each field of a shape of row was declared to have."""
    found = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        found[name] = get_args(kind) or (kind,)
    return found


DECLARED: dict[type, dict[str, tuple[type, ...]]] = {}


def wrong_types(row: NamedTuple) -> Iterator[str]:
    """Yield the fields of a row, and of its parts, that are not of the types declared."""
    if type(row) not in DECLARED:
        DECLARED[type(row)] = declared(type(row))
    types = DECLARED[type(row)]
    for name, value in row._asdict().items():
        if type(value) not in types[name]:
            yield f"{name}: {value!r} is none of {types[name]}"
        elif hasattr(value, "_asdict"):
            yield from wrong_types(value)


def test_wrong_types_are_found() -> None:
    """A count with a point, a unit that is missing and a level as text are told, and no others."""
    assert list(wrong_types(comparison(force_count=500, force_value=5.0))) == []
    wrong: dict[str, Any] = {"force_count": 500.0, "unit": None, "force_value": 5}
    late: dict[str, Any] = {"level": "95"}
    row = comparison(**wrong, tested=Verdict()._replace(**late))
    told = [text.partition(":")[0] for text in wrong_types(row)]
    assert told == ["unit", "force_value", "force_count", "level"]


@pytest.mark.parametrize("table", KINDS)
def test_rows_have_what_is_there_and_its_type(every: crimecmp.Dataset, table: str) -> None:
    """Each cell is the row's own field, of the type declared, whatever is missing beside it."""
    rows = comparisons(every, table, requested(every, ["kent"]))
    found = {row.metric: row for row in rows if not row.against_itself}
    for place, cells in enumerate(combinations(table)):
        row = found[f"{table}-{place}"]
        assert list(wrong_types(row)) == []
        for side, its in zip((row.own, row.other), cells, strict=True):
            for name, text in its.items():
                expected = float(text) if text else None
                assert getattr(side, FIELDS[name]) == expected, (row.metric, name)
            assert (side.decimals is None) == (side.value is None)
            assert side.locator == (f"Page {place}" if place % 2 else None)
        figures = row.force_value, row.benchmark_value
        assert (row.difference is None) == (None in figures)
        assert row.tested.reason
        assert (row.tested.method == "none") == (None in figures)
        assert row.force_value is not None or row.note
        assert row.benchmark_value is not None or row.benchmark_note


# --- Pages

Page = Callable[[crimecmp.Dataset, Request], Report]


def everyone(data: crimecmp.Dataset, request: Request) -> Report:
    """Return the page of all forces in order of their figures, as `compare --all` makes it."""
    forces = tuple(force for force in data.forces_with_figures() if force != request.opponent)
    return comparison_page(data, request._replace(forces=forces, ranked=True))


def page_of(table: str) -> Page:
    """Return what makes the page of one kind of figure."""
    return lambda data, request: figures_page(data, table, request)


PAGES: dict[str, Page] = {
    **{table: page_of(table) for table in KINDS},
    "compare": comparison_page,
    "compare --all": everyone,
    "report": whole_page,
    "report handed over": lambda data, request: handout(data, request, "markdown"),
}
"""What makes the page of each command but `trend`, which is of one metric."""


def read(page: Report, form: Format) -> str:
    """Return a page in a format, having seen that rows and cells are whole and none is a None."""
    stream = io.StringIO(newline="")
    render(page, form, stream)
    if form == "table":  # brief before, and now the whole page
        render(page, form, stream, Screen(notes="full"))
    text = stream.getvalue()
    names = [column.name for column in page.columns]
    if form == "csv":
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert header == names
        assert [len(row) for row in rows] == [len(names)] * len(page.rows)
    elif form == "json":
        found = json.loads(text, parse_constant=pytest.fail)
        assert [list(row) for row in found["rows"]] == [names] * len(page.rows)
    else:
        title = page.brief().title if page.brief and form == "table" else page.title
        assert title in " ".join(text.replace("\\", "").split())
    assert not re.search(r"\b(None|nan|NaN|NaT|inf|<NA>)\b", text)
    assert page.rows
    for section in page.sections:
        assert {len(cells) for cells in section.cells} == {len(section.columns)}
        assert all(cell for cells in section.cells for cell in cells)
    return text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", PAGES)
def test_every_combination_is_on_every_page(
    every: crimecmp.Dataset, command: str, form: Format
) -> None:
    """Each metric of the tables that a command shows has its row, whatever cells it lacks."""
    forces = ["kent", "essex"] if command == "compare" else ["kent"]
    page = PAGES[command](every, requested(every, forces))
    text = read(page, form)
    for table in [command] if command in KINDS else KINDS:
        metrics = {f"{table}-{place}" for place in range(len(combinations(table)))}
        assert metrics <= {row[METRIC] for row in page.rows}
        assert form == "csv" or metrics <= {*re.findall(rf"{table}-[0-9]+", text.casefold())}


@pytest.mark.parametrize("place", range(len(combinations("rates"))))
def test_every_combination_has_its_trend(every: crimecmp.Dataset, place: int) -> None:
    """Two years are a trend whatever they lack; the force's counts give its change, if any."""
    page = trend_page(every, requested(every, ["kent"], metric=f"rates-{place}"))
    for form in FORMATS:
        read(page, form)
    own, _ = combinations("rates")[place]
    assert [row[0] for row in page.rows] == ["rate", "rate", *(["change"] if own["count"] else [])]


# --- Tables of chance

AREAS = ("kent", "essex", "gwent", NATIONAL)
METRICS = {
    "rates": ("crime-excluding-fraud", "burglary-in-a-dwelling"),
    "changes": ("crime-excluding-fraud", "burglary-in-a-dwelling"),
    "outcomes": ("detection-rate",),
    "satisfaction": ("victim-satisfaction",),
}
ODD: dict[str, tuple[str, ...]] = {
    "value": ("", "0", "5.0", "6.25", "0.00001", "999999999"),
    "percent": ("", "0", "0.0", "36", "88.6", "100"),
    "margin": ("", "0", "1.8", "100"),
    "count": ("", "-3", "0", "9", "60", "1200", "1000000"),
    "base": ("", "1", "1000", "100000"),
    "base_count": ("", "-1", "0", "49", "100"),
    "source": ("one", "one", "two", ""),
    "locator": ("", "Table 1"),
    "note": ("", "Provisional."),
}
"""Cells of each column: missing ones, zeros, and figures that seldom agree with one another."""


def rows_of(table: str) -> st.SearchStrategy[list[Cells]]:
    """Return rows of a table: of each area, metric and period one, or none."""
    ends = ("2010-06-30", "2013-06-30") if table == "changes" else (NOW, BEFORE)
    end = "base_period_end" if table == "changes" else "period_end"
    odd = {name: st.sampled_from(ODD[name]) for name in columns_of(table) if name in ODD}
    return st.tuples(
        *(
            st.none()
            | st.fixed_dictionaries(
                {
                    "force": st.just(area),
                    "metric": st.just(metric),
                    "period_end": st.just(NOW),
                    end: st.just(day),
                    **odd,
                }
            )
            for area, metric, day in product(AREAS, METRICS[table], ends)
        )
    ).map(lambda rows: [row for row in rows if row is not None])


TABLES = st.fixed_dictionaries({table: rows_of(table) for table in KINDS})
LEFT_OUT = st.sets(st.sampled_from(("count", "base", "base_count", "locator", "note")))
CHOICES = st.fixed_dictionaries(
    {
        "forces": st.sampled_from((["kent"], ["gwent"], ["kent", "gwent"])),
        "benchmark": st.sampled_from((NATIONAL, NATIONAL, "essex", "three")),
        "metric": st.sampled_from((None, None, None, "burglary")),
        "source": st.sampled_from((None, None, None, "one")),
        "period": st.sampled_from((None, None, None, "2013-06")),
        "weighted": st.booleans(),
        "level": st.sampled_from((0.95, 0.998)),
    }
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, LEFT_OUT, CHOICES, st.sampled_from([*PAGES, "trend"]))
def test_tables_of_chance_give_a_page_or_an_error_of_ours(
    tables: dict[str, list[Cells]], left_out: set[str], choices: dict[str, Any], command: str
) -> None:
    """Whole pages of typed rows, or an error that says what is missing; nothing else ever."""
    choices = {**choices, "weighted": choices["weighted"] and choices["benchmark"] == "three"}
    if command == "trend":
        choices |= {"metric": "crime", "period": None}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, rows in tables.items():
            columns = [column for column in columns_of(table) if column not in left_out]
            write(folder, table, rows, columns)
        (folder / "sources.csv").write_text("source,title\none,One\ntwo,Two\n")
        (folder / "groups.csv").write_text("group,label,forces\nthree,Three,kent;essex;gwent\n")
        data = crimecmp.load(folder)
    with contextlib.suppress(CrimecmpError):
        request = requested(data, **choices)
        for table in KINDS:
            rows_found = comparisons(data, table, request)
            assert [wrong for row in rows_found for wrong in wrong_types(row)] == []
        page = trend_page(data, request) if command == "trend" else PAGES[command](data, request)
        for form in FORMATS:
            read(page, form)
