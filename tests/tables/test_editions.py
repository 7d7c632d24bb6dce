"""The editions that come with crimecmp are declared as their folders are."""

from __future__ import annotations

from crimecmp.tables.editions import EDITIONS, NAMES, default_files
from crimecmp.tables.files import bundled_folder


def test_each_folder_is_an_edition_with_the_tables_declared() -> None:
    """The declared editions and tables are the folders and files, no more and no fewer."""
    folder = bundled_folder()
    there = {
        path.name: {file.stem for file in path.glob("*.csv")}
        for path in folder.iterdir()
        if path.is_dir()
    }
    assert {edition.folder: set(edition.tables) for edition in EDITIONS} == there
    assert {file.stem for file in folder.glob("*.csv")} == set(NAMES.tables)


def test_a_table_is_the_rows_of_its_editions_in_order() -> None:
    """By default the report's figures come before those calculated from counts."""
    folder = bundled_folder()
    assert default_files()["rates"] == (
        folder / "hmic-2014-durham" / "rates.csv",
        folder / "published-counts" / "rates.csv",
    )
    assert default_files()["forces"] == (folder / "forces.csv",)
