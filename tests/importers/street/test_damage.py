"""Damaged street-level files are refused, each with its file and line; harmless forms are read."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from importing import known
from street_files import ASB, BURGLARY, HEADING, NAME, archive, content, row, sound

from crimecmp.errors import DataError, Fault
from crimecmp.importers import street
from crimecmp.importers.street.holders import held_files
from crimecmp.importers.street.reading import counted

MEMBER = f"2014-01/{NAME}"
SHORT = row().rpartition(",")[0]
ROWS = [row(ASB), row(), row()]


def faults(*paths: Path) -> list[Fault]:
    """Return what is said of files that are refused."""
    with pytest.raises(DataError) as caught:
        street.read([str(path) for path in paths], known(), lambda _: None)
    return list(caught.value.faults)


def said(inside: bytes, tmp_path: Path) -> list[tuple[int, str, str]]:
    """Return line, column and problem of the faults of a file in an archive."""
    packed = archive(tmp_path / "latest.zip", {NAME: inside})
    found = faults(packed)
    assert {fault.file for fault in found} == {f"{packed}/{MEMBER}"}
    return [(fault.row, fault.column, fault.problem) for fault in found]


DAMAGE = {
    "another heading": (
        content(ROWS, heading=HEADING.replace("Crime type", "Type")),
        (1, "", "'Crime type' is missing"),
    ),
    "columns in another order": (
        content(ROWS, heading=HEADING.replace("Longitude,Latitude", "Latitude,Longitude")),
        (1, "", "another order"),
    ),
    "no heading": (content(ROWS[1:], heading=ROWS[0]), (1, "", "is missing")),
    "a second heading": (content([*ROWS, HEADING]), (5, "Month", "'Month' is not the month")),
    "a row cut short": (content([*ROWS, SHORT]), (5, "", "11 cells, not 12")),
    "a row too long": (content([*ROWS, f"{row()},"]), (5, "", "13 cells, not 12")),
    "a short row and a long one": (
        content([SHORT, f"{row()},", *ROWS]),
        (2, "", "11 cells, not 12"),
    ),
    "two rows on one line": (content([row() + row(), *ROWS]), (2, "", "23 cells, not 12")),
    "another month": (
        content([*ROWS, row(month="2014-02")]),
        (5, "Month", "'2014-02' is not the month of the file's name"),
    ),
    "another force": (
        content([*ROWS, row(force="Kent Police")]),
        (5, "Reported by", "'Kent Police' is not the force of the file's name"),
    ),
    "every row of another force": (
        content([row(force="Kent Police")]),
        (2, "Reported by", "'Kent Police' is not the force of the file's name"),
    ),
    "within another force": (
        content([*ROWS, row().replace(",Durham Constabulary,-1", ",Kent Police,-1")]),
        (5, "Falls within", "'Kent Police' is not the force of the file's name"),
    ),
    "an unknown category": (
        content([*ROWS, row("Piracy")]),
        (5, "Crime type", "'Piracy' is not a category of data.police.uk"),
    ),
    "no category": (content([*ROWS, row("")]), (5, "Crime type", "'' is not a category")),
    "a category in other letters": (
        content([*ROWS, row("burglary")]),
        (5, "Crime type", "'burglary' is not a category"),
    ),
    "a NUL": (content([*ROWS, row(location="On\0near")]), (5, "", "control character")),
    "a blank line": (content([*ROWS, ""]), (5, "", "the line is blank")),
    "a blank line in between": (content([ROWS[0], "", *ROWS]), (3, "", "the line is blank")),
    "a quotation mark without another": (
        content([*ROWS, row(location='"On or near')]),
        (5, "", "is not CSV from here"),
    ),
    "a quotation mark in a cell": (
        content([row(location='"On" or near'), *ROWS]),
        (2, "", "is not CSV from here"),
    ),
    "a line end of an old Mac": (content(ROWS, end="\r"), (1, "", "the last line has no end")),
    "no UTF-8": (content(ROWS).replace(b"Roman", b"Rom\xe9n"), (2, "", "is not UTF-8")),
    "cut in a row": (sound()[:-20], (4, "", "the last line has no end")),
    "cut before the last line end": (sound()[:-2], (4, "", "the last line has no end")),
    "empty": (b"", (1, "", "the file is empty")),
    "a web page": (
        b"<!DOCTYPE html>\r\n<html><body>Not found</body></html>\r\n",
        (1, "", "is a web page"),
    ),
    "a web page on one line": (b"<html><body>503</body></html>", (1, "", "is a web page")),
    "a line that never ends": (HEADING.encode() + b"\r\n" + b"x" * 400_000, (2, "", "no end")),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_refused_with_its_line(kind: str, tmp_path: Path) -> None:
    """What is wrong is named with the archive's member, the line and the column."""
    inside, (line, column, problem) = DAMAGE[kind]
    first = said(inside, tmp_path)[0]
    assert first[:2] == (line, column)
    assert problem in first[2]


def test_damage_far_down_has_its_line(tmp_path: Path) -> None:
    """A fault beyond the first block has the line that it is on."""
    rows = [row()] * 5000
    path = tmp_path / NAME
    path.write_bytes(content([*rows, row("Piracy"), *rows]))
    assert [fault.row for fault in faults(path)] == [5002]


def test_a_fault_of_many_rows_is_named_once(tmp_path: Path) -> None:
    """A file of another force has one fault for each column, with its first line."""
    found = said(content([row(force="Kent Police")] * 300), tmp_path)
    problem = "'Kent Police' is not the force of the file's name, as on 299 more lines"
    assert found == [(2, "Reported by", problem), (2, "Falls within", problem)]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    """Two damaged files give the faults of both."""
    other = "2014-02-durham-street.csv"
    packed = archive(tmp_path / "a.zip", {NAME: b"", other: content([row("Piracy", "2014-02")])})
    assert [Path(fault.file).name for fault in faults(packed)] == [NAME, other]


