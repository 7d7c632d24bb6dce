"""What tests of pages share: a page in a format, read back as a person or a script reads it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any, get_args

from crimecmp.document.report import Item, Report
from crimecmp.render import Format, render
from crimecmp.render.screen import Screen

FORMATS: tuple[Format, ...] = tuple(form for form in get_args(Format) if form != "html")
"""All formats but HTML, of which pages are read with their elements in `test_html`."""

FOR_PEOPLE: tuple[Format, ...] = ("table", "markdown")
HANDED_OVER: tuple[Format, ...] = ("html", "markdown")
"""The formats that a page is handed over in."""

FOR_MACHINES: tuple[Format, ...] = ("csv", "json")


def shown(report: Report, form: Format) -> str:
    """Return a page in a format, with all its notes."""
    stream = io.StringIO(newline="")
    render(report, form, stream, Screen(notes="full"))
    return stream.getvalue()


def in_one_line(text: str) -> str:
    """Return a text with all its folding undone, and without Markdown's backslashes."""
    return " ".join(text.replace("\\", "").split())


def in_lines(text: str) -> str:
    """Return a text with the further lines of its list items joined to the first."""
    return re.sub(r"\n  (?=\S)", " ", text)


def read_by_people(report: Report, form: Format) -> list[list[str]]:
    """Return the cells of the only table of a page, as a person reads them."""
    text = shown(report, form)
    if form == "markdown":
        lines = [line for line in text.split("\n") if line.startswith("|")][2:]
        return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    _, _, rows = text.partition("─\n")
    lines = re.split(r"\n(?=- |– no figure|\n)", rows)[0].split("\n")
    return [re.split(r" {2,}", line) for line in lines]


def read_by_machines(report: Report, form: Format) -> list[dict[str, Any]]:
    """Return the rows of a page as a script reads them; all cells of JSON as text."""
    text = shown(report, form)
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    rows: list[dict[str, Any]] = json.loads(text)["rows"]
    return [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def note_texts(report: Report, form: Format) -> str:
    """Return the notes of a page, in one line."""
    if form == "json":
        return " ".join(note["text"] for note in json.loads(shown(report, form))["notes"])
    return in_one_line(shown(report, form))


def passage(page: Report, title: str) -> tuple[Item, ...]:
    """Return what is said in the passage with a title, behind the tables."""
    [found] = [passage.items for passage in page.closing if passage.title == title]
    return found
