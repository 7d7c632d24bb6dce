"""Whenever an import is stopped, what was there before or what is new is there, and is whole."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import stopped_imports
from stopped_imports import NEW, OLD

from crimecmp.errors import OutputError
from crimecmp.importers import moving, working
from crimecmp.importers.folder import reserved
from crimecmp.tables.schema import TABLES

WAYS = ("exchanged", "kept")
SCENES = [("new", "kept"), *((scene, way) for scene in ("replaced", "own") for way in WAYS)]
"""The scenes, each with the ways in which it can go: a new folder is exchanged for nothing."""
NOTES = {**OLD, "notes.txt": "precious"}
WORK = ".crimecmp-mine"
NO_IMPORT = "mine holds notes.txt, which was not written by an import"
PUT_BACK = "the earlier folder has been put back"

Files = dict[str, str]


class Stopped(NamedTuple):
    """What a stopped import left, and what the next ones said and left: see the script."""

    moment: str
    code: int
    left: Files
    next: str
    then: Files
    last: str
    at_last: Files


@functools.cache
def stopped(scene: str, way: str, manner: str, every: int) -> list[Stopped]:
    """Return what imports leave that are stopped: see the script."""
    done = subprocess.run(
        [sys.executable, stopped_imports.__file__, scene, way, manner, str(every)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return [Stopped(*json.loads(line).values()) for line in done.stdout.splitlines()]


@functools.cache
def new() -> Files:
    """Return the new tables, as imports leave them that come after stopped ones."""
    whole = stopped("new", "kept", "killed", 1)[0].at_last
    assert set(within(whole, "mine")) == {*(f"{name}.csv" for name in NEW), "datapackage.json"}
    return within(whole, "mine")


def within(files: Files, folder: str) -> Files:
    """Return the files of a folder."""
    start = f"{folder}/"
    return {
        name.removeprefix(start): text for name, text in files.items() if name.startswith(start)
    }


def only(tables: Files) -> Files:
    """Return what is there where there is one folder, with these files, and nothing else."""
    return {"mine": "folder", **{f"mine/{name}": text for name, text in tables.items()}}


def assert_mended(found: Stopped, scene: str) -> None:
    """Hold that the next imports find all as it should be, and leave nothing of the stopped one."""
    if scene == "new":
        assert found.then == found.at_last == only(new()), found.moment
        return
    assert found.then in [only(OLD), only(NOTES if scene == "own" else new())], found.moment
    if found.then == only(NOTES):
        assert NO_IMPORT in found.next
        assert NO_IMPORT in found.last
        assert found.at_last == only(NOTES)
    else:
        assert "mine already exists" in found.next
        assert found.last == ""
        assert found.at_last == only(new())
    moved = within(found.left, "mine") != within(found.then, "mine")
    assert (PUT_BACK in found.next) == moved, found.moment


def assert_nothing_lost(found: Stopped, scene: str, way: str) -> None:
    """Hold that the old files or the new ones are in their place, or the old where they are kept.

    Where the user's notes appeared among the old files those are not replaced, at most exchanged
    for a moment.
    """
    place, old, other = (
        within(found.left, name) for name in ("mine", f"{WORK}/old", f"{WORK}/new")
    )
    if scene == "new":
        assert place in ({}, new())
    elif scene == "replaced":
        away = way == "kept" and "mine" not in found.left and old == OLD
        assert away or place in (OLD, new()), found.moment
    else:
        away = (old if way == "kept" else other) == NOTES
        assert away or place in (OLD, NOTES), found.moment


@pytest.mark.parametrize(("scene", "way"), SCENES)
def test_a_killed_import_loses_nothing(scene: str, way: str) -> None:
    """Killed at any moment, it leaves all of the files, and the next import mends the rest."""
    answers = stopped(scene, way, "killed", 1)
    assert len(answers) > 10
    for found in answers:
        assert found.code == -9
        assert_nothing_lost(found, scene, way)
        assert_mended(found, scene)


@pytest.mark.parametrize("way", WAYS)
def test_a_kill_at_the_worst_moment_is_among_them(way: str) -> None:
    """Only where folders cannot be exchanged is there a moment without one, with the old kept."""
    answers = stopped("replaced", way, "killed", 1)
    away = [found for found in answers if "mine" not in found.left]
    assert [within(found.left, f"{WORK}/old") for found in away] == [OLD] * (way == "kept")


@pytest.mark.parametrize(("scene", "way"), SCENES)
def test_an_interrupt_leaves_all_as_it_was_or_all_done(scene: str, way: str) -> None:
    """Interrupted anywhere, it ends as an interrupt, without a trace or with all that is new."""
    before = {} if scene == "new" else only(OLD)
    after = only(NOTES if scene == "own" else new())
    answers = stopped(scene, way, "interrupted", 8)
    assert len(answers) > 30
    for found in answers:
        assert found.code == 130, found.moment
        assert found.left in (before, after), found.moment


@pytest.mark.parametrize("scene", ["replaced", "own"])
@pytest.mark.parametrize("way", WAYS)
def test_interrupts_while_it_tidies_up_lose_nothing(scene: str, way: str) -> None:
    """Interrupted over and over, it may leave its working folder, which the next import mends."""
    answers = stopped(scene, way, "interrupted-again", 40)
    assert any(WORK in found.left for found in answers)
    for found in answers:
        assert_nothing_lost(found, scene, way)
        assert_mended(found, scene)


# --- What one import finds of another


def files(folder: Path) -> Files:
    """Return the files below a folder."""
    return stopped_imports.files(folder)


def make(folder: Path, content: Files) -> Path:
    """Make a folder with files."""
    folder.mkdir(parents=True)
    for name, text in content.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def put(place: Path, *, overwrite: bool = True) -> list[str]:
    """Import the new tables, and return the remarks."""
    with reserved(str(place), overwrite=overwrite) as folder:
        folder.write(NEW, "New")
    return folder.remarks


def test_what_was_kept_away_is_put_back(tmp_path: Path) -> None:
    """Old tables without their place are put back before anything else, and that is remarked."""
    place = tmp_path / "mine"
    make(tmp_path / WORK / "old", OLD)
    make(tmp_path / WORK / "new", OLD)
    with reserved(str(place), overwrite=True) as folder:
        assert within(files(tmp_path), "mine") == OLD
    [remark] = folder.remarks
    assert PUT_BACK in remark
    assert files(tmp_path) == only(OLD)


def test_what_was_kept_away_is_told_with_any_error(tmp_path: Path) -> None:
    """An import that fails for a reason of its own says all the same what it has put back."""
    make(tmp_path / WORK / "old", OLD)
    make(tmp_path / WORK / "new", OLD)
    with pytest.raises(OutputError) as raised, reserved(str(tmp_path / "mine"), overwrite=True):
        raise OutputError("another thing", "Do it.")
    assert raised.value.message == "another thing"
    assert raised.value.hint.startswith("Do it. An earlier import")
    assert PUT_BACK in raised.value.hint


def test_what_cannot_be_put_back_is_told(tmp_path: Path) -> None:
    """Where something else has come to the place of old tables, both are left and named."""
    place = make(tmp_path / "mine", {"notes.txt": "precious"})
    make(tmp_path / WORK / "old", OLD)
    make(tmp_path / WORK / "new", OLD)
    before = files(tmp_path)
    for _ in range(2):
        with pytest.raises(OutputError, match=f"moved .*mine to .*{WORK}/old") as raised:
            put(place)
        assert "Move one of them" in raised.value.hint
        assert files(tmp_path) == before


def test_when_the_other_is_moved_away_it_is_put_back(tmp_path: Path) -> None:
    """Who moves away what is in the place, as the error says, gets the old tables back."""
    place = make(tmp_path / "mine", {"notes.txt": "precious"})
    make(tmp_path / WORK / "old", OLD)
    make(tmp_path / WORK / "new", OLD)
    place.rename(tmp_path / "away")
    with pytest.raises(OutputError, match="already exists"):
        put(place, overwrite=False)
    assert within(files(tmp_path), "away") == {"notes.txt": "precious"}
    assert within(files(tmp_path), "mine") == OLD
    assert not (tmp_path / WORK).exists()


def test_when_it_is_moved_away_itself_an_import_goes_on(tmp_path: Path) -> None:
    """Who moves away the old tables, as the error says, has them there, and can import."""
    make(tmp_path / "away", OLD)
    make(tmp_path / WORK / "new", OLD)
    assert put(tmp_path / "mine") == []
    assert within(files(tmp_path), "away") == OLD
    assert within(files(tmp_path), "mine") == new()
    assert not (tmp_path / WORK).exists()


@pytest.mark.parametrize("there", [True, False])
def test_what_was_exchanged_is_put_back(tmp_path: Path, there: bool) -> None:
    """A folder of the user that was exchanged for an import gets its place again from it."""
    place = tmp_path / "mine"
    if there:
        make(place, OLD)
    make(tmp_path / WORK / "new", {"notes.txt": "precious"})
    with pytest.raises(OutputError, match=NO_IMPORT) as raised:
        put(place)
    assert PUT_BACK in raised.value.hint
    assert files(tmp_path) == only({"notes.txt": "precious"})


def test_a_file_that_was_exchanged_is_put_back(tmp_path: Path) -> None:
    """A file of the user that was exchanged for an import gets its place again too."""
    place = make(tmp_path / "mine", OLD)
    make(tmp_path / WORK, {"new": "precious"})
    with pytest.raises(OutputError, match="mine already exists and is not a folder"):
        put(place)
    assert files(tmp_path) == {"mine": "precious"}


def test_what_cannot_be_exchanged_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the user has files in both, or nothing can be exchanged, both are left and named."""
    place = make(tmp_path / "mine", NOTES)
    make(tmp_path / WORK / "new", {"notes.txt": "precious"})
    before = files(tmp_path)
    with pytest.raises(OutputError, match=f"moved .*mine to .*{WORK}/new"):
        put(place)
    assert files(tmp_path) == before
    (place / "notes.txt").unlink()
    monkeypatch.setattr(moving, "exchange", lambda *_: False)
    with pytest.raises(OutputError, match=f"moved .*mine to .*{WORK}/new"):
        put(place)
    assert files(tmp_path) == {name: before[name] for name in before if name != "mine/notes.txt"}


