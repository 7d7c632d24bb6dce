"""A file is kept as it came, with a record of where it came from, and never lost to another."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from publishing import (
    ASSETS,
    CONTENT,
    ONS,
    PFA,
    RECORDED,
    Desk,
    Said,
    attachment,
    content,
    edition_page,
    workbook,
)

from crimecmp.errors import FetchError, OutputError
from crimecmp.fetching import keeping
from crimecmp.fetching.catalogue import data_set
from crimecmp.fetching.choosing import Found
from crimecmp.fetching.finding import find
from crimecmp.fetching.keeping import Kept, folder_for, keep

ADDRESS = f"https://{ASSETS}/media/0123abcd/{RECORDED}"
FILE, OTHER = workbook(), workbook("other figures")
OF_ONS = f"https://{ONS}/file?uri={PFA}/yearendingmarch2026/tables.xlsx"


@pytest.fixture
def recorded(desk: Desk) -> Found:
    """Return the file of recorded crime, as it is found."""
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    return find(desk.pages, data_set("recorded-crime"), None, desk.clock.now().date())


@pytest.fixture
def workbook_of_ons(desk: Desk) -> Found:
    """Return the police force area tables, as they are found."""
    edition_page(desk.publisher, "yearendingmarch2026", "tables.xlsx")
    return find(desk.pages, data_set("ons-pfa"), None, desk.clock.now().date())


def kept(desk: Desk, found: Found, folder: Path, *, overwrite: bool = False) -> Kept:
    """Keep a file in a folder."""
    return keep(desk.asking, found, folder, lambda *_: None, overwrite=overwrite)


def record(folder: Path, name: str = RECORDED) -> dict[str, str]:
    """Return the record beside a file."""
    facts: dict[str, str] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return facts


def test_a_file_has_its_record_beside_it(desk: Desk, recorded: Found, tmp_path: Path) -> None:
    """Address, time, bytes, SHA-256, dates, title and licence are written down."""
    folder = folder_for(str(tmp_path / "files"))
    desk.publisher.says(ADDRESS, Said(body=FILE, headers={"ETag": '"one"'}))
    made = kept(desk, recorded, folder)
    digest = hashlib.sha256(FILE).hexdigest()
    assert (made.path.read_bytes(), made.bytes, made.sha256) == (FILE, len(FILE), digest)
    assert {path.name for path in folder.iterdir()} == {RECORDED, f"{RECORDED}.json"}
    assert record(folder) == {
        "data_set": "recorded-crime",
        "title": RECORDED,
        "publisher": "Home Office",
        "edition": "2026-07",
        "published": "2026-07-23",
        "licence": "Open Government Licence v3.0",
        "licence_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "page": "https://www.gov.uk" + CONTENT.partition("/api/content")[2],
        "address": ADDRESS,
        "final_address": ADDRESS,
        "fetched": "2026-07-24T09:00:00+00:00",
        "bytes": len(FILE),
        "sha256": digest,
        "etag": '"one"',
        "last_modified": "",
    }


def test_a_file_that_is_there_is_not_fetched_again(
    desk: Desk, recorded: Found, tmp_path: Path
) -> None:
    """On GOV.UK a new file has a new address, so a file of this one need not be asked for."""
    desk.publisher.says(ADDRESS, Said(body=FILE))
    assert kept(desk, recorded, tmp_path).changed
    again = kept(desk, recorded, tmp_path)
    assert (again.changed, again.sha256) == (False, hashlib.sha256(FILE).hexdigest())
    assert desk.publisher.addresses().count(ADDRESS) == 1


def test_a_file_that_somebody_altered_is_not_taken_for_the_publishers(
    desk: Desk, recorded: Found, tmp_path: Path
) -> None:
    """An altered file is fetched again, and not lost unless it may be replaced."""
    desk.publisher.says(ADDRESS, Said(body=FILE))
    kept(desk, recorded, tmp_path)
    (tmp_path / RECORDED).write_bytes(OTHER)
    with pytest.raises(OutputError, match="is another file than the publisher has now"):
        kept(desk, recorded, tmp_path)
    assert (tmp_path / RECORDED).read_bytes() == OTHER
    assert kept(desk, recorded, tmp_path, overwrite=True).changed
    assert (tmp_path / RECORDED).read_bytes() == FILE
    assert not list(tmp_path.glob("*.part*"))


def test_a_file_that_can_be_corrected_in_place_is_asked_about(
    desk: Desk, workbook_of_ons: Found, tmp_path: Path
) -> None:
    """The address of an edition can get another file, so its host is asked whether it has."""
    desk.publisher.says(OF_ONS, Said(body=FILE, headers={"ETag": '"one"'}), Said(304))
    assert kept(desk, workbook_of_ons, tmp_path).changed
    assert not kept(desk, workbook_of_ons, tmp_path).changed
    assert desk.publisher.asked[-1].headers["if-none-match"] == '"one"'


def test_the_same_file_once_more_is_no_change(
    desk: Desk, workbook_of_ons: Found, tmp_path: Path
) -> None:
    """A host that always sends the file sends the same one: nothing is new."""
    desk.publisher.says(OF_ONS, Said(body=FILE))
    assert kept(desk, workbook_of_ons, tmp_path).changed
    assert not kept(desk, workbook_of_ons, tmp_path).changed


def test_a_corrected_file_replaces_the_first_only_when_told(
    desk: Desk, workbook_of_ons: Found, tmp_path: Path
) -> None:
    """An original is never lost without a word."""
    desk.publisher.says(OF_ONS, Said(body=FILE), Said(body=OTHER))
    kept(desk, workbook_of_ons, tmp_path)
    with pytest.raises(OutputError) as caught:
        kept(desk, workbook_of_ons, tmp_path)
    assert "overwrite=True" in caught.value.hint
    assert (tmp_path / "tables.xlsx").read_bytes() == FILE
    assert kept(desk, workbook_of_ons, tmp_path, overwrite=True).changed
    assert record(tmp_path, "tables.xlsx")["sha256"] == hashlib.sha256(OTHER).hexdigest()


def test_a_file_that_cannot_be_had_says_how_to_get_it(
    desk: Desk, recorded: Found, tmp_path: Path
) -> None:
    """The error names the data set, the page to open and the file to save."""
    desk.publisher.says(ADDRESS, Said(403))
    with pytest.raises(FetchError) as caught:
        kept(desk, recorded, tmp_path)
    assert caught.value.message.startswith("cannot fetch recorded-crime: ")
    assert recorded.data.page in caught.value.hint
    assert recorded.data.file in caught.value.hint


@pytest.mark.parametrize("name", ["missing/files", "file", ""])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, name: str) -> None:
    """A folder is made in one that is there, and in the place of nothing else."""
    (tmp_path / "file").write_text("text")
    with pytest.raises(OutputError, match="cannot write"):
        folder_for(str(tmp_path / name) if name else "\0")


@pytest.mark.parametrize("step", ["replace", "record"])
def test_no_record_stands_beside_another_file(
    desk: Desk, workbook_of_ons: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Stopped between the file and its record, a run leaves neither with the other's of before."""
    desk.publisher.says(OF_ONS, Said(body=FILE), Said(body=OTHER))
    kept(desk, workbook_of_ons, tmp_path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path if step == "replace" else keeping, step, stop)
        with pytest.raises(KeyboardInterrupt):
            kept(desk, workbook_of_ons, tmp_path, overwrite=True)
    assert (tmp_path / "tables.xlsx").read_bytes() == (FILE if step == "replace" else OTHER)
    assert not (tmp_path / "tables.xlsx.json").exists()
    kept(desk, workbook_of_ons, tmp_path, overwrite=True)
    assert record(tmp_path, "tables.xlsx")["sha256"] == hashlib.sha256(OTHER).hexdigest()
