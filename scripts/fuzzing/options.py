"""Command lines: the words of a command and its options, some of them misspelt or out of place."""

from __future__ import annotations

import functools
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import typer
from judges import JUDGES
from payloads import hostile_tables

from crimecmp.cli.app import app
from fuzzing.mutating import cell
from fuzzing.target import Case, FaultError, Outcome, command

_ROOT = Path(__file__).parents[2]
_DATA = {
    "SMALL": str(_ROOT / "tests" / "hostile" / "good" / "markup.csv"),
    "BROKEN": str(_ROOT / "tests" / "hostile" / "several-faults.csv"),
    "-": "-",
}
"""Words that stand for a path: no other may lead out of the folder for scratch files."""

_LEFT_OUT = ("fetch",)
"""It asks the publishers."""

_WORDS = (
    "durham", "Durham", "dur", "cleveland", "gotham", "metropolis", "england-and-wales", "both",
    "burglary", "crime", "asb", "cake-theft", "rounding", "intervals", "2014-06", "2014-06-30",
    "2014", "0.95", "0.998", "1", "0", "-1", "nan", "95", "north-east", "hmic-2014-durham", "one",
    "published-counts", "table", "csv", "json", "markdown", "html", "brief", "full", "none",
    "higher", "lower", "better", "worse", "any", "rates", "changes", "outcomes", "rank", "force",
    "force,force_value", "metric", "a.csv", "a.json", "a.md", "a.html", "a.txt", "out", "", "--",
    "-h", "--help", "--version",
)  # fmt: skip
_AREAS = ("durham", "gotham", "metropolis", "Durham Constabulary")
_FITTING = {
    "--format": ("table", "csv", "json", "markdown", "html"),
    "--metric": ("burglary", "crime", "asb", "cake-theft", "sexual-offences"),
    "--group": ("both", "north-east", "most-similar"),
    "--benchmark": ("england-and-wales", "metropolis", "cleveland"),
    "--period": ("2014-06", "2014-06-30", "2013-06", "2014-03"),
    "--level": ("0.95", "0.998", "0.5", "0.9999999"),
    "--source": ("hmic-2014-durham", "published-counts", "one"),
    "--notes": ("brief", "full", "none"),
    "--columns": ("force", "default,rank", "force,force_value,verdict", "label"),
    "--output": ("a.csv", "a.json", "a.md", "a.txt"),
    "--of": ("rates", "changes", "outcomes"),
    "--fail-on": ("higher", "lower", "different", "not-tested"),
}
"""Words that fit an option, which it is given more often than not."""


@functools.cache
def _commands() -> list[tuple[list[str], list[Any]]]:
    """Return the words of each command and its parameters."""
    group: Any = typer.main.get_command(app)
    found: list[tuple[list[str], list[Any]]] = []
    for name, each in group.commands.items():
        if name not in _LEFT_OUT:
            inner = getattr(each, "commands", {})
            found += [([name, word], part.params) for word, part in inner.items()]
            found += [] if inner else [([name], each.params)]
    return found


def make(random: Random) -> Case:
    """Return a command line as a list in JSON."""
    words, parameters = random.choice(_commands())
    arguments = list(words)
    if random.random() < 0.8:
        data = random.choice(("SMALL", "SMALL", "HOSTILE", "HOSTILE", "HOSTILE", "BROKEN", "-"))
        arguments += ["--data", data]
    for _ in range(random.choice((0, 1, 1, 2, 3, 5))):
        parameter = random.choice(parameters)
        if parameter.param_type_name == "option":
            arguments.append(random.choice(parameter.opts))
            if not parameter.is_flag:
                fitting = _FITTING.get(max(parameter.opts, key=len), _WORDS)
                arguments.append(random.choice(fitting if random.random() < 0.8 else _WORDS))
        else:
            fitting = _AREAS if random.random() < 0.8 else _WORDS
            arguments.insert(len(words), random.choice(fitting))
    if random.random() < 0.3:
        _spoil(random, arguments)
    return Case("arguments.json", json.dumps([_inside(word) for word in arguments]).encode())


def _spoil(random: Random, arguments: list[str]) -> None:
    place = random.randrange(len(arguments))
    word = arguments[place]
    at = random.randint(0, len(word))
    arguments[place : place + 1] = random.choice(
        (
            [],
            [word, word],
            [cell(random)],
            [f"{word}={cell(random)}"],
            [word[:at] + word[at + 1 :]],
            [word[:at] + random.choice("-=.x \u00e9\x1b") + word[at:]],
            [word, cell(random)],
        )
    )


def _inside(word: str) -> str:
    """Return a word that names no file outside the folder for scratch files."""
    return word.replace("/", "_").replace("\0", "_")


def attempt(case: Case, folder: Path) -> Outcome:
    """Run the command line; what it prints in a format must be in that format."""
    typed = json.loads(case.content)
    data = {**_DATA, "HOSTILE": str(_hostile())}
    with _inside_folder(folder):
        ended = command([data.get(word, word) for word in typed])
    if ended.code in (1, 2):
        return "refused"
    form = _form(typed)
    if form and ended.out.strip() and not _is_help(ended.out):
        _judge(form, ended.out)
    return "read"


def _form(typed: list[str]) -> str:
    """Return the format that a plain command line asks for; empty where it is not plain."""
    places = [place for place, word in enumerate(typed) if word == "--format"]
    alone = len(places) == sum(word.startswith(("--f", "-f")) for word in typed) == 1
    form = typed[places[0] + 1] if alone and places[0] + 1 < len(typed) else ""
    return form if form in JUDGES else ""


def _is_help(text: str) -> bool:
    return "Usage: " in text or "Options:" in text or text.startswith("crimecmp ")


def _judge(form: str, text: str) -> None:
    if found := list(JUDGES[form](text)):
        raise FaultError(f"{form}: {found[0]}")


@functools.cache
def _hostile() -> Path:
    return hostile_tables(Path(tempfile.mkdtemp()), "[b]x[/b] <i>;=1+1;</i> \x1b[31m")


@contextmanager
def _inside_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
