"""A user's own tables are loaded beside the bundled names, or refused with all their faults."""

from __future__ import annotations

import csv
import io
from contextlib import redirect_stderr
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tabling import DATA, HMIC, LEAST, faults_of, write

import crimecmp
from crimecmp.cli.run import run
from crimecmp.errors import DataError, Fault
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.schema import TABLES


def test_a_folders_own_sources_are_known(tmp_path: Path) -> None:
    """A source that the folder's sources.csv describes can be named in its tables."""
    write(tmp_path / "sources.csv", [LEAST["sources"]])
    write(tmp_path / "rates.csv", [LEAST["rates"] | {"source": "annual-2020"}])
    data = crimecmp.load(tmp_path)
    assert [row["source"] for row in data.rows("rates")] == ["annual-2020"]
    assert data.by_id("sources")["annual-2020"]["title"] == "Annual figures 2020"


def test_the_bundled_names_do_not_change_by_what_was_loaded(tmp_path: Path) -> None:
    """Names that one folder adds are unknown to tables loaded later."""
    crimecmp.load(write(tmp_path / "forces.csv", [LEAST["forces"]]))
    assert "gotham" not in crimecmp.load().forces


def test_own_figures_replace_the_bundled(tmp_path: Path) -> None:
    """With a user's own tables, no bundled figure, judgment or note is used."""
    data = crimecmp.load(write(tmp_path / "mine.csv", [LEAST["rates"]]))
    assert len(data.rows("rates")) == 1
    for table in ("changes", "outcomes", "satisfaction", "judgments", "notes"):
        assert data.rows(table) == []


def test_an_own_scale_replaces_the_bundled(tmp_path: Path) -> None:
    """Judgments on another scale are known by that scale alone."""
    write(tmp_path / "scale.csv", [LEAST["scale"]])
    write(tmp_path / "judgments.csv", [LEAST["judgments"] | {"judgment": "fine"}])
    assert [row["judgment"] for row in crimecmp.load(tmp_path).rows("scale")] == ["fine"]
    write(tmp_path / "judgments.csv", [LEAST["judgments"]])
    assert faults_of(tmp_path) == [("judgments.csv", 2, "judgment")]


def test_an_own_map_replaces_the_bundled(tmp_path: Path) -> None:
    """Beside a user's figures the bundled map is there, until the user has one."""
    write(tmp_path / "rates.csv", [LEAST["rates"]])
    assert len(crimecmp.load(tmp_path).rows("map")) == 43
    write(tmp_path / "map.csv", [LEAST["map"]])
    assert [row["force"] for row in crimecmp.load(tmp_path).rows("map")] == ["durham"]


def test_a_judgment_on_an_empty_scale_is_reported(tmp_path: Path) -> None:
    """A scale without categories makes every judgment unknown, and is no other error."""
    (tmp_path / "scale.csv").write_text("judgment,label,rank,positive\n")
    write(tmp_path / "judgments.csv", [LEAST["judgments"]])
    assert faults_of(tmp_path) == [("judgments.csv", 2, "judgment")]


def test_faults_are_in_the_order_of_files_and_rows(tmp_path: Path) -> None:
    """Faults are grouped by file and in the order of rows, whatever their kind."""
    changes = ["force,metric,period_end,base_period_end,percent", "durham,asb,x,2013-03-31,1"]
    rates = ["force,metric,period_end,value", "durham,asb,2014-03-31,x", "durham", "durhan,asb,,1"]
    (tmp_path / "changes.csv").write_text("\n".join([*changes, "durham,asb", ""]))
    (tmp_path / "rates.csv").write_text("\n".join([*rates, ""]))
    found = [fault[:2] for fault in faults_of(tmp_path)]
    files = list(dict.fromkeys(file for file, _ in found))
    assert sorted(files) == ["changes.csv", "rates.csv"]
    assert found == sorted(found, key=lambda fault: (files.index(fault[0]), fault[1]))
    assert sorted(found) == [
        ("changes.csv", 2),
        ("changes.csv", 3),
        ("rates.csv", 2),
        ("rates.csv", 3),
        ("rates.csv", 4),
        ("rates.csv", 4),
    ]


def test_an_error_says_how_to_see_all_faults(tmp_path: Path) -> None:
    """The command that lists all faults is for the command line to name: the error has no hint."""
    path = write(tmp_path / "mine.csv", [LEAST["rates"] | {"value": "x"}])
    with pytest.raises(DataError) as caught:
        crimecmp.load(path)
    assert caught.value.hint == ""