def test_what_comes_while_it_is_exchanged_back_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What appears in the new folder just before it makes way again is left, and told."""
    place = make(tmp_path / "mine", OLD)
    make(tmp_path / WORK / "new", {"notes.txt": "precious"})
    exchange = moving.exchange

    def appear(one: Path, other: Path) -> bool:
        (place / "more.txt").write_text("precious too")
        return exchange(one, other)

    monkeypatch.setattr(moving, "exchange", appear)
    with pytest.raises(OutputError, match=f"moved .*mine to .*{WORK}/new"):
        put(place)
    assert within(files(tmp_path), "mine") == {"notes.txt": "precious"}
    assert within(files(tmp_path), f"{WORK}/new") == {**OLD, "more.txt": "precious too"}


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_file_in_place_of_the_folder_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    """A file that comes in place of the folder at the last moment stays, or it is told where."""
    place = make(tmp_path / "mine", OLD)
    exchange = moving.exchange

    def appear(one: Path, other: Path) -> bool:
        monkeypatch.setattr(moving, "exchange", exchange)
        place.rename(tmp_path / "away")
        place.write_text("precious")
        return exchanging and exchange(one, other)

    monkeypatch.setattr(moving, "exchange", appear)
    said = "mine already exists and is not a folder" if exchanging else f"to .*{WORK}/old"
    with pytest.raises(OutputError, match=said):
        put(place)
    left = files(tmp_path)
    assert within(left, "away") == OLD
    assert left["mine" if exchanging else f"{WORK}/old"] == "precious"


def test_a_folder_between_two_steps_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the user makes the folder while the old one is kept away, both stay and are named."""
    place = make(tmp_path / "mine", OLD)
    move = moving.move

    def appear(folder: Path, to: Path) -> bool:
        if not to.exists():
            make(place, {"notes.txt": "precious"})
        return move(folder, to)

    monkeypatch.setattr(moving, "exchange", lambda *_: False)
    monkeypatch.setattr(moving, "move", appear)
    with pytest.raises(OutputError, match=f"moved .*mine to .*{WORK}/old"):
        put(place)
    assert within(files(tmp_path), "mine") == {"notes.txt": "precious"}
    assert within(files(tmp_path), f"{WORK}/old") == OLD


