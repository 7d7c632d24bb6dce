"""A folder of tables, written whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crimecmp.errors import OutputError
from crimecmp.importers import folder as folders
from crimecmp.importers import moving
from crimecmp.importers.folder import reserved
from crimecmp.tables.loading import examine
from crimecmp.tables.schema import TABLES

NOBODY = 65534
SOURCES: list[tuple[str, ...]] = [
    ("mine", "A title, with “marks”\n and a comma", "Me", "", "", "", 'Says "so"')
]
RATES: list[tuple[str, ...]] = [
    ("durham", "crime-excluding-fraud", "2014-06-30", "mine", "2.5", "1250", "500000", "", "")
]
TABLES_GIVEN: dict[str, list[tuple[str, ...]]] = {"sources": SOURCES, "rates": RATES}
WRITTEN = {"sources.csv", "rates.csv", "datapackage.json"}

Content = dict[str, bytes]


def put(place: Path | str, *, overwrite: bool = False) -> None:
    """Write the tables."""
    with reserved(str(place), overwrite=overwrite) as folder:
        folder.write(TABLES_GIVEN, "Mine")


def check(place: Path | str, *, overwrite: bool = False) -> None:
    """Reserve the folder and write nothing."""
    with reserved(str(place), overwrite=overwrite):
        pass


def content(folder: Path) -> Content:
    """Return all files below a folder, hidden ones too, links as what they point to."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"no file"
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a folder of another table, the only thing in its parent."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "claims.csv").write_text("claim\nold\n")
    described = {"name": "crimecmp-import", "resources": [{"path": "claims.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(described))
    return folder


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """Return a folder of our own, and be no administrator, to whom nothing is forbidden."""
    place = Path(tempfile.mkdtemp())
    user = os.geteuid()
    if user == 0:
        os.chown(place, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield place
    finally:
        os.seteuid(user)
        for folder in [place, *place.rglob("*")]:
            if folder.is_dir():
                folder.chmod(0o700)
        shutil.rmtree(place)


# --- What is written


def test_the_tables_are_written_and_nothing_else(tmp_path: Path) -> None:
    """The folder holds a file for each table and its description, and nothing is left beside it."""
    put(tmp_path / "mine")
    assert os.listdir(tmp_path) == ["mine"]  # noqa: PTH208 - hidden names are asked for too
    assert set(content(tmp_path / "mine")) == WRITTEN


def test_cells_come_back_as_they_were(tmp_path: Path) -> None:
    """A plain CSV reader gives back columns and cells, commas, marks and line feeds in them too."""
    put(tmp_path / "mine")
    for name, rows in TABLES_GIVEN.items():
        with (tmp_path / "mine" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *there = csv.reader(file)
        assert tuple(header) == tuple(TABLES[name].column_names)
        assert [tuple(row) for row in there] == rows


def test_a_carriage_return_stays_in_its_cell(tmp_path: Path) -> None:
    """A published cell may hold a carriage return: what is written can be read all the same."""
    [first, *others] = TABLES_GIVEN["rates"]
    noted = (*first[:-1], "one\rtwo\r\nthree")
    with reserved(str(tmp_path / "mine")) as folder:
        folder.write({**TABLES_GIVEN, "rates": [noted, *others]}, "A title")
    data, faults = examine(str(tmp_path / "mine"))
    assert faults == []
    assert data.rows("rates")[0]["note"] == "one\rtwo\nthree"


def test_lines_end_in_line_feeds_alone(tmp_path: Path) -> None:
    """The files are UTF-8 without a mark, with plain line feeds, the last line ended as well."""
    put(tmp_path / "mine")
    for name, text in content(tmp_path / "mine").items():
        assert b"\r" not in text, name
        assert text.endswith(b"\n"), name
        assert not text.startswith(b"\xef\xbb\xbf"), name
        text.decode("utf-8")
    assert "“marks”".encode() in (tmp_path / "mine" / "sources.csv").read_bytes()


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    """The folder is sound by the reader's own check, and all of it is read."""
    put(tmp_path / "mine")
    data, faults = examine(tmp_path / "mine")
    assert faults == []
    assert {(table, rows) for _, table, rows in data.read} == {("sources", 1), ("rates", 1)}


def test_the_description_names_what_is_there(tmp_path: Path) -> None:
    """The description has the title, and a resource for each table that is there."""
    put(tmp_path / "mine")
    described = json.loads((tmp_path / "mine" / "datapackage.json").read_text("utf-8"))
    assert described["title"] == "Mine"
    assert {resource["path"] for resource in described["resources"]} == WRITTEN - {
        "datapackage.json"
    }


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same tables give the same files, in a new folder and over the old one."""
    for name in ("one", "two", "one"):
        put(tmp_path / name, overwrite=True)
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.parametrize(
    ("mask", "folder", "file"),
    [(0o022, 0o755, 0o644), (0o077, 0o700, 0o600), (0o002, 0o775, 0o664)],
)
@pytest.mark.parametrize("there", [False, True])
def test_who_may_read_follows_the_umask(
    tmp_path: Path, mask: int, folder: int, file: int, there: bool
) -> None:
    """Folder and files have the mode that any new ones have, also where an empty one was there."""
    place = tmp_path / "mine"
    before = os.umask(mask)
    try:
        if there:
            place.mkdir()
        put(place)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {file}


# --- What already exists


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder with nothing in it is written to without a word."""
    (tmp_path / "mine").mkdir()
    put(tmp_path / "mine")
    assert set(content(tmp_path / "mine")) == WRITTEN
    assert os.listdir(tmp_path) == ["mine"]  # noqa: PTH208 - hidden names are asked for too


@pytest.mark.parametrize("refuse", [put, check])
def test_a_folder_of_tables_stays_as_it_is(old: Path, refuse: Callable[..., None]) -> None:
    """A folder that holds tables is refused, and the error names the option that would do it."""
    before = content(old.parent)
    with pytest.raises(OutputError, match="already exists") as raised:
        refuse(old, overwrite=False)
    assert "overwrite=True" in raised.value.hint
    assert content(old.parent) == before


def test_a_folder_is_replaced_whole(old: Path) -> None:
    """With `overwrite` a table that is not written again is gone, and nothing is left beside."""
    put(old, overwrite=True)
    assert set(content(old)) == WRITTEN
    assert os.listdir(old.parent) == ["mine"]  # noqa: PTH208 - hidden names are asked for too


@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize(
    "strange", ["notes.txt", ".hidden", "rates.csv~", "Rates.csv", "rates.xlsx", "sub/rates.csv",
                "sources.csv/x"],
)  # fmt: skip
def test_what_is_no_table_is_never_replaced(old: Path, strange: str, overwrite: bool) -> None:
    """A folder with anything in it that is no table is refused, whatever is asked for."""
    (old / strange).parent.mkdir(exist_ok=True)
    (old / strange).write_text("precious")
    before = content(old.parent)
    with pytest.raises(OutputError, match=f"holds {strange.split('/')[0]}"):
        check(old, overwrite=overwrite)
    with pytest.raises(OutputError, match=f"holds {strange.split('/')[0]}"):
        put(old, overwrite=overwrite)
    assert content(old.parent) == before


def test_a_link_is_followed(tmp_path: Path, old: Path) -> None:
    """What a link points to is replaced; the link stays one."""
    link = tmp_path / "link"
    link.symlink_to(old, target_is_directory=True)
    put(link, overwrite=True)
    assert link.is_symlink()
    assert set(content(old)) == WRITTEN
    assert set(os.listdir(tmp_path)) == {"link", "mine"}  # noqa: PTH208 - hidden names too


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    """A link whose target is not there yet is a name for a new folder."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "mine")
    put(link)
    assert link.is_symlink()
    assert set(content(tmp_path / "mine")) == WRITTEN


# --- Where nothing can be written


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/mine", "nowhere/mine: its parent folder does not exist"),
        ("file", "file already exists and is not a folder"),
        ("file/mine", "file/mine"),
        ("", "the folder has no name"),
        ("loop", "loop"),
        ("no\0name", "no␀name"),
        ("n" * 300, "File name too long"),
    ],
)
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_place_that_cannot_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str, overwrite: bool
) -> None:
    """A place where no folder can be is an error that names it, and nothing is made or lost."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("precious")
    Path("loop").symlink_to("loop")
    with pytest.raises(OutputError) as raised:
        check(name, overwrite=overwrite)
    assert said in raised.value.message
    with pytest.raises(OutputError) as raised:
        put(name, overwrite=overwrite)
    assert said in raised.value.message
    assert set(os.listdir()) == {"file", "loop"}  # noqa: PTH208 - hidden names are asked for too
    assert Path("file").read_text() == "precious"


@pytest.mark.parametrize("holds", ["nothing", "an import"])
@pytest.mark.parametrize(
    "name", [".", "./", "../mine", "sub/..", "{parent}/mine", "{parent}/link", "..", "{parent}"]
)
def test_the_current_folder_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, holds: str
) -> None:
    """The current folder and its parents are refused by any name, and the hint says what to do."""
    parent = tmp_path / "parent"
    place = parent / "mine"
    parent.mkdir()
    place.mkdir()
    if holds == "an import":
        shutil.rmtree(place)
        put(place)
    (parent / "link").symlink_to(place)
    monkeypatch.chdir(place)
    before = content(tmp_path)
    with pytest.raises(OutputError, match="you are in that folder") as raised:
        put(name.format(parent=parent), overwrite=True)
    assert raised.value.hint == "Give to= a folder that you are not in."
    assert content(tmp_path) == before
    assert Path.cwd().samefile(place)


def test_the_parent_of_an_empty_current_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder two levels above the current one is refused as the current one is."""
    here = tmp_path / "mine" / "sub" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    with pytest.raises(OutputError, match="you are in that folder"):
        check("../..")


def test_a_folder_in_the_current_one_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new folder in the current one, or beside it, is written and replaced."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("mine", "../mine") * 2:
        put(name, overwrite=True)
        assert set(content(Path(name))) == WRITTEN


def test_a_removed_current_folder_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the current folder has been removed, a folder with its whole path is written."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    put(tmp_path / "mine")
    assert set(content(tmp_path / "mine")) == WRITTEN


@pytest.mark.parametrize("name", ["/", "//", "/.."])
def test_the_root_is_refused(name: str) -> None:
    """The root of the file system is refused with an error that says what it is."""
    with pytest.raises(OutputError) as raised:
        put(name, overwrite=True)
    assert raised.value.message == f"cannot write {name}: it is the root of the file system"
    assert raised.value.hint == "Give to= a new folder."


def test_a_places_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """Control characters of a place's name, and of what is in it, are made visible."""
    place = tmp_path / "a\x1b[31m"
    place.mkdir()
    (place / "b\x1b[32m").touch()
    with pytest.raises(OutputError, match=r"␛.*␛") as raised:
        put(place)
    assert "\x1b" not in raised.value.message


def test_a_parent_that_cannot_be_written_to_is_refused(unprivileged: Path) -> None:
    """A folder in one that may only be read is an error that says so, and nothing is left."""
    unprivileged.chmod(0o555)
    with pytest.raises(OutputError, match=r"cannot write .*mine: Permission denied"):
        put(unprivileged / "mine")
    assert not list(unprivileged.iterdir())


def test_a_folder_in_a_parent_that_cannot_be_written_to_stays(unprivileged: Path) -> None:
    """A folder of tables in one that may only be read is not touched."""
    place = unprivileged / "mine"
    put(place)
    (place / "rates.csv").write_text("old")
    before = content(unprivileged)
    unprivileged.chmod(0o555)
    with pytest.raises(OutputError, match="Permission denied"):
        put(place, overwrite=True)
    assert content(unprivileged) == before


def test_a_folder_that_cannot_be_emptied_is_as_it_was(unprivileged: Path) -> None:
    """Where the old folder cannot be taken away, an error leaves all as it was and nothing else."""
    place = unprivileged / "mine"
    put(place)
    (place / "rates.csv").write_text("old")
    before = content(unprivileged)
    place.chmod(0o555)
    try:
        put(place, overwrite=True)
    except OutputError:
        assert content(unprivileged) == before
    else:
        assert set(content(unprivileged)) == {"mine", *(f"mine/{name}" for name in WRITTEN)}


# --- Failures on the way

FULL = OSError(errno.ENOSPC, "No space left on device")
STEPS = {
    "the working folder": (Path, "mkdir", 1),
    "the new folder": (Path, "mkdir", 2),
    "the first file": (os, "fsync", 1),
    "the second file": (os, "fsync", 2),
    "the description": (os, "fsync", 3),
    "the last step but one": (Path, "rename", 1),
    "the move to its place": (Path, "rename", 2),
}
STEPS_OF_A_REPLACEMENT = {
    **STEPS,
    "the second try of the move": (Path, "rename", 3),
    "the old folder's move": (Path, "rename", 4),
    "the new folder's move": (Path, "rename", 5),
}


def failing(
    patch: pytest.MonkeyPatch, owner: Any, name: str, time: int, error: BaseException
) -> None:
    """Make a function fail once, when it is called for the nth time."""
    function: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def fail(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == time:
            raise error
        return function(*given, **named)

    patch.setattr(owner, name, fail)


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "interrupt"])
@pytest.mark.parametrize("step", STEPS_OF_A_REPLACEMENT)
def test_a_failure_leaves_the_old_folder(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    """Wherever writing fails or is interrupted, the old folder is as it was, and nothing else."""
    before = content(old.parent)
    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with monkeypatch.context() as patch:
        patch.setattr(moving, "exchange", lambda *_: False)
        failing(patch, *STEPS_OF_A_REPLACEMENT[step], error)
        with pytest.raises(expected) as raised:
            put(old, overwrite=True)
    assert isinstance(raised.value, KeyboardInterrupt) or "No space left" in str(raised.value)
    assert content(old.parent) == before


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "interrupt"])
@pytest.mark.parametrize("step", STEPS)
def test_a_failure_leaves_no_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    """Wherever writing a new folder fails or is interrupted, there is none, and nothing else."""
    expected = OutputError if isinstance(error, OSError) else KeyboardInterrupt
    with monkeypatch.context() as patch:
        failing(patch, *STEPS[step], error)
        with pytest.raises(expected):
            put(tmp_path / "mine")
    assert not list(tmp_path.iterdir())


# --- Folders that appear while an import is at work


@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize("strange", ["notes.txt", "rates.csv"])
def test_a_folder_that_appears_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strange: str, overwrite: bool
) -> None:
    """A folder of the user that appears just before the new one is moved there stays as it is."""
    place = tmp_path / "mine"
    move = moving.move

    def appear(folder: Path, to: Path) -> bool:
        to.mkdir()
        (to / strange).write_text("precious")
        return move(folder, to)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "move", appear)
        with pytest.raises(
            OutputError, match=f"holds {strange}, which was not written by an import"
        ):
            put(place, overwrite=overwrite)
    assert content(tmp_path) == {"mine": b"no file", f"mine/{strange}": b"precious"}


