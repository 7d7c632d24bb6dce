"""Markdown (GitHub flavour): a heading and a pipe table a section, notes and sources as lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO

from crimecmp.render import Screen
from crimecmp.render.cells import for_people
from crimecmp.render.lines import legend, note_line, source_lines
from crimecmp.report import Column, Report
from crimecmp.text import visible

_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>|~$]          # marks that act anywhere
    |:(?=[\w+-]+:)               # the first colon of an emoji's name
    |&(?=\#?\w+;)                # an entity
    |@(?=\w)                     # a person's name
    |\#(?=\w)                    # an issue's number
    |\A[-+=\#](?=[-+=\#]*(?:\s|\Z))  # a list, heading or rule, at the beginning
    |\#(?=\#*\Z)                # the end of a heading
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"\A(\d+)([.)])(?=\s|\Z)")
_URL = re.compile(r"https?://[A-Za-z0-9./_~%?=-]+\Z")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page."""
    del screen
    several = len(report.sections) > 1
    blocks = [f"# {_escaped(report.title)}"]
    for section in report.sections:
        if several:
            blocks.append(f"## {_escaped(section.title)}")
        cells = [[for_people(c, record) for c in section.columns] for record in section.shown]
        blocks.append(_table(section.columns, cells))
        notes = [note_line(note, report) for note in section.notes]
        if legend(section):
            blocks.append(legend(section))
        if notes:
            blocks.append(_list(notes))
    if report.notes:
        if several:
            blocks.append("## Notes")
        blocks.append(_list([note_line(note, report) for note in report.notes]))
    if report.sources:
        blocks.append("## Sources" if several else "Sources")
        blocks.append(_list(source_lines(report)))
    stream.write("\n\n".join(blocks) + "\n")


def _table(columns: Sequence[Column], cells: list[list[str]]) -> str:
    rows = [
        [_escaped(column.label) for column in columns],
        ["---:" if column.numeric else "---" for column in columns],
        *([_cell(*pair) for pair in zip(columns, row, strict=True)] for row in cells),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(column: Column, text: str) -> str:
    parts = [_escaped(part) for part in text.split("\n")]
    return "; ".join(parts) if column.style == "list" else parts[0]


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {_prose(line)}" for line in lines)


def _prose(line: str) -> str:
    """Escape a line but for an address at its end, which stays a link."""
    text, blank, last = line.rpartition(" ")
    return f"{_escaped(text)}{blank}<{last}>" if _URL.match(last) else _escaped(line)


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))
