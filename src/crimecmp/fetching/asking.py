"""Asking politely: the publisher's own hosts, one request at a time, patience with a busy one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from crimecmp import __version__
from crimecmp.errors import FetchError
from crimecmp.fetching.addresses import host_of, joined, require_allowed
from crimecmp.fetching.transport import Answer, PassingError, Transport
from crimecmp.text import visible

AGENT = f"crimecmp/{__version__}"
"""What the hosts are told of who asks."""

BETWEEN = 1.0
"""How many seconds pass between two requests to a host."""

PAUSES = (2.0, 8.0, 30.0)
"""How many seconds pass before it is tried again, each time."""

LONGEST_WAIT = 120.0
"""The longest wait that a host may ask for."""

_BUSY = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5

T = TypeVar("T")


class Clock:
    """The time, and waiting: tests have one that needs no time."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Let some time pass."""
        time.sleep(seconds)


class Asking:
    """Asks hosts for what they publish.

    Parameters
    ----------
    transport
        What carries the requests.
    clock
        The time.
    say
        Called with what is being waited for.
    """

    def __init__(
        self, transport: Transport, clock: Clock, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self.clock = clock
        self.say = say
        self._transport = transport
        self._last: dict[str, datetime] = {}

    def ask(
        self,
        address: str,
        hosts: frozenset[str],
        read: Callable[[Answer], T],
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> T:
        """Ask an address, and return what is read of the answer.

        It is asked again, after a pause, where the connection fails, the host is busy, or `read`
        raises `PassingError`.

        Parameters
        ----------
        address
            What to ask.
        hosts
            The hosts that may be asked; redirects may lead to no other.
        read
            Makes something of the answer, which has any status but those of a busy host.
        headers
            Makes the headers of each request.

        Raises
        ------
        FetchError
            Where it does not answer, or leads to another host.
        """
        pauses = iter(PAUSES)
        while True:
            try:
                with self._answered(address, hosts, headers()) as answer:
                    self._require_at_ease(answer)
                    return read(answer)
            except PassingError as error:
                pause = next(pauses, None)
                wait = pause if error.wait is None else error.wait
                if pause is None or wait is None or wait > LONGEST_WAIT:
                    raise FetchError(f"{error.reason} ({visible(address)})") from error
            self.say(f"waiting {wait:.0f} seconds for {host_of(address)}")
            self.clock.wait(wait)

    @contextmanager
    def _answered(
        self, address: str, hosts: frozenset[str], headers: Mapping[str, str]
    ) -> Iterator[Answer]:
        """Give the answer of an address, or of the one that it leads to."""
        for _ in range(_MOST_REDIRECTS + 1):
            require_allowed(address, hosts)
            self._keep_distance(host_of(address))
            with self._transport(address, {"User-Agent": AGENT, **headers}) as answer:
                if answer.status not in _REDIRECTS:
                    yield answer
                    return
                link = answer.headers.get("location", "")
            address = joined(address, link) or link
        raise FetchError(f"it is redirected more than {_MOST_REDIRECTS} times")

    def _keep_distance(self, host: str) -> None:
        """Wait until it is time for the next request to a host."""
        if host in self._last:
            passed = (self.clock.now() - self._last[host]).total_seconds()
            if 0 <= passed < BETWEEN:
                self.clock.wait(BETWEEN - passed)
        self._last[host] = self.clock.now()

    def _require_at_ease(self, answer: Answer) -> None:
        """Raise `PassingError` where a host is busy or has a fault."""
        if answer.status in _BUSY:
            wait = _seconds(answer.headers.get("retry-after", ""), self.clock.now())
            raise PassingError(
                f"the host is busy or has a fault: it answered {answer.status}", wait
            )


def _seconds(retry_after: str, now: datetime) -> float | None:
    """Return how many seconds a host asks to wait, itself or by a date; None if it is unclear."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - now).total_seconds())
    except (ValueError, TypeError):
        return None
