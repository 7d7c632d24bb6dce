"""What tests of comparisons share: tables of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rows import write_tables

import crimecmp


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., crimecmp.Dataset]:
    """Return a function that writes tables and loads them."""

    def loaded(**tables: list[str]) -> crimecmp.Dataset:
        write_tables(tmp_path, tables)
        return crimecmp.load(tmp_path)

    return loaded
