"""Street-level files make counts by month; every row is accounted for, and gaps are no zeros."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from beside import whole
from importing import FORCES, known
from street_files import ASB, BURGLARY, NAME, archive, content, sound

from crimecmp.errors import DataError
from crimecmp.importers import street
from crimecmp.importers.imported import Imported
from crimecmp.importers.street.categories import CATEGORIES, listed


def read(*paths: Path, transport_police: bool = False) -> Imported:
    """Return what is made of archives, folders and files, with every row accounted for."""
    made = street.read([str(path) for path in paths], known(transport_police), lambda _: None)
    for account in made.accounts:
        assert account.read == account.written + sum(account.left_out.values())
    return made


def counts(made: Imported) -> dict[tuple[str, str, str], str]:
    """Return the counts by force, metric and month."""
    return {(row.force, row.metric, row.month): row.count for row in made.months}


def test_an_archive_is_counted_by_force_month_and_category(tmp_path: Path) -> None:
    """Each row adds one to its force, month and category; a category without rows is zero."""
    made = read(
        archive(
            tmp_path / "latest.zip",
            {NAME: sound(), "2014-01-kent-street.csv": sound([ASB], force="Kent Police")},
        )
    )
    found = counts(made)
    assert found["durham", "anti-social-behaviour", "2014-01"] == "1"
    assert found["durham", "street-burglary", "2014-01"] == "2"
    assert found["durham", "street-robbery", "2014-01"] == "0"
    assert found["kent", "anti-social-behaviour", "2014-01"] == "1"
    assert len(found) == 2 * 14


def test_archive_folder_and_files_give_the_same(tmp_path: Path) -> None:
    """The same files make the same rows however they are handed over."""
    folder = tmp_path / "streets" / "2014-01"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(sound())
    packed = archive(tmp_path / "latest.zip", {NAME: sound()})
    made = [read(path) for path in (packed, folder.parent, folder / NAME)]
    assert made[0].months == made[1].months == made[2].months


def test_a_month_without_a_file_is_a_gap(tmp_path: Path) -> None:
    """A force that sent nothing has no count, a note and a remark; it has no zero."""
    names = ["2014-01-durham-street.csv", "2014-03-durham-street.csv"]
    made = read(archive(tmp_path / "a.zip", {name: sound(month=name[:7]) for name in names}))
    gap = [row for row in made.months if row.month == "2014-02"]
    assert {row.count for row in gap} == {""}
    assert len(gap) == 14
    assert all(row.note.startswith("The force sent no file for this month.") for row in gap)
    assert "Durham sent no file for February 2014: a gap, not zero." in made.remarks


def test_a_file_without_rows_is_a_gap(tmp_path: Path) -> None:
    """A heading alone says that nothing was sent, not that there were no crimes."""
    files = {NAME: sound(), "2014-02-durham-street.csv": content([])}
    made = read(archive(tmp_path / "a.zip", files))
    assert {row.count for row in made.months if row.month == "2014-02"} == {""}


def test_forces_without_any_file_are_named(tmp_path: Path) -> None:
    """A force that the archive does not have at all is said to be missing."""
    files = {
        f"2014-01-{force}-street.csv": sound(force=label)
        for force, label in zip(known().territorial, FORCES, strict=True)
        if force != "kent"
    }
    made = read(archive(tmp_path / "a.zip", files))
    assert "There is no file at all of Kent." in made.remarks


def test_other_kinds_of_files_are_named_and_left_alone(tmp_path: Path) -> None:
    """Outcomes and stop and search are not read, whatever is in them."""
    files = {
        NAME: sound(),
        "2014-01-durham-outcomes.csv": b"x",
        "2014-01-durham-stop-and-search.csv": b"x",
    }
    made = read(archive(tmp_path / "a.zip", files))
    assert "1 file of outcomes left alone." in made.remarks
    assert "1 file of stop and search left alone." in made.remarks


@pytest.mark.parametrize("packed", ["inner.zip", "2014-02-durham-street.csv.gz"])
@pytest.mark.parametrize("unpacked", [False, True])
def test_packed_files_inside_are_refused(tmp_path: Path, packed: str, unpacked: bool) -> None:
    """What is in them would be missing without a word, in an archive as in a folder."""
    folder = archive(tmp_path / "a.zip", {NAME: sound(), packed: b"x"})
    if unpacked:
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / NAME).write_bytes(sound())
        (folder / packed).write_bytes(b"x")
    with pytest.raises(DataError) as caught:
        read(folder)
    [fault] = caught.value.faults
    assert fault.file.endswith(packed)
    assert fault.problem == "is packed; unpack it, or take it out"


def test_forces_outside_the_43_are_left_out_with_a_reason(tmp_path: Path) -> None:
    """British Transport Police comes only where it is asked for, Northern Ireland never."""
    files = {
        NAME: sound(),
        "2014-01-btp-street.csv": sound([BURGLARY], force="British Transport Police"),
        "2014-01-northern-ireland-street.csv": sound(
            [BURGLARY] * 2, force="Police Service of Northern Ireland"
        ),
    }
    packed = archive(tmp_path / "a.zip", files)
    [account] = read(packed).accounts
    assert account.left_out == {
        "title and headings": 3,
        "British Transport Police, not one of the 43 forces": 1,
        "Police Service of Northern Ireland, not one of the 43 forces": 2,
    }
    found = counts(read(packed, transport_police=True))
    assert found["british-transport-police", "street-burglary", "2014-01"] == "1"


def test_older_names_are_counted_as_the_metric_that_followed(tmp_path: Path) -> None:
    """Violent crime goes on as violence and sexual offences; later categories are no zeros."""
    name = "2012-01-durham-street.csv"
    made = read(archive(tmp_path / "a.zip", {name: sound(["Violent crime"], month="2012-01")}))
    by_metric = {row.metric: row for row in made.months}
    violence = by_metric["street-violence-and-sexual-offences"]
    assert (violence.count, violence.locator) == ("1", "Violent crime")
    assert "street-bicycle-theft" not in by_metric
    assert len(by_metric) == 11


@pytest.mark.parametrize(("month", "number"), [("2011-08", 5), ("2013-04", 11), ("2013-05", 14)])
def test_lists_of_categories_have_their_months(month: str, number: int) -> None:
    """There are eleven categories from September 2011 and fourteen from May 2013."""
    assert len(listed(month)) in (number, number + 1)


def test_categories_have_their_metrics() -> None:
    """The bundled metrics have every category, each with a rate per 1,000 people."""
    for category in CATEGORIES:
        assert known().units[category.metric] == "per 1,000 population"


def test_incidents_say_how_they_differ_from_the_official_series(tmp_path: Path) -> None:
    """Anti-social behaviour is the official statistics' metric, with a note on every count."""
    made = read(archive(tmp_path / "a.zip", {NAME: sound()}))
    notes = {row.note for row in made.months if row.metric == "anti-social-behaviour"}
    [note] = notes
    assert "official series" in note


def test_real_months_are_counted_as_the_csv_reader_counts_them() -> None:
    """Five months of Durham: every category, and every row of the files, by another way."""
    paths = [whole(f"2014-0{month}-durham-street.csv") for month in range(1, 6)]
    made = read(*paths)
    expected: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for line in path.read_text("utf-8").splitlines()[1:]:
            expected[path.name[:7], line.split(",")[9]] += 1
    found = {(row.month, row.locator): int(row.count) for row in made.months}
    assert {key: number for key, number in found.items() if number} == dict(expected)
    assert sum(account.written for account in made.accounts) == expected.total()


def test_a_file_with_columns_of_somebody_else_is_refused() -> None:
    """A copy of a real file that somebody has added columns to is not as it was published."""
    path = whole("2021-01-south-yorkshire-street.csv")
    with pytest.raises(DataError, match="'MSOA' is not one of its columns"):
        read(path)
