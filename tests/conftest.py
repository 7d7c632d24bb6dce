"""What all tests share: plain surroundings, and small files in the forms of published ones."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import published_forms
import pytest
from bundled import Program, dataset, program
from hypothesis import Phase, settings

import crimecmp
from crimecmp.tables.bundled import read_bundled
from crimecmp.tables.checked import CheckedTable
from crimecmp.tables.files import bundled_folder
from crimecmp.tables.schema import Table

# A shared machine has slow moments: how long an example takes is no rule of the tests.
settings.register_profile("crimecmp", deadline=None)
# Mutation tests ask whether a test fails: the same examples each time, and none made smaller.
settings.register_profile(
    "mutation",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("crimecmp")


@pytest.fixture
def whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every command print its whole page, with all notes."""
    monkeypatch.setenv("CRIMECMP_NOTES", "full")


@pytest.fixture(scope="session")
def bundled() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return dataset()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return a function that runs the program in this process."""
    return program(capsys)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test without crimecmp's own settings and without those of a terminal."""
    for name in list(os.environ):
        if name.startswith(("CRIMECMP_", "_CRIMECMP_")) and name not in _OF_THE_TESTS:
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


_OF_THE_TESTS = {"CRIMECMP_GOLDEN", "CRIMECMP_EXPECT_WHEEL"}


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    """Read each bundled table once for all runs in this process."""
    folder, kept = bundled_folder(), functools.cache(read_bundled)

    def read_once(table: Table, path: Path) -> CheckedTable:
        return kept(table, path) if folder in path.parents else read_bundled(table, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crimecmp.tables.dataset.read_bundled", read_once)
        yield


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that writes the small file in a published form once; it gives the path."""
    folder = tmp_path_factory.mktemp("forms")
    return functools.cache(lambda name: published_forms.write(name, folder))
