"""What people read has none of the forms that `voice.md` replaces, wherever they read it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from bundled import Program, dataset, table
from source_texts import texts
from terminal import COMMANDS
from test_golden import CHARTS
from test_golden import COMMANDS as SHOWN

import crimecmp
from crimecmp.tables.schema import TABLES
from crimecmp.wording.methods import EXPLAINED, explained


class Form(NamedTuple):
    """A form that nobody should read, and what is written instead."""

    pattern: str
    instead: str


MONTHS = "January|March|June|September|December"
BANNED = (
    Form(r"(?:[\d}]|^) %", "95%"),
    Form(r"\bnought\b", "zero"),
    Form(r"\bwork(?:s|ed|ing)?(?: \w+)? out\b", "calculate"),
    Form(r"\bin per cent\b", "%, percentage"),
    Form(r"^(?-i:Its) figure", "a column named after what it is"),
    Form(r"day of the calendar", "not a date"),
    Form(r"\btaken (?:as|to be)\b", "assumed"),
    Form(r"\bthat there (?:is|are)\b", "(leave out)"),
    Form(r"\bruled out\b|\bmore than chance\b", "more than random variation would explain"),
    Form(r"\b(?-i:Found in)\b", "Where:"),
    Form(r"\bstands?\b(?! out\b)", "is"),
    Form(r"\bof which\b|\bwhose\b", "a sentence of its own"),
    Form(r"\bso many\b", "how many"),
    Form(r"(?<!a year )\bapart\b(?! from)", "separate, different"),
    Form(rf"\b12 months to (?:{MONTHS}|\{{\}})", "year to"),
    Form(r"\btaken back\b", "cancelled"),
    Form(r"\bheld against\b", "compared with"),
    Form(r"\bbears? (?:on|out)\b", "apply to, support"),
    Form(r"(?<!there )\b(?:is|are) no (?!(?:more|larger|smaller|longer|clear)\b)", "is not a"),
)
"""What is not written, as regular expressions without regard to case."""

OPTION = Form(
    rf"(?<![\w-])--[a-z]|\bcrimecmp (?:{'|'.join(COMMANDS)})\b",
    "an argument: source=, not --source",
)
"""What only the command line names: never a page, a picture or a frame."""

MACHINE = {"cannot be worked out"}
"""Values of machine output, which stay whatever people read for them."""

NAMING_OPTIONS = {
    "cli": "the command line speaks of its own options",
    "__main__": "it is the command line's first line",
    "pages/closing.py": "it quotes the command that makes the page again",
}
"""What may name options and commands, and why."""

HELP = {
    f"cli/{name}.py" for name in ("app", "charts", "checking", "commands", "fetching", "importing")
}
"""Modules with commands: what their functions say of themselves is the help."""

PROSE = {"definition", "label", "note", "statement", "summary", "text", "title"}
"""The columns of the bundled tables that are sentences or names of ours."""

PACKAGE = Path(crimecmp.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def banned_in(text: str, forms: Iterable[Form] = BANNED) -> list[tuple[str, str]]:
    """Return the banned forms in a text, with what to write instead."""
    return [
        (found[0], form.instead)
        for form in forms
        for found in re.finditer(form.pattern, text, re.IGNORECASE | re.MULTILINE)
    ]


def without_machine_values(text: str) -> str:
    """Return a text without the values of machine output in it."""
    return re.sub("|".join(map(re.escape, MACHINE)), "", text)


def forms_for(module: str) -> tuple[Form, ...]:
    """Return the forms that a module's texts may not have."""
    free = any(
        module == name or module.startswith((f"{name}/", f"{name}.")) for name in NAMING_OPTIONS
    )
    return BANNED if free else (*BANNED, OPTION)


@pytest.mark.parametrize("module", MODULES)
def test_no_text_of_the_source_has_a_banned_form(module: str) -> None:
    """Texts in the source say it plainly, and so do docstrings that are help."""
    tree = ast.parse((PACKAGE / module).read_text("utf-8"))
    found = texts(tree, docstrings=module in HELP) - MACHINE
    assert [each for text in sorted(found) for each in banned_in(text, forms_for(module))] == []


def test_public_docstrings_have_no_banned_form() -> None:
    """What `help` shows of each public name is as plain as what a page shows."""
    found = {
        name: banned_in(without_machine_values(inspect.getdoc(getattr(home, name)) or ""))
        for home in (crimecmp, crimecmp.methods)
        for name in home.__all__
    }
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_bundled_tables_have_no_banned_form(name: str) -> None:
    """Definitions, notes and claims are in words of our own, so they are plain too."""
    cells = {cell for row in table(name) for column, cell in row.items() if column in PROSE}
    assert [each for cell in sorted(cells) for each in banned_in(cell, (*BANNED, OPTION))] == []


@pytest.mark.parametrize("method", [method.id for method in EXPLAINED])
def test_no_explanation_has_a_banned_form(method: str) -> None:
    """Each method is explained plainly, and its example too."""
    explanation = explained(dataset(), method)
    said = " ".join([explanation.plain, *(text for _, text in explanation.points)])
    assert banned_in(said, (*BANNED, OPTION)) == []


def shown(text: str, form: str) -> list[tuple[str, str]]:
    """Return the banned forms in an output, but for the command that a page quotes.

    A table in a terminal says by which option there is more, which no page handed on does.
    """
    text = without_machine_values(text) if form in ("csv", "json") else text
    text = re.sub(r"crimecmp report [^<\n]*--format \w+", "", text)
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)  # --ink is a colour
    forms = BANNED if form == "table" else (*BANNED, OPTION)
    return banned_in(text, forms)


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "html"])
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_no_output_has_a_banned_form(run: Program, name: str, form: str) -> None:
    """Each command says it plainly in each format, also what is put together from parts."""
    done = run(*SHOWN[name], "--format", form)
    assert done.code == 0
    assert shown(done.out, form) == []


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_no_picture_has_a_banned_form(run: Program, tmp_path: Path, name: str) -> None:
    """Title, captions and description of each picture are plain, and name no option."""
    path = tmp_path / "picture.svg"
    assert run(*CHARTS[name], "--output", str(path)).code == 0
    assert shown(path.read_text("utf-8"), "svg") == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("a 95 % interval", "a 95% interval"),
        ("{} %", "{}%, 5 points"),
        ("below nought", "below zero"),
        ("Figures worked out again, to work it out", "`worked_out` is calculated"),
        ("In per cent", "per cent, as GOV.UK writes it without a number"),
        ("It is taken to be June", "It is taken from the report"),
        ("Where it stands", "Standard deviation that stands out"),
        ("12 months to {}", "Compared with 12 months to"),
        ("'x' is no number", "there is no number; it is no more than 5, no larger"),
        ("forces so many years apart", "periods less than a year apart"),
    ],
)
def test_each_form_is_found_and_no_other(bad: str, good: str) -> None:
    """The table finds what it is to find, and leaves plain words alone."""
    assert banned_in(bad)
    assert banned_in(good) == []


@pytest.mark.parametrize("text", ["Use --source.", "See crimecmp explain rounding"])
def test_option_names_are_found(text: str) -> None:
    """Options and commands are found, while a minus, a dash and the name alone are not."""
    assert banned_in(text, [OPTION])
    assert not banned_in("crimecmp says - source= or -1 -- as in Python", [OPTION])
