"""Addresses: which may be asked, where links lead, and the names of files in them."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from crimecmp.errors import FetchError
from crimecmp.text import visible

_HTTPS_PORT = 443
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 120


def require_allowed(address: str, hosts: Container[str]) -> None:
    """Raise an error unless an address is one of the publisher's hosts, over HTTPS.

    Raises
    ------
    FetchError
        Where it is another host, another port or another protocol, or has a user's name.
    """
    try:
        parts = urlsplit(address)
        allowed = (
            parts.scheme == "https"
            and parts.hostname in hosts
            and parts.port in (None, _HTTPS_PORT)
            and parts.username is None
        )
    except ValueError:
        allowed = False
    if not allowed:
        raise FetchError(f"it leads to {visible(address)}, which is not the publisher's own host")


def host_of(address: str) -> str:
    """Return the host of an address."""
    return urlsplit(address).hostname or ""


def path_of(address: str) -> str:
    """Return the path of an address: what follows the host."""
    return urlsplit(address).path


def joined(address: str, link: str) -> str:
    """Return where a link on a page leads, without its fragment; empty for one that is broken."""
    try:
        return urljoin(address, link).partition("#")[0]
    except ValueError:
        return ""


def asked_file(address: str) -> str:
    """Return the path that `/file?uri=` asks for; empty for another address."""
    parts = urlsplit(address)
    return parse_qs(parts.query).get("uri", [""])[0] if parts.path == "/file" else ""


def file_address(host: str, path: str) -> str:
    """Return the address of a file whose path the host is asked for."""
    return f"https://{host}/file?uri={quote(path)}"


def file_name(path: str) -> str:
    """Return the name of a file, safe to write: letters, digits, dots, dashes and underscores.

    Raises
    ------
    FetchError
        Where nothing is left of it.
    """
    last = unquote(path).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _UNSAFE.sub("-", last).strip(".-")[-_LONGEST_NAME:]
    if not name:
        raise FetchError(f"the file has no name: '{visible(path)}'")
    return name
