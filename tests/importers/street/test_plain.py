"""Lines that are counted many at a time give what the row-by-row reading gives."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import known
from street_files import DURHAM, HEADING, NAME, content, row

from crimecmp.importers.street import reading
from crimecmp.importers.street.categories import CATEGORIES
from crimecmp.importers.street.holders import held_files
from crimecmp.importers.street.plain import counted_lines

KINDS = [category.name for category in CATEGORIES]


def test_every_category_is_told_from_every_other() -> None:
    """Each name is counted as itself, alone and among all."""
    for kind in KINDS:
        lines = content([row(kind)]).removeprefix(f"{HEADING}\r\n".encode())
        assert counted_lines(lines, "2014-01", DURHAM.encode()) == {kind: 1}
    lines = content([row(kind) for kind in KINDS]).removeprefix(f"{HEADING}\r\n".encode())
    assert counted_lines(lines, "2014-01", DURHAM.encode()) == dict.fromkeys(KINDS, 1)


NEAR = st.sampled_from([b"", b",", b"\r\n", b"\n", b"\r", b'"', b"\0", b"x", b"\xe9", b"Drugrugs"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    at=st.integers(0, 900),
    removed=st.integers(0, 30),
    added=NEAR,
)
def test_a_change_anywhere_is_counted_or_refused_alike(
    tmp_path: Path, kinds: list[str], at: int, removed: int, added: bytes
) -> None:
    """No change makes the two ways of counting a file differ, in counts or in faults."""
    sound = content([row(kind) for kind in kinds])
    at = min(at, len(sound))
    path = tmp_path / NAME
    path.write_bytes(sound[:at] + added + sound[at + removed :])
    [held] = held_files(str(path))
    areas = known().areas
    both = reading.counted(held, areas)
    with patch.object(reading, "counted_lines", return_value=None):
        by_row = reading.counted(held, areas)
    assert both == by_row
