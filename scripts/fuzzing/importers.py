"""Published files in CSV: recognised, read and joined to tables."""

from __future__ import annotations

import functools
import gzip
import tempfile
from pathlib import Path
from random import Random

import published_forms

from crimecmp.importers import known_names, read_files
from crimecmp.importers.combining import combined
from crimecmp.importers.folder import reserved
from crimecmp.importers.imported import Known
from crimecmp.tables.loading import examine, load
from fuzzing.mutating import mutated
from fuzzing.target import Case, FaultError, Outcome

_FORMS = (published_forms.ROLLING, published_forms.RECORDED, published_forms.OUTCOMES)
_FEW = 40


@functools.cache
def _seeds() -> list[bytes]:
    """Return small files in the published forms: whole, and their first rows alone."""
    seeds = []
    with tempfile.TemporaryDirectory() as folder:
        for name in _FORMS:
            content = published_forms.write(name, Path(folder)).read_bytes()
            if name.endswith(".gz"):
                content = gzip.decompress(content)
            lines = content.splitlines(keepends=True)
            seeds += [content, *[b"".join(lines[:rows]) for rows in (_FEW, _FEW, _FEW, 5)]]
    return seeds


@functools.cache
def _known() -> Known:
    return known_names(load())


def make(random: Random) -> Case:
    """Return a published file with a few changes; one of many is packed, and may be cut."""
    content = mutated(random, random.choice(_seeds()))
    if random.random() < 0.03:
        packed = gzip.compress(content, mtime=0)
        return Case("file.csv.gz", packed[: random.choice((len(packed), len(packed) // 2, 12))])
    return Case("file.csv", content)


def attempt(case: Case, folder: Path) -> Outcome:
    """Import the file; the tables that are written must be sound."""
    file = folder / case.name
    file.write_bytes(case.content)
    read = read_files([str(file)], _known())
    made = combined([each.imported for each in read], _known())
    place = str(folder / "mine")
    with reserved(place) as written:
        written.write(made.tables, "A title")
    if faults := examine(place)[1]:
        raise FaultError(f"the tables written are not sound: {faults[0].problem}")
    return "read"
