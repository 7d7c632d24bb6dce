"""Markdown (GitHub flavour): each section is a heading and a table, and the rest are lists.

Sites that show Markdown drop drawings, so a picture is described in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from crimecmp.document.brief import Brief
from crimecmp.document.picture import Picture
from crimecmp.document.report import Column, Item, Passage, Report
from crimecmp.render.lines import legend, note_line, source_lines, with_address
from crimecmp.render.screen import Screen
from crimecmp.text import visible

_SPECIAL = re.compile(
    r"""[\\`*_\[\]<>|~$]          # special anywhere
    |:(?=[\w+-]+:)               # the colon before an emoji's name
    |/(?=/)                      # an address, which sites make a link
    |(?<=\bwww)\.                # the same without its scheme
    |&(?=\#?\w+;)                # an entity
    |@(?=\w)                     # a mention of a person, or a mail address
    |\#(?=\w)                    # a reference to an issue
    |\A[-+=\#](?=[-+=\#]*(?:\s|\Z))  # a list, heading or rule at the start
    |\#(?=\#*\Z)                # the closing marks of a heading
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"\A(\d+)([.)])(?=\s|\Z)")


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page: the whole of it, unless less is asked for."""
    if report.brief and screen.notes in ("brief", "none"):
        short = _brief(report.brief(), notes=screen.notes == "brief")
        stream.write("\n\n".join(short) + "\n")
        return
    several = len(report.sections) > 1 or bool(report.opening or report.closing)
    titles = {section.key: section.title for section in report.sections}
    answer = report.brief().answer if report.brief else ()
    blocks = [
        f"# {_escaped(report.title)}",
        *([_escaped(" ".join(answer))] if answer else []),
        *_passages(report.opening, titles),
    ]
    for section in report.sections:
        if several:
            blocks.append(f"## {_escaped(section.title)}")
        blocks += map(_in_words, section.pictures)
        blocks.append(_table(section.columns, section.cells))
        notes = [note_line(note, report) for note in section.notes]
        if legend(section):
            blocks.append(legend(section))
        if notes:
            blocks.append(_list(notes))
    blocks += _passages(report.closing, titles)
    if report.notes:
        if several:
            blocks.append("## Notes")
        blocks.append(_list([note_line(note, report) for note in report.notes]))
    if report.sources:
        blocks.append("## Sources" if several else "Sources")
        blocks.append(_list(source_lines(report)))
    stream.write("\n\n".join(blocks) + "\n")


def _brief(brief: Brief, *, notes: bool) -> Iterator[str]:
    """Yield the blocks of a brief page; without `notes` the title and tables alone."""
    yield f"# {_escaped(brief.title)}"
    if notes and brief.answer:
        yield _escaped(" ".join(brief.answer))
    for table in brief.tables:
        if table.title:
            yield f"## {_escaped(table.title)}"
        kept = [place for place, field in enumerate(table.fields) if field.style != "bar"]
        columns = [
            Column(field.label, "number" if field.style == "number" else "text")
            for field in (table.fields[place] for place in kept)
        ]
        yield _table(columns, [[line.cells[place] for place in kept] for line in table.lines])
    for fact in brief.facts:
        lines = [" ".join(line) for line in fact.lines]
        yield f"**{_escaped(fact.name)}**" + "".join(f"\n- {_escaped(line)}" for line in lines)
    if brief.marks:
        yield _list(list(brief.marks))
    if notes:
        said = [*(f"Caution: {caution}" for caution in brief.cautions), *brief.remarks]
        if brief.source:
            said.append(f"Source: {brief.source}")
        if said:
            yield _list(said)


def _passages(passages: Iterable[Passage], titles: Mapping[str, str]) -> Iterator[str]:
    for passage in passages:
        if passage.items:
            yield f"## {_escaped(passage.title)}"
            yield "\n".join(f"- {_item(item, titles)}" for item in passage.items)


def _item(item: Item, titles: Mapping[str, str]) -> str:
    term = _escaped(item.term.strip())
    about = f" See {_escaped(titles[item.about])}" if item.about in titles else ""
    return (f"**{term}**: " if term else "") + _prose(item.text) + about


def _in_words(picture: Picture) -> str:
    return f"*Picture: {_escaped(picture.title)}.* {_escaped(picture.after_title)}".rstrip()


def _table(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> str:
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
    """Escape a line, but keep an address at its end as a link."""
    text, address = with_address(line)
    return f"{_escaped(text)}<{address}>" if address else _escaped(text)


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", visible(text)))
