"""The tree of errors, and the words of faults."""

from __future__ import annotations

import re

import pytest

from crimecmp import errors
from crimecmp.errors import (
    CrimecmpError,
    DataError,
    Fault,
    MissingExtraError,
    NoFiguresError,
    OutputError,
    RequestError,
    UnknownNameError,
)


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (RequestError, CrimecmpError),
        (UnknownNameError, RequestError),
        (DataError, CrimecmpError),
        (NoFiguresError, CrimecmpError),
        (OutputError, CrimecmpError),
        (MissingExtraError, CrimecmpError),
        (CrimecmpError, Exception),
    ],
)
def test_errors_are_one_tree(error: type[Exception], parent: type[Exception]) -> None:
    """Each error has the parent that the tree shows, so that one `except` catches a branch."""
    assert error.__bases__ == (parent,)


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    """Every error is drawn beneath its parent, and nothing is drawn that is no error."""
    path: list[tuple[int, str]] = [(-1, "Exception")]
    drawn: dict[str, str] = {}
    for line in str(errors.__doc__).splitlines():
        found = re.match(r"[ │├└─]*(\w+Error)\b", line)
        if found:
            path = [(place, name) for place, name in path if place < found.start(1)]
            drawn[found[1]] = path[-1][1]
            path.append((found.start(1), found[1]))
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    raised = {
        each.__name__: each.__bases__[0].__name__
        for each in classes
        if issubclass(each, CrimecmpError)
    }
    assert "MissingExtraError" in raised
    assert drawn == raised


def test_an_error_has_a_message_and_a_hint() -> None:
    """What is wrong and what to do about it are apart; the message is the error's text."""
    error = RequestError("no force is called 'x'", "All names: crimecmp forces")
    assert (error.message, error.hint, str(error)) == (
        "no force is called 'x'",
        "All names: crimecmp forces",
        "no force is called 'x'",
    )


def test_a_hint_can_be_left_out() -> None:
    """An error with nothing to add has an empty hint."""
    assert CrimecmpError("broken").hint == ""


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("a.csv", 3, "value", "is not a number"), "a.csv:3:value: is not a number"),
        (Fault("a.csv", 3, "", "is too short"), "a.csv:3: is too short"),
        (Fault("a.csv", 0, "", "is empty"), "a.csv: is empty"),
    ],
)
def test_a_fault_says_where_it_is(fault: Fault, text: str) -> None:
    """Its text begins with file, row and column, as far as they are known."""
    assert str(fault) == text


def faults(number: int) -> list[Fault]:
    """Return so many faults, on rows 2 and after."""
    return [Fault("a.csv", row, "value", "is bad") for row in range(2, number + 2)]


def test_a_data_error_keeps_all_faults_in_order() -> None:
    """Every fault is there for a program, however many a message shows."""
    assert DataError(faults(50)).faults == tuple(faults(50))


def test_up_to_twenty_faults_are_all_shown() -> None:
    """Twenty faults are twenty lines, and nothing is said of more."""
    assert DataError(faults(20)).message.split("\n") == [
        f"a.csv:{row}:value: is bad" for row in range(2, 22)
    ]


@pytest.mark.parametrize(("number", "last"), [(21, "and 1 more"), (45, "and 25 more")])
def test_over_twenty_faults_are_counted(number: int, last: str) -> None:
    """The first twenty are shown, then how many more there are."""
    lines = DataError(faults(number)).message.split("\n")
    assert lines[:20] == [f"a.csv:{row}:value: is bad" for row in range(2, 22)]
    assert lines[20:] == [last]


def test_a_fault_cannot_act_on_a_screen() -> None:
    """Control characters of names and cells are visible in a message, line feeds too."""
    error = DataError([Fault("a\x1b[2J.csv", 2, "va\nlue", "'\t' is bad")], "hint")
    assert error.message == "a␛[2J.csv:2:va␊lue: '␉' is bad"
    assert error.hint == "hint"
