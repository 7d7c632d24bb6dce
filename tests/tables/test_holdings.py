"""What a data set says that it holds."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import crimecmp

HEADER = "force,metric,period_end,value\n"


def load(folder: Path, *rows: str) -> crimecmp.Dataset:
    """Return the tables of a file of rates."""
    path = folder / "mine.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return crimecmp.load(path)


def test_the_bundled_figures_name_their_editions() -> None:
    """Editions with their titles, forces, metrics and periods are counted and named."""
    said = repr(crimecmp.load())
    assert "hmic-2014-durham: Crime inspection 2014: Durham Constabulary" in said
    for words in ("43 forces", "England and Wales", "8 metrics", "17 periods", "June 2010"):
        assert words in said


def test_html_says_the_same() -> None:
    """A notebook's table has the lines of the text."""
    data = crimecmp.load()
    cells = list(ET.fromstring(data._repr_html_().replace("<br>", "<br/>")).itertext())
    said = " ".join(repr(data).split())
    assert all(cell in said for cell in cells)
    assert len(cells) > 8


def test_a_users_own_tables_are_what_is_held(tmp_path: Path) -> None:
    """Of a file of one's own it is the file's figures that count, not the bundled ones."""
    data = load(
        tmp_path, "kent,burglary-in-a-dwelling,2020-03-31,4", "kent,sexual-offences,2021-03-31,2"
    )
    lines = repr(data).splitlines()
    assert lines[0] == f"crimecmp data: {tmp_path / 'mine.csv'}"
    assert [" ".join(line.split()) for line in lines[1:]] == [
        "Editions mine.csv",
        "1 force Kent",
        "2 metrics Sexual offences, Burglary in a dwelling",
        "2 periods year to March 2020 to year to March 2021",
    ]


def test_nothing_is_held_where_there_are_no_rows(tmp_path: Path) -> None:
    """A table without rows is said to hold none."""
    lines = [" ".join(line.split()) for line in repr(load(tmp_path)).splitlines()[1:]]
    assert lines == ["Editions none", "0 forces none", "0 metrics none", "0 periods none"]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    """The bundled tables are read when they are shown, not when they are loaded."""
    data = crimecmp.load()
    assert not data.tables
    assert repr(data)
    assert data.tables


def test_names_cannot_act_on_a_screen_or_a_page(tmp_path: Path) -> None:
    """Control characters are visible and markup is text."""
    (tmp_path / "a<b>").mkdir()
    data = load(tmp_path / "a<b>", "kent,burglary-in-a-dwelling,2020-03-31,4")
    assert "a<b>" in repr(data)
    assert "a&lt;b&gt;" in data._repr_html_()
    data.label = "x\x1b[2J"
    assert "\x1b" not in repr(data) + data._repr_html_()


@pytest.mark.parametrize("count", [8, 9, 10])
def test_many_names_are_counted(tmp_path: Path, count: int) -> None:
    """Of more than nine names the first eight are given and the others are counted."""
    forces = [name.id for name in crimecmp.load().forces if name.id != "england-and-wales"][:count]
    data = load(tmp_path, *(f"{force},burglary-in-a-dwelling,2020-03-31,4" for force in forces))
    assert f"{count} forces" in repr(data)
    assert ("and 2 more" in repr(data)) == (count == 10)
