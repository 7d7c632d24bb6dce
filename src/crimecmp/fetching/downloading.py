"""Downloads a file to `NAME.part`: whole, of the right kind, resumed where it was cut off."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from crimecmp.errors import FetchError
from crimecmp.fetching.asking import Asking
from crimecmp.fetching.reading import GONE, NOT_CHANGED, NOT_FOUND, OK
from crimecmp.fetching.transport import Answer, PassingError
from crimecmp.text import visible

LARGEST_FILE = 100_000_000
"""The most bytes that a file may have."""

_PART_OF_IT, _PAST_THE_END, _NOT_ALLOWED = 206, 416, 403
_ZIP = b"PK\x03\x04"
_BEGINS_WITH = {".ods": _ZIP, ".xlsx": _ZIP}
"""The first bytes of each kind of file: a page that tells of an error can be sent in its place."""

_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Told = Callable[[int, int | None], None]
"""Called with the bytes that are there, and with how many there will be, if that is known."""


class Downloaded(NamedTuple):
    """What was downloaded.

    Parameters
    ----------
    part
        The file; None where the host says that it has not changed.
    address
        The address that it came from in the end.
    etag, modified
        What the host compares it by.
    """

    part: Path | None
    address: str
    etag: str
    modified: str


def download(
    asking: Asking,
    address: str,
    hosts: frozenset[str],
    part: Path,
    *,
    ending: str,
    conditions: Mapping[str, str],
    told: Told,
) -> Downloaded:
    """Download a file.

    Parameters
    ----------
    asking
        Asks the hosts.
    address, hosts
        The address of the file, and the hosts that it may come from.
    part
        Where to write it. What an earlier run left there is continued.
    ending
        The kind of file.
    conditions
        Headers that ask for the file only if it has changed.
    told
        Told of the progress.

    Raises
    ------
    FetchError
        Where it cannot be had, is of another kind, or is too large.
    OSError
        Where it cannot be written.
    """
    partial = _Partial(part, address)

    def read(answer: Answer) -> Downloaded:
        etag, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
        if answer.status == NOT_CHANGED and conditions:
            partial.forget()
            return Downloaded(None, answer.address, etag, modified)
        if answer.status == _PAST_THE_END:
            partial.forget()
            raise PassingError("the host has less of the file than was asked for")
        if answer.status not in (OK, _PART_OF_IT):
            raise FetchError(_refused(answer))
        begin, total = partial.place_of(answer)
        if total is not None and total > LARGEST_FILE:
            raise FetchError(f"the file has {total:,} bytes, over the limit of {LARGEST_FILE:,}")
        if begin == 0:
            partial.begin(etag, modified)
        try:
            _append(answer, part, begin, total, _BEGINS_WITH.get(ending, b""), told)
        except FetchError:
            partial.forget()
            raise
        partial.forget_how()
        return Downloaded(part, answer.address, etag, modified)

    return asking.ask(address, hosts, read, lambda: partial.request() or conditions)


def _refused(answer: Answer) -> str:
    reasons = {
        NOT_FOUND: "the file is not there",
        GONE: "the file is not there any more",
        _NOT_ALLOWED: "the host does not give it to programs",
    }
    reason = reasons.get(answer.status, "the host does not give the file")
    return f"{reason} (it answered {answer.status}: {visible(answer.address)})"


def _append(
    answer: Answer, part: Path, begin: int, total: int | None, magic: bytes, told: Told
) -> None:
    """Write what comes to the end of the part, and check its first bytes and its length."""
    there = begin
    with part.open("r+b" if begin else "w+b") as file:
        start = file.read(min(begin, len(magic)))
        file.seek(begin)
        for chunk in answer.chunks:
            if there < len(magic):
                start += chunk[: len(magic) - there]
                if not magic.startswith(start):
                    raise FetchError(f"{_kind(answer)} came in place of the file")
            file.write(chunk)
            there += len(chunk)
            if there > LARGEST_FILE:
                raise FetchError(f"the file goes on after {LARGEST_FILE:,} bytes, the limit")
            told(there, total)
        file.flush()
        os.fsync(file.fileno())
    if total is not None and there < total:
        raise PassingError(f"the connection ended after {there:,} of {total:,} bytes")
    if (total is not None and there > total) or there < len(magic):
        raise FetchError(f"{there:,} bytes came, not the length of the file")


def _kind(answer: Answer) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    return "a web page" if kind == "text/html" else f"something else ({visible(kind) or 'no type'})"


class _Partial:
    """The part of a file that is there, and how to ask for the rest of the same file.

    The address and what the host compares it by are in a file beside the part.
    """

    def __init__(self, part: Path, address: str) -> None:
        self._part = part
        self._how = part.with_name(f"{part.name}.json")
        self._address = address

    def begin(self, etag: str, modified: str) -> None:
        """Begin anew, and remember what the host compares the file by.

        What is there goes first: it may be of another file, and would be taken for the beginning
        of this one if the run were stopped before it is written over.
        """
        self.forget()
        compared = modified if etag.startswith("W/") else etag or modified
        how = {"address": self._address, "compared": compared}
        self._how.write_text(json.dumps(how), "utf-8")

    def request(self) -> dict[str, str]:
        """Return the headers that ask for the rest; empty where there is nothing to go on from."""
        try:
            how = json.loads(self._how.read_text("utf-8"))
            size = self._part.stat().st_size
            if how["address"] == self._address and how["compared"] and size:
                return {"Range": f"bytes={size}-", "If-Range": how["compared"]}
        except (OSError, ValueError, LookupError, TypeError):
            pass
        return {}

    def place_of(self, answer: Answer) -> tuple[int, int | None]:
        """Return at which byte an answer goes on, and how many the whole file has, if known."""
        if answer.status == OK:
            length = answer.headers.get("content-length", "")
            return 0, int(length) if length.isdigit() else None
        found = _RANGE.fullmatch(answer.headers.get("content-range", ""))
        if not found or not self._part.exists() or int(found[1]) != self._part.stat().st_size:
            self.forget()
            raise PassingError("the host sent another part of the file than was asked for")
        return int(found[1]), None if found[2] == "*" else int(found[2])

    def forget(self) -> None:
        """Remove the part, so that the file is asked for from its beginning."""
        self.forget_how()
        with suppress(FileNotFoundError):
            self._part.unlink()

    def forget_how(self) -> None:
        """Remove what is needed to go on: the part is whole, or not wanted."""
        with suppress(FileNotFoundError):
            self._how.unlink()