def test_an_import_that_appears_is_not_replaced_unasked(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `overwrite` tables that appear stay, also if they came and went while it looked."""
    away = old.rename(tmp_path / "away")
    before = content(away)
    move = moving.move

    def appear(folder: Path, to: Path) -> bool:
        away.rename(to)
        return move(folder, to)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "move", appear)
        with pytest.raises(OutputError, match="already exists"):
            put(old)
        old.rename(away)
        patch.setattr(folders.ReservedFolder, "_check", lambda _: None)
        with pytest.raises(OutputError, match="already exists"):
            put(old)
    assert content(old) == before
    assert os.listdir(tmp_path) == ["mine"]  # noqa: PTH208 - hidden names are asked for too


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_file_that_appears_in_the_folder_is_kept(
    old: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    """A file of the user that appears just before the folder is replaced keeps it in its place."""
    before = content(old.parent)
    exchange = moving.exchange

    def appear(one: Path, other: Path) -> bool:
        (old / "notes.txt").write_text("precious")
        monkeypatch.setattr(moving, "exchange", exchange)
        return exchanging and exchange(one, other)

    monkeypatch.setattr(moving, "exchange", appear)
    with pytest.raises(
        OutputError, match=r"mine holds notes\.txt, which was not written by an import"
    ):
        put(old, overwrite=True)
    assert content(old.parent) == {**before, "mine/notes.txt": b"precious"}


def test_two_imports_one_after_the_other_are_no_conflict(tmp_path: Path) -> None:
    """An import into a folder that another has just written finds it there already."""
    put(tmp_path / "mine")
    with pytest.raises(OutputError, match="already exists"):
        put(tmp_path / "mine")


def test_another_import_of_the_same_folder_is_told(tmp_path: Path) -> None:
    """While one import has a folder, another is refused, by any name of it and at once."""
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    with reserved(str(tmp_path / "mine"), overwrite=True) as folder:
        for name in ("mine", "link", "../" + tmp_path.name + "/mine"):
            with pytest.raises(OutputError, match=f"another import is writing .*{name}") as raised:
                check(tmp_path / name, overwrite=True)
            assert "Wait" in raised.value.hint
        put(tmp_path / "other")
        folder.write(TABLES_GIVEN, "Mine")
    assert set(content(tmp_path / "mine")) == WRITTEN
    assert {path.name for path in tmp_path.iterdir()} == {"link", "mine", "other"}


@pytest.mark.parametrize("own", ["groups.csv", "forces.csv"])
def test_a_table_that_no_import_wrote_is_kept(tmp_path: Path, own: str) -> None:
    """What a user has put beside imported tables is not replaced with them, if it is a table."""
    place = tmp_path / "mine"
    put(place)
    (place / own).write_text("group,label,forces\n")
    before = content(place)
    with pytest.raises(OutputError, match=f"holds {own}, which was not written by an import"):
        put(place, overwrite=True)
    assert content(place) == before
