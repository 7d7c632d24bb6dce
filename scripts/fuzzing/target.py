"""What a class of input is, and what becomes of an input."""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple

from crimecmp.cli.run import run
from crimecmp.tables import loading
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import Names

Outcome = Literal["read", "refused"]
"""What becomes of an input that does no harm: it is read, or refused with an error."""


class Case(NamedTuple):
    """One input: the name of a file that tells its kind, and the file's content."""

    name: str
    content: bytes


class Target(NamedTuple):
    """A class of input.

    Parameters
    ----------
    share
        How many of a thousand inputs are of this class.
    make
        Makes an input.
    attempt
        Gives an input to crimecmp, in a folder for scratch files. Whatever it raises is a fault.
    """

    share: int
    make: Callable[[Random], Case]
    attempt: Callable[[Case, Path], Outcome]


class FaultError(Exception):
    """Something that crimecmp must not do, without an exception of its own."""


class Ended(NamedTuple):
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


_CODES = range(4)
"""The exit codes of a run that nobody interrupts."""


def command(arguments: Sequence[str]) -> Ended:
    """Run a command in this process.

    Raises
    ------
    FaultError
        Where it ends as no command should.
    """
    with _captured() as (out, err):
        code = run(arguments)
    ended = Ended(code, _text(out), _text(err))
    if "fault of crimecmp" in ended.err:
        raise FaultError(ended.err)
    if code not in _CODES:
        raise FaultError(f"exit code {code}")
    if code in (1, 2) and "crimecmp: error: " not in ended.err:
        raise FaultError(f"exit code {code} without an error")
    return ended


@contextmanager
def _captured() -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    kept = sys.stdin, sys.stdout, sys.stderr
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in kept]
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        yield streams[1], streams[2]
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def read_bundled_once() -> None:
    """Have this process read and index the bundled tables once: they are no input."""
    bundled = functools.cache(lambda label, files: Dataset(label, files=dict(files)))
    names = Dataset.names

    def dataset(label: str, **given: Any) -> Dataset:
        files = given.get("files")
        if not files or "choice" in given:
            return Dataset(label, **given)
        return bundled(label, tuple((name, tuple(paths)) for name, paths in files.items()))

    def names_once(self: Dataset, table: str) -> Names:
        whole = self.bundled
        same = whole is not None and self.table(table) is whole.table(table)
        return names(whole if whole and same else self, table)

    # Names of modules and methods are put in the place of others, which types do not allow.
    loading.Dataset = dataset  # type: ignore[attr-defined, assignment]  # as above
    loading.default_files = functools.cache(loading.default_files)  # type: ignore[attr-defined]  # as above
    Dataset.names = names_once  # type: ignore[method-assign]  # as above


def weighted(random: Random, shares: Mapping[str, int]) -> str:
    """Return one of the names, each as often as its share says."""
    return random.choices(list(shares), list(shares.values()))[0]
