"""`crimecmp fetch`, from the command line to the tables, against a publisher on this machine."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bundled import Done, Program
from published_forms import MARCH_2018
from publishing import (
    ASSETS,
    CONTENT,
    NOW,
    ONS,
    PFA,
    RECORDED,
    Publisher,
    Said,
    Standing,
    attachment,
    content,
    edition_page,
    landing_page,
    mapped,
    serving,
    workbook,
)
from test_words import shown

from crimecmp.cli import progress
from crimecmp.fetching import asking, transport
from crimecmp.fetching.catalogue import DATA_SETS, data_set
from crimecmp.importers.lock import held

TABLES = f"https://{ONS}/file?uri={PFA}/yearendingmarch2018/{MARCH_2018}"
OF_RECORDED = f"https://{ASSETS}/media/0123abcd/{RECORDED}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, and remember answers in it."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture
def publisher(
    monkeypatch: pytest.MonkeyPatch, small_file: Callable[[str], Path]
) -> Iterator[Publisher]:
    """Return a publisher with a page and a file of two data sets."""
    made = Publisher()
    made.object(CONTENT, content(attachment(RECORDED)))
    made.says(OF_RECORDED, Said(body=workbook()))
    edition_page(made, "yearendingmarch2018", MARCH_2018)
    made.says(TABLES, Said(body=small_file(MARCH_2018).read_bytes()))
    with serving(made) as server:
        over = mapped(server)
        monkeypatch.setattr(transport, "over_https", lambda: over)
        monkeypatch.setattr(asking, "Clock", Standing)
        yield made


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be asked of anybody."""

    def refuse() -> None:
        pytest.fail("somebody was asked")

    monkeypatch.setattr(transport, "over_https", refuse)


def assert_refused(done: Done, code: int, *said: str) -> None:
    """Hold that a run failed with these words, and printed nothing."""
    assert (done.out, done.code) == ("", code)
    for words in said:
        assert words in done.err


# --- What can be fetched


@pytest.mark.usefixtures("nobody")
def test_the_list_asks_nobody(run: Program) -> None:
    """Every data set is there with edition, publisher and licence, without a network."""
    done = run("fetch")
    assert (done.err, done.code) == ("", 0)
    for data in DATA_SETS:
        [line] = [line for line in done.out.splitlines() if line.startswith(f"{data.id} ")]
        assert data.in_words(data.known) in line
        assert data.publisher.short in line
    assert "Open Government Licence v3.0" in done.out


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "html"])
def test_the_list_is_there_in_every_format(run: Program, form: str) -> None:
    """Each format has all data sets, in plain words."""
    done = run("fetch", "--format", form)
    assert done.code == 0
    assert all(data.id in done.out for data in DATA_SETS)
    assert shown(done.out, form) == []


def test_the_list_shows_the_last_look(run: Program, publisher: Publisher) -> None:
    """What a look found is in the list from then on."""
    assert "published April 2026" in run("fetch").out
    assert run("fetch", "recorded-crime", "--dry-run").code == 0
    assert "published July 2026" in run("fetch").out
    assert publisher.addresses() == [CONTENT]


# --- What would be fetched


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "html"])
def test_a_dry_run_fetches_nothing(run: Program, publisher: Publisher, form: str) -> None:
    """It names the files and writes none; no file is asked for."""
    done = run("fetch", "recorded-crime", "ons-pfa", "--dry-run", "--format", form)
    assert (done.err, done.code) == ("", 0)
    assert RECORDED in done.out
    assert MARCH_2018 in done.out
    assert shown(done.out, form) == []
    assert list(Path().iterdir()) == []
    assert not {OF_RECORDED, TABLES} & set(publisher.addresses())


@pytest.mark.usefixtures("publisher")
def test_machine_output_has_a_row_a_file(run: Program) -> None:
    """Addresses, dates and sizes are columns; what is not known yet is empty."""
    [row] = run("fetch", "recorded-crime", "--dry-run", "--format", "csv").rows
    assert row == {
        "data_set": "recorded-crime",
        "title": RECORDED,
        "publisher": "Home Office",
        "edition": "2026-07",
        "published": "2026-07-23",
        "file": RECORDED,
        "bytes": "123456",
        "sha256": "",
        "address": OF_RECORDED,
        "page": data_set("recorded-crime").page,
        "licence": "Open Government Licence v3.0",
        "fate": "found",
    }


# --- What is fetched


