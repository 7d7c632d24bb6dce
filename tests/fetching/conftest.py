"""A publisher on this machine, and a desk to ask it from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from publishing import Desk, Publisher, desk_at, serving

from crimecmp.fetching.remembering import Memory


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """Return the memory of the desk."""
    return Memory(tmp_path / "memory")


@pytest.fixture
def desk(memory: Memory) -> Iterator[Desk]:
    """Return a desk from which a publisher on this machine is asked."""
    publisher = Publisher()
    with serving(publisher) as server:
        yield desk_at(publisher, server, memory)
