"""What all tests share: plain surroundings, and small files in the forms of published ones."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

import published_forms
import pytest
from bundled import dataset
from hypothesis import settings

import crimecmp

# A shared machine has slow moments: how long an example takes is no rule of the tests.
settings.register_profile("crimecmp", deadline=None)
settings.load_profile("crimecmp")


@pytest.fixture(scope="session")
def bundled() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return dataset()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test without crimecmp's own settings and without those of a terminal."""
    for name in list(os.environ):
        if name.startswith(("CRIMECMP_", "_CRIMECMP_")) and name not in _OF_THE_TESTS:
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


_OF_THE_TESTS = {"CRIMECMP_GOLDEN", "CRIMECMP_EXPECT_WHEEL"}


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that writes the small file in a published form once; it gives the path."""
    folder = tmp_path_factory.mktemp("forms")
    return functools.cache(lambda name: published_forms.write(name, folder))
