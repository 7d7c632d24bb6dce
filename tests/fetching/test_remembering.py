"""Answers are remembered as they were; what is damaged or cannot be written does no harm."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from publishing import NOW

from crimecmp.fetching.remembering import Memory, Remembered, usual_folder

ADDRESS = "https://www.gov.uk/api/content/page"
ANSWER = Remembered("{}", NOW, '"one"', "Thu, 23 Jul 2026 08:30:00 GMT")


def test_an_answer_is_remembered_whole(tmp_path: Path) -> None:
    """Text, time and what the host compares it by are there again, for this address alone."""
    Memory(tmp_path / "a" / "b").keep(ADDRESS, ANSWER)
    assert Memory(tmp_path / "a" / "b").recall(ADDRESS) == ANSWER
    assert Memory(tmp_path / "a" / "b").recall(f"{ADDRESS}2") is None
    assert len(list((tmp_path / "a" / "b").iterdir())) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"asked": "yesterday"},
        {"asked": "2026-07-24T09:00:00"},
        {"asked": None},
        {"address": "https://example.org"},
        None,
    ],
)
def test_a_damaged_answer_is_forgotten(tmp_path: Path, change: dict[str, object] | None) -> None:
    """What cannot be read as it was written is not taken for an answer."""
    memory = Memory(tmp_path)
    memory.keep(ADDRESS, ANSWER)
    [file] = tmp_path.iterdir()
    text = file.read_text("utf-8")
    file.write_text(json.dumps({**json.loads(text), **change}) if change else text[:20], "utf-8")
    assert memory.recall(ADDRESS) is None


def test_a_memory_that_cannot_be_written_remembers_nothing(tmp_path: Path) -> None:
    """Where no folder can be made, the work goes on without."""
    (tmp_path / "file").write_text("text")
    memory = Memory(tmp_path / "file" / "memory")
    memory.keep(ADDRESS, ANSWER)
    assert memory.recall(ADDRESS) is None


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/crimecmp"),
        ("linux", {"HOME": "/h"}, "/h/.cache/crimecmp"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/crimecmp"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/crimecmp/cache"),
        ("win32", {}, None),
    ],
)
def test_answers_are_kept_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: str | None
) -> None:
    """Each system has a folder for what programs may forget."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert usual_folder() == (Path(folder) if folder else None)
