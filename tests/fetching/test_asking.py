"""Asking is polite and stays with the publisher: waits, tries again, and goes nowhere else."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from publishing import ASSETS, GOV_UK, NOW, ONS, Desk, Said

import crimecmp
from crimecmp.errors import FetchError
from crimecmp.fetching.asking import BETWEEN, PAUSES
from crimecmp.fetching.transport import Answer, PassingError

HOSTS = frozenset({GOV_UK, ASSETS})
PAGE = f"https://{GOV_UK}/page"


def body(answer: Answer) -> bytes:
    """Return the body of an answer."""
    return b"".join(answer.chunks)


def asked(desk: Desk, address: str = PAGE) -> bytes:
    """Ask an address, and return what it says."""
    return desk.asking.ask(address, HOSTS, body)


def test_the_tool_says_who_it_is(desk: Desk) -> None:
    """Every request names the tool and its version, and no browser."""
    desk.publisher.says(PAGE, Said(body=b"x"))
    assert asked(desk) == b"x"
    assert desk.publisher.asked[0].headers["user-agent"] == f"crimecmp/{crimecmp.__version__}"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_host_is_asked_again(desk: Desk, status: int) -> None:
    """After a fault that passes the same address is asked again, after a pause."""
    desk.publisher.says(PAGE, Said(status), Said(body=b"x"))
    assert asked(desk) == b"x"
    assert desk.clock.waits == [PAUSES[0]]
    assert desk.said == [f"waiting 2 seconds for {GOV_UK}"]


def test_the_pauses_grow_and_end(desk: Desk) -> None:
    """It is tried three times again, each time after a longer pause, and no more."""
    desk.publisher.says(PAGE, Said(500))
    with pytest.raises(FetchError, match="it answered 500"):
        asked(desk)
    assert desk.clock.waits == list(PAUSES)
    assert len(desk.publisher.asked) == 4


@pytest.mark.parametrize("said", ["7", format_datetime(NOW + timedelta(seconds=7), usegmt=True)])
def test_a_host_says_how_long_to_wait(desk: Desk, said: str) -> None:
    """`Retry-After` is obeyed, in seconds or as a date."""
    desk.publisher.says(PAGE, Said(429, headers={"Retry-After": said}), Said(body=b"x"))
    assert asked(desk) == b"x"
    assert desk.clock.waits == [7.0]


def test_too_long_a_wait_is_an_error(desk: Desk) -> None:
    """Nobody waits longer than two minutes for a host: the error comes at once."""
    desk.publisher.says(PAGE, Said(503, headers={"Retry-After": "121"}))
    with pytest.raises(FetchError):
        asked(desk)
    assert desk.clock.waits == []


@pytest.mark.parametrize("said", ["soon", "", "-5", "Wed, 99 Nov"])
def test_an_unclear_wait_is_the_usual_one(desk: Desk, said: str) -> None:
    """A `Retry-After` that is neither seconds nor a date counts for nothing."""
    desk.publisher.says(PAGE, Said(429, headers={"Retry-After": said}), Said(body=b"x"))
    assert asked(desk) == b"x"
    assert desk.clock.waits == [PAUSES[0]]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_will_not_change_is_asked_once(desk: Desk, status: int) -> None:
    """A refusal is handed on, and not asked for again."""
    desk.publisher.says(PAGE, Said(status))
    assert desk.asking.ask(PAGE, HOSTS, lambda answer: answer.status) == status
    assert len(desk.publisher.asked) == 1


def test_a_second_passes_between_requests_to_a_host(desk: Desk) -> None:
    """Requests to one host are a second apart; another host need not wait."""
    other = f"https://{ASSETS}/file"
    desk.publisher.says(PAGE, Said())
    desk.publisher.says(other, Said())
    asked(desk)
    asked(desk, other)
    assert desk.clock.waits == []
    asked(desk)
    assert desk.clock.waits == [BETWEEN]


def test_a_redirect_to_the_publisher_is_followed(desk: Desk) -> None:
    """A redirect may lead to another host of the same publisher, by a full or a short address."""
    desk.publisher.says(PAGE, Said(302, headers={"Location": "/second"}))
    last = f"https://{ASSETS}/third"
    desk.publisher.says(f"https://{GOV_UK}/second", Said(301, headers={"Location": last}))
    desk.publisher.says(last, Said(body=b"x"))
    assert asked(desk) == b"x"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/file",
        f"http://{GOV_UK}/file",
        f"https://{ONS}/file",
        f"https://{GOV_UK}.example.org/file",
        f"https://example{GOV_UK}/file",
        f"https://other.{GOV_UK}/file",
        f"https://{GOV_UK}:8443/file",
        f"https://user@{GOV_UK}/file",
        f"https://{GOV_UK}@example.org/",
        "//example.org/file",
        "file:///etc/passwd",
        f"https://{GOV_UK}:port/",
        "https://[",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(desk: Desk, elsewhere: str) -> None:
    """A redirect to any other host, port or protocol is an error that names it."""
    desk.publisher.says(PAGE, Said(302, headers={"Location": elsewhere}))
    with pytest.raises(FetchError, match="not the publisher's own host"):
        asked(desk)
    assert desk.publisher.addresses() == [PAGE]


def test_redirects_end(desk: Desk) -> None:
    """A page that leads to itself is not followed for ever."""
    desk.publisher.says(PAGE, Said(302, headers={"Location": PAGE}))
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        asked(desk)
    assert len(desk.publisher.asked) == 6


def test_the_first_address_is_checked_too(desk: Desk) -> None:
    """An address that an answer gave is checked before it is asked."""
    with pytest.raises(FetchError, match="not the publisher's own host"):
        asked(desk, "https://example.org/file")
    assert desk.publisher.asked == []


def test_what_breaks_off_is_asked_again(desk: Desk) -> None:
    """A connection that ends before the body does is a fault that passes."""
    desk.publisher.says(
        PAGE, Said(body=b"half", headers={"Content-Length": "8"}), Said(body=b"the whole")
    )
    assert asked(desk) == b"the whole"
    assert desk.clock.waits == [PAUSES[0]]


def test_what_is_read_can_ask_for_another_try(desk: Desk) -> None:
    """Who reads the answer can find that it was the wrong part; the headers are made anew."""
    desk.publisher.says(PAGE, Said())
    numbers = iter(("1", "2"))

    def read(_: Answer) -> str:
        if len(desk.publisher.asked) == 1:
            raise PassingError("not yet")
        return "now"

    assert desk.asking.ask(PAGE, HOSTS, read, lambda: {"Range": next(numbers)}) == "now"
    assert [each.headers["range"] for each in desk.publisher.asked] == ["1", "2"]