@pytest.mark.usefixtures("publisher")
def test_a_data_set_becomes_tables(run: Program) -> None:
    """The file is kept with its record, tables are made of it, and the page says how to go on."""
    done = run("fetch", "ons-pfa", "--to", "mine")
    assert (done.err, done.code) == ("", 0)
    assert done.out.startswith("Fetched 1 file into mine-originals/\n")
    assert "--data mine" in done.out
    original = Path("mine-originals", MARCH_2018)
    record = json.loads(original.with_name(f"{MARCH_2018}.json").read_text("utf-8"))
    assert record["sha256"] == hashlib.sha256(original.read_bytes()).hexdigest()
    assert record["address"] == TABLES
    assert run("check", "mine").code == 0
    assert "year to March 2018" in run("rates", "durham", "--data", "mine").out
    assert sorted(path.name for path in Path().iterdir()) == ["mine", "mine-originals"]


@pytest.mark.usefixtures("publisher")
def test_the_sources_say_where_the_file_came_from(run: Program) -> None:
    """Address and dates are in `sources.csv`, and stay where a kept file is imported later."""
    assert run("fetch", "ons-pfa", "--to", "mine").code == 0
    assert run("import", f"mine-originals/{MARCH_2018}", "--to", "later").code == 0
    for folder in ("mine", "later"):
        with Path(folder, "sources.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows
        for row in rows:
            assert row["url"] == TABLES
            assert row["note"].startswith(f"Fetched on {NOW:%Y-%m-%d}. ")
            assert "SHA-256" in row["note"]
        assert run("check", folder).code == 0


@pytest.mark.usefixtures("publisher")
def test_the_page_accounts_for_the_file_and_its_rows(run: Program) -> None:
    """In full, the page has the SHA-256, and what an import says of every row."""
    done = run("fetch", "ons-pfa", "--to", "mine", "--notes", "full")
    assert hashlib.sha256(Path("mine-originals", MARCH_2018).read_bytes()).hexdigest() in done.out
    assert "Rows read" in done.out
    assert shown(done.out, "table") == []


def test_the_same_once_more_downloads_nothing(run: Program, publisher: Publisher) -> None:
    """A file that is there is not downloaded again; the tables are made anew when told."""
    assert run("fetch", "recorded-crime", "--keep-only", "--to", "files").code == 0
    asked = len(publisher.asked)
    done = run("fetch", "recorded-crime", "--keep-only", "--to", "files")
    assert done.out.startswith("Nothing new: 1 file in files/ as published\n")
    assert len(publisher.asked) == asked
    assert run("fetch", "ons-pfa", "--to", "mine").code == 0
    assert_refused(run("fetch", "ons-pfa", "--to", "mine"), 1, "mine already exists", "--overwrite")
    assert run("fetch", "ons-pfa", "--to", "mine", "--overwrite").code == 0


@pytest.mark.usefixtures("publisher")
def test_files_can_be_kept_without_tables(run: Program) -> None:
    """`--keep-only` stops after the download, and says how to make tables of the files."""
    done = run("fetch", "recorded-crime", "ons-pfa", "--keep-only", "--to", "the files")
    assert done.code == 0
    names = {RECORDED, MARCH_2018}
    there = {path.name for path in Path("the files").iterdir()}
    assert there == {*names, *(f"{name}.json" for name in names)}
    assert f"crimecmp import 'the files/{RECORDED}' 'the files/{MARCH_2018}' --to mine" in done.out
    assert [path.name for path in Path().iterdir()] == ["the files"]


def test_an_edition_can_be_chosen(run: Program, publisher: Publisher) -> None:
    """An older edition is fetched by its month."""
    landing_page(publisher, "yearendingmarch2026", "yearendingmarch2018")
    done = run("fetch", "ons-pfa", "--edition", "2018-03", "--to", "mine")
    assert done.code == 0
    assert "year to March 2018" in done.out


# --- What goes wrong


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["recorded-crim", "--to", "mine"], "Did you mean recorded-crime?"),
        (["durham", "--to", "mine"], "no data set is called 'durham'"),
        (["ons-pfa"], "Try: crimecmp fetch ons-pfa --to mine"),
        (["ons-pfa", "outcomes", "--edition", "2025-03", "--to", "x"], "is for one data set"),
        (["--edition", "2025-03"], "none is named"),
        (["ons-pfa", "--data-set", "x"], "has no option --data-set"),
        (["ons-pfa", "--keep", "--to", "x"], "--keep-only"),
    ],
)
def test_a_wrong_command_line_asks_nobody(run: Program, words: list[str], said: str) -> None:
    """What is typed is checked first, and answered with what fits."""
    assert_refused(run("fetch", *words), 2, said)
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("publisher")
def test_a_wrong_edition_is_a_wrong_command_line(run: Program) -> None:
    """An edition that is no month, or is not offered, names those that are."""
    words = ("fetch", "ons-pfa", "--to", "mine", "--edition")
    assert_refused(run(*words, "2025"), 2, "--edition is a month such as 2025-03, not '2025'")
    assert_refused(run(*words, "2019-12"), 2, "has no edition 2019-12", "2018-03")


