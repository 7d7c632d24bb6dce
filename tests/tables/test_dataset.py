"""The store of tables: what it knows of the forces, and the checksums of what was read."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest
from tabling import DURHAM, JUNE_2014, LEAST, Row, write

import crimecmp
from crimecmp.errors import DataError
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.files import bundled_folder


@pytest.mark.parametrize(
    ("rows", "without"),
    [
        ([{"resident_base": "true"}], ["city-of-london"]),
        ([{"resident_base": ""}], ["city-of-london"]),
        ([{"resident_base": "false"}], ["city-of-london", "gotham"]),
        ([{"resident_base": "false", "territorial": "false"}], ["city-of-london"]),
        ([{"force": "city-of-london", "name": "The City", "resident_base": "true"}], []),
    ],
    ids=["true", "empty", "false", "not territorial", "the bundled one"],
)
def test_a_force_has_a_resident_base_unless_its_row_says_that_it_has_none(
    rows: list[Row], without: list[str], tmp_path: Path
) -> None:
    """A territorial force has no resident base where the flag is false, and only there."""
    force = LEAST["forces"] | {"territorial": "true"}
    data = crimecmp.load(write(tmp_path / "forces.csv", [force | row for row in rows]))
    assert list(data.without_resident_base()) == without


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def test_checksums_are_of_the_tables_read_so_far() -> None:
    """A bundled file has its checksum once its table was asked for, and not before."""
    data = crimecmp.load()
    assert data.checksums() == []
    data.table("rates")
    data.table("changes")
    expected = [
        (f"data/{place}", sha256((bundled_folder() / place).read_bytes()))
        for place in (
            "hmic-2014-durham/changes.csv",
            "hmic-2014-durham/rates.csv",
            "published-counts/rates.csv",
        )
    ]
    assert data.checksums() == expected


def test_the_checksum_of_a_users_file_is_of_its_bytes(tmp_path: Path) -> None:
    """The checksum is of the bytes as they are, under the name that the user gave."""
    content = f"\ufeffforce,metric,period_end,value\r\n{DURHAM},burglary,{JUNE_2014},5.0\r\n"
    rates, groups = tmp_path / "rates.csv", tmp_path / "groups.csv"
    rates.write_bytes(content.encode())
    groups.write_bytes(b"group,label,forces\nalike,Forces alike,durham;cleveland\n")
    found = crimecmp.load(rates).checksums()
    assert found[-1] == (str(rates), sha256(rates.read_bytes()))
    for place, digest in found[:-1]:
        assert digest == sha256((bundled_folder().parent / place).read_bytes())
    beneath = {place for place, _ in found[:-1]}
    assert beneath >= {"data/forces.csv", "data/metrics.csv", "data/sources.csv"}
    assert not any(place.endswith("/rates.csv") for place in beneath)
    assert crimecmp.load(tmp_path).digests == {
        str(path): sha256(path.read_bytes()) for path in (rates, groups)
    }


def test_the_checksum_of_a_file_is_that_of_what_was_read(tmp_path: Path) -> None:
    """A file that changes later keeps the checksum of the figures that were read."""
    path = tmp_path / "rates.csv"
    path.write_text(f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n")
    before = sha256(path.read_bytes())
    data = crimecmp.load(path)
    path.write_text("something else")
    assert data.checksums()[-1] == (str(path), before)


def test_a_pipe_has_the_checksum_of_what_came_through_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Standard input, which cannot be read again, has the checksum of its bytes."""
    content = f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert crimecmp.load("-").checksums()[-1] == ("standard input", sha256(content))


def test_checksums_of_the_bundle_come_before_those_of_a_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bundled tables come first, in order, then the user's own by the path given."""
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    rows = f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n"
    Path("mine/rates.csv").write_text(rows)
    beneath = [
        (f"data/{place}.csv", sha256((bundled_folder() / f"{place}.csv").read_bytes()))
        for place in (
            "forces", "groups", "metrics", "questions",
            "hmic-2014-durham/sources", "published-counts/sources", "sources",
        )
    ]  # fmt: skip
    own = (str(Path("mine", "rates.csv")), sha256(rows.encode()))
    data = crimecmp.load("mine")
    data.table("changes")  # of which the user has none, and the bundle's are not the user's
    assert data.checksums() == [*beneath, own]
    assert data.bundled is not None
    assert data.bundled.checksums() == beneath
    assert crimecmp.load().bundled is None


def test_groups_alone_go_with_the_checksums_of_the_bundled_figures(tmp_path: Path) -> None:
    """A folder of names alone goes with the bundled figures and their checksums."""
    (tmp_path / "groups.csv").write_bytes(b"group,label,forces\npals,Pals,durham;cleveland\n")
    found = dict(crimecmp.load(tmp_path).checksums())
    place = "published-counts/rates.csv"
    assert found[f"data/{place}"] == sha256((bundled_folder() / place).read_bytes())
    assert str(tmp_path / "groups.csv") in found


def test_a_bundled_file_that_is_gone_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of the package that cannot be read again is an error."""
    path = tmp_path / "rates.csv"
    path.write_text(f"force,metric,period_end,value\n{DURHAM},burglary,{JUNE_2014},5.0\n")
    monkeypatch.setattr("crimecmp.tables.files.bundled_folder", lambda: tmp_path)
    data = Dataset("the bundled figures", files={"rates": [path]})
    data.table("rates")
    assert data.checksums() == [("data/rates.csv", sha256(path.read_bytes()))]
    path.unlink()
    with pytest.raises(DataError, match="No such file"):
        data.checksums()
