"""The record beside a kept file, of where it came from: `NAME.json`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from crimecmp.disk.whole import write_whole

_BLOCK = 1 << 20


class Origin(NamedTuple):
    """Where a kept file came from.

    Parameters
    ----------
    address
        The address that it was fetched from.
    published
        When it was published; None where the publisher does not say.
    fetched
        The day on which it was fetched.
    """

    address: str
    published: date | None
    fetched: date


def record(place: Path, facts: Mapping[str, str | int]) -> None:
    """Write what is known of a file beside it."""
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    write_whole(record_of(place), f"{text}\n".encode())


def recorded(place: Path) -> Mapping[str, str]:
    """Return what was recorded of a file; empty for none, or where the file was altered since."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        facts: dict[str, str] = json.loads(record_of(place).read_text("utf-8"))
        if facts["sha256"] == measured(place)[1]:
            return facts
    return {}


def origin_of(place: Path) -> Origin | None:
    """Return where a file came from; None where there is no sound record of it as it is."""
    facts = recorded(place)
    with suppress(ValueError, LookupError, TypeError):
        published = facts["published"]
        return Origin(
            str(facts["address"]),
            date.fromisoformat(published) if published else None,
            datetime.fromisoformat(facts["fetched"]).date(),
        )
    return None


def measured(path: Path) -> tuple[int, str]:
    """Return how many bytes a file has, and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def record_of(place: Path) -> Path:
    """Return the file that has the record of a kept file."""
    return place.with_name(f"{place.name}.json")