def test_a_place_that_is_taken_is_told_before_a_download(
    run: Program, publisher: Publisher
) -> None:
    """Nobody waits for a download that cannot be used."""
    Path("mine").mkdir()
    Path("mine", "diary.txt").write_text("mine")
    assert_refused(run("fetch", "ons-pfa", "--to", "mine"), 1, "diary.txt")
    assert TABLES not in publisher.addresses()
    assert not Path("mine-originals").exists()


def test_what_cannot_be_fetched_says_how_to_get_it(run: Program, publisher: Publisher) -> None:
    """The error names the page, the file, and the command that imports it."""
    publisher.says(CONTENT, Said(403))
    assert_refused(
        run("fetch", "recorded-crime", "--to", "mine"),
        1,
        "cannot fetch recorded-crime: the host answered 403",
        f"Open {data_set('recorded-crime').page} in a browser, and save ",
        "Then: crimecmp import FILE --to mine",
    )
    assert list(Path().iterdir()) == []


def test_what_was_fetched_before_a_fault_is_kept_and_named(
    run: Program, publisher: Publisher
) -> None:
    """A fault of the second file does not lose the first."""
    publisher.says(TABLES, Said(404))
    done = run("fetch", "recorded-crime", "ons-pfa", "--to", "mine")
    assert_refused(done, 1, "the file is not there", f"kept: mine-originals/{RECORDED}")
    assert Path("mine-originals", RECORDED).exists()
    assert not Path("mine").exists()


@pytest.mark.usefixtures("publisher")
def test_a_file_that_cannot_be_imported_is_kept_and_named(run: Program) -> None:
    """Where no tables can be made, the error says why, and where the files are."""
    done = run("fetch", "ons-pfa", "recorded-crime", "--to", "mine")
    assert_refused(
        done,
        1,
        f"mine-originals/{RECORDED}: ",
        f"is kept: mine-originals/{MARCH_2018} and mine-originals/{RECORDED}",
    )
    assert Path("mine-originals", RECORDED).read_bytes() == workbook()
    assert sorted(path.name for path in Path().iterdir()) == ["mine-originals"]


def test_without_the_client_the_list_is_there(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is needed for a download, and not for the list."""
    monkeypatch.setitem(sys.modules, "urllib3", None)
    assert run("fetch").code == 0
    done = run("fetch", "ons-pfa", "--to", "mine")
    assert_refused(done, 1, "downloads need urllib3", "pip install 'crimecmp[fetch]'")


def test_two_at_once_are_told_of_each_other(run: Program, publisher: Publisher) -> None:
    """While one process writes a folder of files, another one is refused."""
    Path("files").mkdir()
    with held(Path("files")):
        done = run("fetch", "recorded-crime", "--keep-only", "--to", "files")
    assert_refused(done, 1, "another process is writing files", "name another folder")
    assert OF_RECORDED not in publisher.addresses()
    assert run("fetch", "recorded-crime", "--keep-only", "--to", "files").code == 0
    assert {path.name for path in Path("files").iterdir()} == {RECORDED, f"{RECORDED}.json"}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_progress_is_said_to_those_who_look(
    run: Program, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is said on a terminal, a download at each tenth of it, and so is a wait."""
    publisher.says(OF_RECORDED, Said(503), Said(body=workbook("x" * 2_000_000)))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress.Progress, "__enter__", _at_once)
    assert run("fetch", "recorded-crime", "--keep-only", "--to", "files").code == 0
    said = terminal.getvalue().splitlines()
    assert said[:3] == [
        "crimecmp: looking up recorded-crime …",
        f"crimecmp: fetching {RECORDED} …",
        f"crimecmp: waiting 2 seconds for {ASSETS} …",
    ]
    assert said[-1] == f"crimecmp: fetching {RECORDED}: 100% of 2.0 MB …"
    assert len(said) == 13


def _at_once(steps: progress.Progress) -> progress.Progress:
    """Begin as if a second had passed."""
    steps._late = True
    return steps
