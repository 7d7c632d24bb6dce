"""A download is whole and of the right kind, goes on where it was cut off, and never runs away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from publishing import ASSETS, ODS, Asked, Desk, Said, workbook

from crimecmp.errors import FetchError
from crimecmp.fetching import downloading
from crimecmp.fetching.downloading import Downloaded, download

HOSTS = frozenset({ASSETS})
ADDRESS = f"https://{ASSETS}/media/0123abcd/tables.ods"
FILE = workbook("figures" * 40)
HALF = len(FILE) // 2


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """Return where the part is written."""
    return tmp_path / "tables.ods.part"


def downloaded(desk: Desk, part: Path, **conditions: str) -> Downloaded:
    """Download the file."""
    return download(
        desk.asking,
        ADDRESS,
        HOSTS,
        part,
        ending=".ods",
        conditions=conditions,
        told=lambda *_: None,
    )


def whole(etag: str = '"one"', **headers: str) -> Said:
    """Return the answer with the whole file."""
    return Said(body=FILE, headers={"Content-Type": ODS, "ETag": etag, **headers})


def half(etag: str = '"one"') -> Said:
    """Return the answer that breaks off in the middle."""
    headers = {"Content-Type": ODS, "ETag": etag, "Content-Length": str(len(FILE))}
    return Said(body=FILE[:HALF], headers=headers)


def rest(asked: Asked) -> Said:
    """Return the rest of the file, as a host does that gives parts of one."""
    begin = int(asked.headers["range"].removeprefix("bytes=").removesuffix("-"))
    place = f"bytes {begin}-{len(FILE) - 1}/{len(FILE)}"
    return Said(206, FILE[begin:], {"Content-Range": place, "ETag": '"one"'})


def assert_whole(made: Downloaded, part: Path) -> None:
    """Hold that the whole file is there, and nothing else."""
    assert made.part == part
    assert part.read_bytes() == FILE
    assert [path.name for path in part.parent.iterdir() if path.is_file()] == [part.name]


def test_a_file_is_downloaded_whole(desk: Desk, part: Path) -> None:
    """Every byte is there, with the address and what the host compares it by."""
    desk.publisher.says(ADDRESS, whole(**{"Last-Modified": "Thu, 23 Jul 2026 08:30:00 GMT"}))
    made = downloaded(desk, part)
    assert_whole(made, part)
    assert made[1:] == (ADDRESS, '"one"', "Thu, 23 Jul 2026 08:30:00 GMT")


def test_progress_is_told(desk: Desk, part: Path) -> None:
    """Who waits is told how many bytes are there, and of how many."""
    desk.publisher.says(ADDRESS, whole())
    told: list[tuple[int, int | None]] = []
    download(
        desk.asking,
        ADDRESS,
        HOSTS,
        part,
        ending=".ods",
        conditions={},
        told=lambda there, total: told.append((there, total)),
    )
    assert told[-1] == (len(FILE), len(FILE))


def test_half_a_file_is_gone_on_with(desk: Desk, part: Path) -> None:
    """After a break only the rest is asked for, and only of the same file."""
    desk.publisher.says(ADDRESS, half(), rest)
    assert_whole(downloaded(desk, part), part)
    again = desk.publisher.asked[1].headers
    assert (again["range"], again["if-range"]) == (f"bytes={HALF}-", '"one"')
    assert "range" not in desk.publisher.asked[0].headers


def test_a_host_that_gives_it_in_pieces_is_asked_until_all_are_there(
    desk: Desk, part: Path
) -> None:
    """A piece that is whole in itself is not the whole file."""

    def piece(asked: Asked) -> Said:
        said = rest(asked)
        return said._replace(body=said.body[: HALF // 2])

    desk.publisher.says(ADDRESS, half(), piece, rest)
    assert_whole(downloaded(desk, part), part)


@pytest.mark.parametrize("size", [1, 3, 4, 5])
def test_a_part_of_a_few_bytes_is_gone_on_with(desk: Desk, part: Path, size: int) -> None:
    """The first bytes are looked at wherever the break came."""
    first = half()
    desk.publisher.says(ADDRESS, first._replace(body=FILE[:size]), rest)
    assert_whole(downloaded(desk, part), part)


def test_another_run_goes_on_with_it(desk: Desk, part: Path) -> None:
    """What a run left behind that failed is the beginning of the next one."""
    desk.publisher.says(ADDRESS, half(), Said(500))
    with pytest.raises(FetchError):
        downloaded(desk, part)
    assert part.stat().st_size == HALF
    desk.publisher.says(ADDRESS, rest)
    assert_whole(downloaded(desk, part), part)


def test_a_whole_answer_to_a_part_begins_anew(desk: Desk, part: Path) -> None:
    """A host that sends the whole file, because it is another by now, is believed."""
    desk.publisher.says(ADDRESS, half('"old"'), whole('"new"'))
    made = downloaded(desk, part)
    assert_whole(made, part)
    assert made.etag == '"new"'


def test_without_a_sign_of_the_file_it_begins_anew(desk: Desk, part: Path) -> None:
    """Where the host gives nothing to compare the file by, two halves are never put together."""
    desk.publisher.says(ADDRESS, half(""), whole(""))
    assert_whole(downloaded(desk, part), part)
    assert "range" not in desk.publisher.asked[1].headers


def test_a_weak_sign_is_none(desk: Desk, part: Path) -> None:
    """A weak ETag does not say that the bytes are the same: the date is taken in its place."""
    first = half('W/"one"')
    dated = first._replace(
        headers={**first.headers, "Last-Modified": "Thu, 23 Jul 2026 08:30:00 GMT"}
    )
    desk.publisher.says(ADDRESS, dated, rest)
    assert_whole(downloaded(desk, part), part)
    assert desk.publisher.asked[1].headers["if-range"] == "Thu, 23 Jul 2026 08:30:00 GMT"


@pytest.mark.parametrize(
    "place", ["bytes 0-9/10", "bytes */10", "", f"bytes {HALF + 1}-{HALF + 2}/*"]
)
def test_another_part_than_asked_for_is_not_put_in(desk: Desk, part: Path, place: str) -> None:
    """A part that begins elsewhere is dropped, and the file is asked for from its beginning."""
    desk.publisher.says(ADDRESS, half(), Said(206, b"x", {"Content-Range": place}), whole())
    assert_whole(downloaded(desk, part), part)
    assert "range" not in desk.publisher.asked[2].headers


def test_a_part_that_is_too_long_is_dropped(desk: Desk, part: Path) -> None:
    """Where the host has less of the file than is there, it is asked for from its beginning."""
    desk.publisher.says(ADDRESS, half(), Said(416), whole())
    assert_whole(downloaded(desk, part), part)


def test_the_part_of_another_file_is_not_gone_on_with(desk: Desk, part: Path) -> None:
    """A part belongs to the address that it came from."""
    part.write_bytes(b"PK\x03\x04 of another edition")
    how = {"address": f"https://{ASSETS}/media/other/tables.ods", "compared": '"one"'}
    part.with_name(f"{part.name}.json").write_text(json.dumps(how))
    desk.publisher.says(ADDRESS, whole())
    assert_whole(downloaded(desk, part), part)
    assert "range" not in desk.publisher.asked[0].headers


def test_a_stop_mixes_no_two_files(desk: Desk, part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped where another file begins, a run leaves nothing of the first to go on with."""
    part.write_bytes(b"PK\x03\x04 of the first")
    how = {"address": ADDRESS, "compared": '"first"'}
    part.with_name(f"{part.name}.json").write_text(json.dumps(how), "utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    def either(asked: Asked) -> Said:
        return rest(asked) if asked.headers.get("if-range") == '"one"' else whole()

    desk.publisher.says(ADDRESS, either)
    with monkeypatch.context() as patch:
        patch.setattr(downloading, "_append", stop)
        with pytest.raises(KeyboardInterrupt):
            downloaded(desk, part)
    assert_whole(downloaded(desk, part), part)


def test_a_part_of_what_has_not_changed_is_dropped(desk: Desk, part: Path) -> None:
    """A part that a stopped run left is of no use where the file is as it was."""
    part.write_bytes(FILE)
    desk.publisher.says(ADDRESS, Said(304))
    assert downloaded(desk, part, **{"If-None-Match": '"one"'}).part is None
    assert not part.exists()


def test_a_web_page_in_place_of_the_file_is_refused(desk: Desk, part: Path) -> None:
    """An error page that comes as if all were well is no workbook, and is not kept."""
    page = Said(body=b"<!DOCTYPE html><title>Sorry</title>", headers={"Content-Type": "text/html"})
    desk.publisher.says(ADDRESS, page)
    with pytest.raises(FetchError, match="a web page came in place of the file"):
        downloaded(desk, part)
    assert len(desk.publisher.asked) == 1
    assert not part.exists()


@pytest.mark.parametrize("body", [b"", b"P", b"PK", b"PK\x05\x06"])
def test_what_is_no_workbook_is_refused(desk: Desk, part: Path, body: bytes) -> None:
    """Nothing at all, too little, or an archive with nothing in it is no file of figures."""
    desk.publisher.says(ADDRESS, Said(body=body))
    with pytest.raises(FetchError):
        downloaded(desk, part)
    assert not part.exists()


def test_an_endless_body_is_cut_off(
    desk: Desk, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body without an end is read up to the limit, and not kept."""
    monkeypatch.setattr(downloading, "LARGEST_FILE", 300_000)
    desk.publisher.says(ADDRESS, Said(body=FILE * 1000, endless=True))
    with pytest.raises(FetchError, match="goes on after 300,000 bytes"):
        downloaded(desk, part)
    assert not part.exists()


def test_a_file_that_says_that_it_is_too_large_is_not_begun(desk: Desk, part: Path) -> None:
    """The length that a host tells is held to the limit before anything is read."""
    desk.publisher.says(ADDRESS, Said(body=FILE, headers={"Content-Length": "100000001"}))
    with pytest.raises(FetchError, match="100,000,001 bytes, over the limit of 100,000,000"):
        downloaded(desk, part)
    assert not part.exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "is not there"), (410, "any more"), (403, "to programs"), (418, "418")],
)
def test_a_refusal_is_an_error_with_the_address(
    desk: Desk, part: Path, status: int, said: str
) -> None:
    """What the host refuses is asked for once, and the error names the address."""
    desk.publisher.says(ADDRESS, Said(status))
    with pytest.raises(FetchError, match=said) as caught:
        downloaded(desk, part)
    assert ADDRESS in caught.value.message
    assert len(desk.publisher.asked) == 1


def test_a_file_that_has_not_changed_is_not_sent(desk: Desk, part: Path) -> None:
    """Where the host says that the file is the same, there is nothing to download."""
    desk.publisher.says(ADDRESS, Said(304))
    assert downloaded(desk, part, **{"If-None-Match": '"one"'}).part is None
    assert desk.publisher.asked[0].headers["if-none-match"] == '"one"'
    assert not part.exists()


def test_not_changed_without_having_asked_is_an_error(desk: Desk, part: Path) -> None:
    """A host cannot say that a file is unchanged that nobody has."""
    desk.publisher.says(ADDRESS, Said(304))
    with pytest.raises(FetchError, match="304"):
        downloaded(desk, part)
