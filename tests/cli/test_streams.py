"""The standard streams of a run that was started without them."""

from __future__ import annotations

import io
import os
import sys

import pytest
from terminal import in_shell

from crimecmp.cli.streams import prepare

PREPARED = """
import os, sys
from crimecmp.cli.streams import prepare
prepare()
os._exit(os.open(os.devnull, os.O_RDONLY))
"""
"""Ends with the place that the next file gets."""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_no_file_gets_the_place_of_a_closed_stream(closed: str) -> None:
    """What a library writes to a closed stream never goes into a file that was opened since."""
    done = in_shell(f"{sys.executable} -c '{PREPARED}' {closed}")
    assert done.code > 2


def test_standard_output_that_is_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that takes every character is left alone."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape")
    monkeypatch.setattr(sys, "stdout", stream)
    prepare()
    assert sys.stdout is stream
    assert stream.errors == "surrogateescape"


def test_what_an_encoding_lacks_is_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """A character that the terminal cannot show is no error."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", errors="strict"))
    prepare()
    print("Dyfed–Powys", flush=True)  # noqa: T201
    assert raw.getvalue() == f"Dyfed?Powys{os.linesep}".encode()


def test_a_closed_standard_output_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed to it is an error, and not lost in silence."""
    monkeypatch.setattr(sys, "stdout", None)
    prepare()
    with pytest.raises(OSError, match="Bad file descriptor"):
        print("lost", flush=True)  # noqa: T201
