"""What publishers answered, remembered on this machine, so that they are asked less."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from crimecmp.disk.whole import write_whole
from crimecmp.fetching.days import next_release


class Remembered(NamedTuple):
    """An answer: its text, when it was given, and what a host compares it by."""

    text: str
    asked: datetime
    etag: str = ""
    modified: str = ""

    def holds(self, now: datetime) -> bool:
        """Return whether nothing can have been released since: it holds for a day at most."""
        return self.asked <= now < next_release(self.asked)

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for an answer only if it is another one by now."""
        return conditions(self.etag, self.modified)


def conditions(etag: str, modified: str) -> dict[str, str]:
    """Return the headers that ask for something only if it is another by now."""
    compared = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in compared.items() if value}


class Memory:
    """Answers in a folder, one file each. What cannot be read or written is not remembered.

    Parameters
    ----------
    folder
        The folder; None to remember nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def recall(self, address: str) -> Remembered | None:
        """Return what an address answered, however long ago; None if that is not known."""
        if self._folder is None:
            return None
        try:
            kept: Mapping[str, str] = json.loads(
                self._file(self._folder, address).read_text("utf-8")
            )
            if kept["address"] != address:
                return None
            asked = datetime.fromisoformat(kept["asked"])
            if asked.tzinfo is None:
                return None
            return Remembered(str(kept["text"]), asked, str(kept["etag"]), str(kept["modified"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def keep(self, address: str, answer: Remembered) -> None:
        """Remember an answer."""
        if self._folder is None:
            return
        kept = {"address": address, **answer._asdict(), "asked": answer.asked.isoformat()}
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._file(self._folder, address), json.dumps(kept).encode())

    @staticmethod
    def _file(folder: Path, address: str) -> Path:
        return folder / f"{sha256(address.encode()).hexdigest()}.json"


def usual_folder() -> Path | None:
    """Return the folder for what programs may forget, where the system has one."""
    home, windows = os.environ.get("XDG_CACHE_HOME"), os.environ.get("LOCALAPPDATA")
    if home:
        return Path(home) / "crimecmp"
    if sys.platform == "win32":
        return Path(windows) / "crimecmp" / "cache" if windows else None
    try:
        part = "Library/Caches" if sys.platform == "darwin" else ".cache"
        return Path.home() / part / "crimecmp"
    except RuntimeError:  # a user without a home
        return None
