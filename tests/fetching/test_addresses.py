"""Addresses from others: where they may lead, and what is left of the names in them."""

from __future__ import annotations

import pytest

from crimecmp.errors import FetchError
from crimecmp.fetching.addresses import asked_file, file_address, file_name, require_allowed
from crimecmp.fetching.catalogue import DATA_SETS, DataSet


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/media/0123/prc-pfa-tables-230426.ods", "prc-pfa-tables-230426.ods"),
        ("a b&c.xlsx", "a-b-c.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..%2F..%2Fpasswd", "passwd"),
        (r"C:\files\a.ods", "a.ods"),
        (".hidden.ods", "hidden.ods"),
        ("-rf.ods", "rf.ods"),
        ("a\x1b[2J\n.ods", "a-2J-.ods"),
        (f"{'a' * 300}.ods", f"{'a' * 116}.ods"),
    ],
)
def test_a_name_is_safe_to_write(path: str, name: str) -> None:
    """Only the last part is kept, in letters, digits, dots, dashes and underscores."""
    assert file_name(path) == name


@pytest.mark.parametrize("path", ["", "/", "..", "%2e%2e"])
def test_a_file_without_a_name_is_an_error(path: str) -> None:
    """Nothing is written under a name of our own making."""
    with pytest.raises(FetchError):
        file_name(path)


def test_the_path_of_a_file_is_asked_for_and_read_back() -> None:
    """`/file?uri=` has the path of a file; any other address has none."""
    path = "/a/datasets/b/year ending.xlsx"
    assert asked_file(file_address("www.ons.gov.uk", path)) == path
    assert asked_file("https://www.ons.gov.uk/download?uri=/a") == ""


@pytest.mark.parametrize("data", DATA_SETS, ids=[data.id for data in DATA_SETS])
def test_every_page_is_on_its_publishers_host(data: DataSet) -> None:
    """The page of each data set may be asked."""
    require_allowed(data.page, data.publisher.hosts)