def test_a_folder_that_came_and_went_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what was in the way is gone again, the old folder is back and no import is reported."""
    place = make(tmp_path / "mine", OLD)
    before = files(tmp_path)
    move = moving.move

    def appear(folder: Path, to: Path) -> bool:
        if to.exists() or folder.name == "old":
            return move(folder, to)
        return False

    monkeypatch.setattr(moving, "exchange", lambda *_: False)
    monkeypatch.setattr(moving, "move", appear)
    with pytest.raises(OutputError, match="mine was made by someone else in the meantime"):
        put(place)
    assert files(tmp_path) == before


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_link_in_place_of_the_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    """A link that comes in place of the folder at the last moment is kept, with all it leads to."""
    place = make(tmp_path / "mine", OLD)
    exchange = moving.exchange

    def appear(one: Path, other: Path) -> bool:
        monkeypatch.setattr(moving, "exchange", exchange)
        place.rename(tmp_path / "away")
        place.symlink_to(tmp_path / "away")
        return exchanging and exchange(one, other)

    monkeypatch.setattr(moving, "exchange", appear)
    with pytest.raises(OutputError):
        put(place)
    assert within(files(tmp_path), "away") == OLD
    assert (place if exchanging else tmp_path / WORK / "old").is_symlink()


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_comes_too_late_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """What comes into the old folder after it has been replaced is kept, and it is told where."""
    place = make(tmp_path / "mine", OLD)
    if way == "kept":
        monkeypatch.setattr(moving, "exchange", lambda *_: False)
    replace = working.WorkingFolder.replace

    def late(folder: working.WorkingFolder) -> None:
        replace(folder)
        (folder.path / "old" / "notes.txt").write_text("precious")

    monkeypatch.setattr(working.WorkingFolder, "replace", late)
    for _ in range(2):
        with pytest.raises(OutputError, match=f"cannot remove .*{WORK}/old: Directory not empty"):
            put(place)
        assert within(files(tmp_path), "mine") == new()
        assert within(files(tmp_path), f"{WORK}/old") == {"notes.txt": "precious"}


def test_the_new_is_on_the_disk_before_the_old_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files of the new folder, and the place that names it, are flushed before any removal."""
    place = make(tmp_path / "mine", OLD)
    flushed: set[int] = set()
    at_removal: list[set[int]] = []
    unlink = Path.unlink

    def removing(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "old":
            at_removal.append(set(flushed))
        unlink(path, missing_ok)

    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.add(os.fstat(descriptor).st_ino))
    monkeypatch.setattr(Path, "unlink", removing)
    put(place)
    needed = {path.stat().st_ino for path in (tmp_path, place, *place.iterdir())}
    assert len(at_removal) == len(OLD)
    assert needed <= at_removal[0]


