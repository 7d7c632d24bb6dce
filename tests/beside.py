"""Files that can lie in `../shared`, beside the project: a clean clone has none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1] / "../shared"


def beside(path: str) -> Path:
    """Return a file or folder in `../shared`; the test is skipped where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs ../shared/{path}, which is not beside the project")
    return found


def whole(name: str) -> Path:
    """Return a whole published file by its name; the test is skipped where it is not there."""
    found = next((SHARED / "published").glob(f"*/{name}"), None)
    if found is None:
        pytest.skip(f"needs the whole published file {name}, which is not beside the project")
    return found
