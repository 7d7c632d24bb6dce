"""Which file is found: by name and title, in the publishers' shapes, however they change."""

from __future__ import annotations

from datetime import date

from publishing import CONTENT, NOW, RECORDED, Desk, attachment, content

from crimecmp.fetching.catalogue import data_set
from crimecmp.fetching.choosing import Found
from crimecmp.fetching.finding import find

TODAY = NOW.date()


def found(desk: Desk, name: str, edition: str | None = None) -> Found:
    """Return what is found of a data set."""
    return find(desk.pages, data_set(name), edition, TODAY)


def test_the_file_is_taken_from_among_its_neighbours(desk: Desk) -> None:
    """The table of recorded crime is taken, and none of those that count something else."""
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    file = found(desk, "recorded-crime")
    assert file.file.name == RECORDED
    assert (file.edition, file.published) == ("2026-07", date(2026, 7, 23))
