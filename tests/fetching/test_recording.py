"""The record beside a kept file is believed only where it is sound and of the file as it is."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from crimecmp.fetching.recording import Origin, origin_of, record

SOUND: dict[str, str | int] = {
    "address": "https://www.gov.uk/tables.ods",
    "published": "2026-04-23",
    "fetched": "2026-07-24T09:00:00+00:00",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a file without a record."""
    file = tmp_path / "tables.ods"
    file.write_bytes(b"figures")
    return file


def digest(place: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(place.read_bytes()).hexdigest()


def test_a_file_came_from_where_its_record_says(place: Path) -> None:
    """The address and both days are read back; the day of publication may be unknown."""
    record(place, {**SOUND, "sha256": digest(place)})
    days = date(2026, 4, 23), date(2026, 7, 24)
    assert origin_of(place) == Origin("https://www.gov.uk/tables.ods", *days)
    record(place, {**SOUND, "published": "", "sha256": digest(place)})
    assert origin_of(place) == Origin("https://www.gov.uk/tables.ods", None, days[1])


@pytest.mark.parametrize(
    "wrong",
    [{"sha256": "0" * 64}, {"published": "in April"}, {"fetched": "today"}, {"fetched": 7}],
    ids=str,
)
def test_a_record_that_is_not_sound_says_nothing(place: Path, wrong: dict[str, str | int]) -> None:
    """Of another file, or with a date that is none, it is as if it were not there."""
    record(place, {**SOUND, "sha256": digest(place), **wrong})
    assert origin_of(place) is None


@pytest.mark.parametrize("text", [None, "", "[]", "7", "{"])
def test_without_a_record_nothing_is_said(place: Path, text: str | None) -> None:
    """A file without one, or with another file of that name beside it, has no known origin."""
    if text is not None:
        place.with_name("tables.ods.json").write_text(text, "utf-8")
    assert origin_of(place) is None