def test_what_an_import_was_writing_is_removed(tmp_path: Path) -> None:
    """Unfinished tables of an import that was killed are removed, and no word is said of them."""
    make(tmp_path / WORK / "part", {"rates.csv": "unfinis"})
    assert put(tmp_path / "mine") == []
    assert files(tmp_path) == only(new())


def test_all_that_an_import_writes_is_removed(tmp_path: Path) -> None:
    """Every table's file and the description are removed from an unfinished import."""
    names = [*(f"{table}.csv" for table in TABLES), "datapackage.json"]
    make(tmp_path / WORK / "part", dict.fromkeys(names, "unfinis"))
    assert put(tmp_path / "mine") == []
    assert files(tmp_path) == only(new())


@pytest.mark.parametrize("strange", ["thesis.txt", "rates.xlsx", "rates.csv/thesis.txt"])
def test_what_no_import_was_writing_is_kept(tmp_path: Path, strange: str) -> None:
    """A user's file among unfinished tables is kept, and the error says where it is."""
    part = make(tmp_path / WORK / "part", {"sources.csv": "unfinis"})
    (part / strange).parent.mkdir(exist_ok=True)
    (part / strange).write_text("precious")
    for _ in range(2):
        with pytest.raises(
            OutputError, match=f"cannot remove .*{WORK}/part: Directory not empty"
        ) as raised:
            put(tmp_path / "mine")
        assert "move it away" in raised.value.hint
        assert (part / strange).read_text() == "precious"
        assert not (tmp_path / "mine").exists()
    part.rename(tmp_path / "away")
    assert put(tmp_path / "mine") == []
    assert within(files(tmp_path), "mine") == new()
    assert (tmp_path / "away" / strange).read_text() == "precious"
    assert not (tmp_path / WORK).exists()


