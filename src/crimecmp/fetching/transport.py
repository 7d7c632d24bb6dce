"""The one function that knows the network: an address and headers in, an answer out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from crimecmp.errors import FetchError
from crimecmp.extras import needed_for
from crimecmp.fetching.addresses import host_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

CHUNK = 1 << 16
"""How many bytes are read at a time."""

_CONNECT, _READ = 15.0, 60.0
"""How many seconds a connection may take, and how long a host may send nothing."""


class Answer(NamedTuple):
    """What a host answers.

    Parameters
    ----------
    status
        The HTTP status.
    headers
        The headers, their names in lower case.
    chunks
        The body, a part at a time; it raises `PassingError` where the connection breaks.
    address
        The address that answered.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    address: str


Transport = Callable[[str, Mapping[str, str]], AbstractContextManager[Answer]]
"""Asks an address with headers, and follows no redirect. The answer is good inside the context."""


class PassingError(Exception):
    """A fault that may pass, so that it is worth asking again.

    Parameters
    ----------
    reason
        What is wrong.
    wait
        How many seconds the host asks to wait; None where it says nothing.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


def over_https() -> Transport:
    """Return a transport over HTTPS that checks certificates, through a proxy where one is set.

    Raises
    ------
    MissingExtraError
        Where urllib3 is not installed.
    """
    with needed_for("downloads", extra="fetch"):
        import urllib3
    timeout = urllib3.Timeout(connect=_CONNECT, read=_READ)
    proxy = os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy")
    pool = (
        urllib3.ProxyManager(proxy, cert_reqs="CERT_REQUIRED", timeout=timeout)
        if proxy
        else urllib3.PoolManager(cert_reqs="CERT_REQUIRED", timeout=timeout)
    )

    @contextmanager
    def ask(address: str, headers: Mapping[str, str]) -> Iterator[Answer]:
        with _faults_named(address):
            response = pool.request(
                "GET",
                address,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
        try:
            named = {name.lower(): value for name, value in response.headers.items()}
            yield Answer(response.status, named, _chunks(response, address), address)
        finally:
            response.close()  # what was not read is not wanted

    return ask


def _chunks(response: BaseHTTPResponse, address: str) -> Iterator[bytes]:
    with _faults_named(address):
        yield from response.stream(CHUNK, decode_content=False)


@contextmanager
def _faults_named(address: str) -> Iterator[None]:
    """Turn the faults of urllib3 into those that may pass and those that do not."""
    from urllib3.exceptions import HTTPError, LocationValueError, NameResolutionError, SSLError

    try:
        yield
    except SSLError as error:
        raise FetchError(f"its certificate is not accepted: {error}") from error
    except NameResolutionError as error:
        raise FetchError(f"{host_of(address)} cannot be found; there may be no network") from error
    except LocationValueError as error:
        raise FetchError(f"its address is not valid: {error}") from error
    except HTTPError as error:
        raise PassingError(f"the connection failed: {error}") from error
