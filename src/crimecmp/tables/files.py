"""Files of tables on disk: the bundled folder, and what every reading of a file needs."""

from __future__ import annotations

from pathlib import Path

from crimecmp.errors import Fault

STANDARD_INPUT = "-"
"""The path that means standard input."""


def bundled_folder() -> Path:
    """Return the folder of the tables that come with crimecmp."""
    installed = Path(__file__).parents[1] / "data"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "data"


def place_of(path: Path) -> str:
    """Return the path of a bundled file within the package: `data/published-counts/rates.csv`."""
    return f"data/{path.relative_to(bundled_folder()).as_posix()}"


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    from hashlib import sha256

    return sha256(content).hexdigest()


def unreadable(label: str, error: Exception) -> Fault:
    """Return the fault of a file that cannot be read, with the system's reason.

    Parameters
    ----------
    label
        The file as the user named it.
    error
        What was raised when it was opened or read.
    """
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return Fault(label, 0, "", f"cannot be read: {reason}")