SOUND = {
    "a byte-order mark": b"\xef\xbb\xbf" + content(ROWS),
    "line feeds alone": content(ROWS, end="\n"),
    "a comma in quotation marks": content([*ROWS[:2], row(location='"Mill Lane, Durham"')]),
    "a line end in quotation marks": content([*ROWS[:2], row(location='"Mill\r\nLane"')]),
    "a doubled quotation mark": content([*ROWS[:2], row(location='"The ""Mill"" Lane"')]),
    "letters beyond ASCII": content([*ROWS[:2], row(location="On or near Ffordd-y-Môr")]),
    "a category's name as a place": content([*ROWS[:2], row(location="Anti-social behaviour")]),
}


@pytest.mark.parametrize("form", SOUND)
def test_harmless_forms_are_read(form: str, tmp_path: Path) -> None:
    """Other forms of the same rows give the same counts."""
    path = tmp_path / NAME
    path.write_bytes(SOUND[form])
    [held] = held_files(str(path))
    found = counted(held, known().areas)
    assert (found.rows, found.counts) == (3, {ASB: 1, BURGLARY: 2})


# --- The archive


def changed(packed: Path, change: Callable[[bytearray], None]) -> Path:
    """Change the bytes of an archive."""
    inside = bytearray(packed.read_bytes())
    change(inside)
    packed.write_bytes(bytes(inside))
    return packed


def _wrong_checksum(inside: bytearray) -> None:
    at = inside.rindex(b"PK\x01\x02") + 16
    inside[at] ^= 1


def _wrong_size(inside: bytearray) -> None:
    at = inside.rindex(b"PK\x01\x02") + 24
    size = struct.unpack_from("<I", inside, at)[0]
    struct.pack_into("<I", inside, at, size + 1)


def _damaged_bytes(inside: bytearray) -> None:
    for at in range(90, 110):
        inside[at] ^= 0xFF


def _locked(inside: bytearray) -> None:
    inside[inside.rindex(b"PK\x01\x02") + 8] |= 1


def _no_local_header(inside: bytearray) -> None:
    inside[0] = 0


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (_wrong_checksum, "does not have the checksum that the archive gives"),
        (_wrong_size, "is cut short"),
        (_damaged_bytes, "cannot be unpacked"),
        (_locked, "is protected by a password"),
        (_no_local_header, "is not where the archive says"),
    ],
    ids=["checksum", "size", "bytes", "password", "place"],
)
def test_a_damaged_member_is_refused(
    change: Callable[[bytearray], None], problem: str, tmp_path: Path
) -> None:
    """A member that is not what its archive says is named with what is wrong."""
    kinds = [ASB, BURGLARY] * 200
    packed = changed(archive(tmp_path / "a.zip", {NAME: sound(kinds)}), change)
    [fault] = faults(packed)
    assert fault.file == f"{packed}/{MEMBER}"
    assert problem in fault.problem


def test_an_archive_cut_short_is_refused(tmp_path: Path) -> None:
    """An archive without its end is named as damaged."""
    packed = archive(tmp_path / "a.zip", {NAME: sound()})
    packed.write_bytes(packed.read_bytes()[:-30])
    path = tmp_path / "2014-02-durham-street.csv"
    path.write_bytes(sound(month="2014-02"))
    with pytest.raises(DataError, match="damaged"):
        held_files(str(packed))


def test_a_month_of_a_force_twice_is_refused(tmp_path: Path) -> None:
    """The same force and month in two archives would count twice."""
    one, two = (archive(tmp_path / name, {NAME: sound()}) for name in ("a.zip", "b.zip"))
    [fault] = faults(one, two)
    assert fault.file == f"{two}/{MEMBER}"
    assert f"{one}/{MEMBER} is of the same force and month" in fault.problem


def test_a_member_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    """An archive can hold a name twice, and only one of them would be seen on unpacking."""
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(MEMBER, sound())
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr(MEMBER, sound())
    [fault] = faults(packed)
    assert "same force and month" in fault.problem


@pytest.mark.parametrize(
    "name", ["2014-01-durham-street (1).csv", "2014-13-durham-street.csv", "other.csv"]
)
def test_a_file_with_another_name_is_refused(name: str, tmp_path: Path) -> None:
    """A CSV file whose name does not say its force and month is not passed over in silence."""
    packed = archive(tmp_path / "a.zip", {NAME: sound(), name: sound()})
    [fault] = faults(packed)
    assert "is not named like a file of data.police.uk" in fault.problem


def test_an_unknown_force_is_refused(tmp_path: Path) -> None:
    """A force that the publisher does not have is named."""
    packed = archive(tmp_path / "a.zip", {"2014-01-gotham-street.csv": sound()})
    [fault] = faults(packed)
    assert "gotham is not a force" in fault.problem


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A member that unpacks to far more than a published one is refused from what it says."""
    packed = archive(tmp_path / "a.zip", {NAME: b"0" * 10_000_000})
    [fault] = faults(packed)
    assert "unpacks to over 100 times its size" in fault.problem


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    """A member is unpacked no further than the size that the archive gives."""

    def smaller(inside: bytearray) -> None:
        struct.pack_into("<I", inside, inside.rindex(b"PK\x01\x02") + 24, 1000)

    packed = changed(archive(tmp_path / "a.zip", {NAME: b"0" * 10_000_000}), smaller)
    [fault] = faults(packed)
    assert "does not have the size that the archive gives" in fault.problem