plain_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12
).map(str.strip)
figures = st.builds(
    "{}{}".format,
    st.integers(0, 9999),
    st.just("") | st.text("0123456789", min_size=1, max_size=5).map(".{}".format),
)
days = st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(lambda day: day.isoformat())


@st.composite
def rates_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """Return rows of the rates table, all in the form in which they are kept."""
    keys = st.tuples(
        st.sampled_from([name.id for name in DATA.forces]),
        st.sampled_from([row["metric"] for row in DATA.rows("metrics") if "per" in row["unit"]]),
        days,
        st.just(HMIC),
    )
    return [
        {
            **dict(zip(TABLES["rates"].key, key, strict=True)),
            "value": draw(figures | st.just("")),
            "count": draw(st.integers(1 - 10**15, 10**15 - 1).map(str) | st.just("")),
            "base": "",
            "locator": draw(plain_text),
            "note": draw(plain_text),
        }
        for key in draw(st.lists(keys, min_size=1, max_size=5, unique=True))
    ]


@given(rows=rates_rows())
def test_tables_that_were_written_are_read_again(
    rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Reading what was written gives the same rows, and a frame of the same figures."""
    path = tmp_path_factory.getbasetemp() / "written.csv"
    data = crimecmp.load(write(path, rows))
    assert data.rows("rates") == rows
    frame = data.frame("rates")
    printed = [
        "" if pd.isna(value) else f"{value:.{places}f}"
        for value, places in zip(frame["value"], frame["value_decimals"], strict=True)
    ]
    assert printed == [row["value"] for row in rows]
    ends = [str(end.date()) for end in frame["period_end"]]
    assert ends == [row["period_end"] for row in rows]


headings = st.sampled_from(sorted({name for t in TABLES.values() for name in t.column_names}))
some_cells = (
    st.sampled_from(
        ["", "durham", "england-and-wales", "burglary", "asb", "detection", "satisfaction", "good",
         "reducing-crime", HMIC, "5.0", "-1", "1e999", "nan", "100.1", "2014-06-30", "9999-12-31",
         "0001-01-01", "2014-02-30", "true", "rates;changes", ";", "[red]", "=1", "a\nb", "\x1b[2J"]
    )
    | st.text(max_size=8)
)  # fmt: skip


@st.composite
def likely_files(draw: st.DrawFn) -> bytes:
    """Return a CSV file with headings of the schema, about half of its cells sound."""
    least = st.sampled_from(sorted(LEAST)).map(lambda table: list(LEAST[table]))
    header = draw(least | st.lists(headings | plain_text, min_size=1, max_size=6))
    row = st.lists(some_cells, min_size=len(header), max_size=len(header))
    tables = [table for table in LEAST if list(LEAST[table]) == header]
    if tables:
        sound = LEAST[tables[0]]
        row = st.tuples(*(st.just(cell) | some_cells for cell in sound.values())).map(list)
    rows = draw(st.lists(row, max_size=3))
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return stream.getvalue().encode("utf-8", "surrogatepass")


def load_or_faults(path: Path) -> tuple[Dataset | None, tuple[Fault, ...]]:
    """Return the tables of a path, or None and why it was refused."""
    try:
        return crimecmp.load(path), ()
    except DataError as error:
        return None, error.faults


@given(content=st.binary() | st.text().map(lambda t: t.encode("utf-8", "ignore")) | likely_files())
def test_any_file_is_loaded_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a file holds, it is loaded with typed frames or refused with its faults."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    data, faults = load_or_faults(path)
    assert all(fault.file == str(path) and fault.problem for fault in faults)
    assert (data is None) == bool(faults)
    if data is not None:
        [(_, table, height)] = data.read
        assert len(data.frame(table)) >= height


LAST_DAY = b"force,metric,period_end,value\ndurham,burglary,9999-12-31,5.0\n"


@settings(max_examples=80)
@given(content=likely_files(), command=st.sampled_from(["rates", "report", "judgments"]))
@example(content=LAST_DAY, command="rates")
@example(content=b"judgment,label,rank,positive\n", command="report")
def test_any_file_gives_a_page_or_a_clean_error(
    content: bytes, command: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a table holds, a command ends with a page or an intended error."""
    folder = tmp_path_factory.getbasetemp()
    path, page = folder / "any.csv", folder / "page.txt"
    path.write_bytes(content)
    page.unlink(missing_ok=True)
    with redirect_stderr(io.StringIO()) as stderr:
        code = run([command, "durham", "--data", str(path), "--output", str(page)])
    said = stderr.getvalue()
    assert "fault of crimecmp" not in said
    assert (code == 0) == page.is_file()
    assert (code, said.startswith("wrote ")) in {(0, True), (1, False)}
    assert said
