"""What all tests share: no setting of the person who runs them changes what they see."""

from __future__ import annotations

import os

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