@pytest.mark.parametrize("name", ["part", "old"])
@pytest.mark.parametrize("there", ["a file", "a link", "a link to nothing"])
def test_only_a_folder_is_emptied(tmp_path: Path, name: str, there: str) -> None:
    """A file or a link in the working folder is kept, with all it leads to, and its place told."""
    path = make(tmp_path / WORK, {}) / name
    if there == "a file":
        path.write_text("precious")
    else:
        path.symlink_to(tmp_path / "outside")
    if there == "a link":
        make(tmp_path / "outside", OLD)
    before = files(tmp_path)
    with pytest.raises(OutputError, match=f"cannot remove .*{WORK}/{name}: Not a directory"):
        put(tmp_path / "mine")
    assert files(tmp_path) == before
    assert path.is_symlink() == (there != "a file")


def test_only_files_in_the_folder_are_removed(tmp_path: Path) -> None:
    """Whatever a description names as its own, nothing outside of its folder is removed."""
    outside = make(tmp_path / "outside", {"notes.txt": "precious"})
    names = ["claims.csv", "../outside/notes.txt", str(outside / "notes.txt"), "..", "."]
    described = {"name": "crimecmp-import", "resources": [{"path": name} for name in names]}
    make(tmp_path / "mine", {**OLD, "datapackage.json": json.dumps(described)})
    (tmp_path / "mine" / "sources.csv").unlink()
    put(tmp_path / "mine")
    assert within(files(tmp_path), "mine") == new()
    assert within(files(tmp_path), "outside") == {"notes.txt": "precious"}


def test_a_folder_is_written_by_no_import(tmp_path: Path) -> None:
    """A folder in the folder is not removed, though it is called as a file that an import wrote."""
    place = make(tmp_path / "mine", OLD)
    (place / "claims.csv").unlink()
    make(place / "claims.csv", {"notes.txt": "precious"})
    before = files(tmp_path)
    with pytest.raises(OutputError, match=r"holds claims\.csv, which was not written by an import"):
        put(place)
    assert files(tmp_path) == before


def test_a_description_of_something_else_is_written_by_no_import(tmp_path: Path) -> None:
    """A data package of the user's own is not replaced, though it describes all of its files."""
    described = json.dumps({**json.loads(OLD["datapackage.json"]), "name": "my-own"})
    place = make(tmp_path / "mine", {**OLD, "datapackage.json": described})
    before = files(tmp_path)
    with pytest.raises(OutputError, match="which was not written by an import"):
        put(place)
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["claims.csv", "datapackage.json"])
def test_a_link_is_written_by_no_import(tmp_path: Path, name: str) -> None:
    """A link is not removed, though it is called as a file that an import wrote."""
    place = make(tmp_path / "mine", OLD)
    (place / name).rename(tmp_path / name)
    (place / name).symlink_to(tmp_path / name)
    before = files(tmp_path)
    with pytest.raises(OutputError, match=f"holds {name}, which was not written by an import"):
        put(place)
    assert files(tmp_path) == before
    assert (place / name).is_symlink()
