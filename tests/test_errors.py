"""The tree of errors, and the words of faults."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from source_texts import texts
from terminal import COMMANDS

import crimecmp
from crimecmp import errors
from crimecmp.errors import (
    CrimecmpError,
    DataError,
    Fault,
    FetchError,
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
        (FetchError, CrimecmpError),
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
    error = RequestError("no force is called 'x'", "All names: crimecmp.forces()")
    assert (error.message, error.hint, str(error)) == (
        "no force is called 'x'",
        "All names: crimecmp.forces()",
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


# --- Errors speak to a caller in Python, not to the terminal

PACKAGE = Path(crimecmp.__file__).parent
TERMINAL = {"cli", "__main__"}
"""What may name options and commands in all its texts."""

NOTES = {"charts", "pages", "wording"}
"""What may name them in notes, which pages show, and not in errors."""

IN_THE_TERMINAL = re.compile(rf"(?<![\w-])--[a-z]|\bcrimecmp (?:{'|'.join(COMMANDS)}|{{}})")


def module_names() -> list[str]:
    """Return the modules outside the command line, each within the package."""
    names = [
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")
    ]
    return sorted(name for name in names if name.split(".")[0] not in TERMINAL)


def terminal_words(module: str) -> list[str]:
    """Return the texts of a module that name options or commands where they may not."""
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text("utf-8"))
    found = texts(tree, of_errors=module.split(".")[0] in NOTES)
    return [text for text in found if IN_THE_TERMINAL.search(text)]


@pytest.mark.parametrize("module", sorted(module_names()))
def test_errors_name_no_options(module: str) -> None:
    """Texts of the library name arguments and functions, which the command line translates."""
    assert terminal_words(module) == []


def test_all_texts_are_looked_at() -> None:
    """Errors raised, returned or listed are found, and so is a hint kept apart; docstrings not."""
    code = (
        '"""See --help."""\n'
        "HINT = 'Use --group.'\n"
        "def f(x):\n"
        "    '''Run crimecmp forces.'''\n"
        "    if x: raise RequestError(f'{x} --level', 'crimecmp forces lists them')\n"
        "    return [Fault('a', 0, '', f'crimecmp {x}s')]\n"
    )
    of_errors = ["{} --level", "crimecmp forces lists them", "crimecmp {}s"]
    tree = ast.parse(code)
    assert set(of_errors) <= texts(tree, of_errors=True)
    everything = texts(tree, of_errors=False)
    assert {*of_errors, "Use --group."} <= everything
    assert not [text for text in everything if "help" in text or "Run" in text]
    assert all(IN_THE_TERMINAL.search(text) for text in (*of_errors, "Use --group."))
    assert not IN_THE_TERMINAL.search("a fault of crimecmp; it was -- and is - no option")
    assert "pages.closing" in module_names()
