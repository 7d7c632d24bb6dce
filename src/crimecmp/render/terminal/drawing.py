"""Pictures for people at a terminal: rows of signs on a scale, each with its label and figure."""

from __future__ import annotations

from typing import Any, TextIO

from crimecmp.document.picture import Picture
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.folding import bullets, folded
from crimecmp.render.terminal.kinds import chart
from crimecmp.render.terminal.page import chart_lines, heading, plain, written
from crimecmp.render.terminal.signs import in_encoding
from crimecmp.text import visible

_WIDEST = 100
_NARROWEST = 20
_PROSE = 80


def render(picture: Picture, stream: TextIO, screen: Screen) -> None:
    """Write a picture: heading, drawing, legend, notes, sources.

    Parameters
    ----------
    picture
        What is drawn.
    stream
        Where it goes; its encoding decides which signs are drawn.
    screen
        What it is shown on. Off a terminal it is 100 columns wide.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    picture = _shown(picture, encoding)
    width = max(min(screen.width or _WIDEST, _WIDEST), _NARROWEST)
    prose = width if screen.width else _PROSE
    lines = [
        *heading(picture.title, prose),
        *plain(folded(picture.unit, prose) if picture.unit else []),
        *plain([""]),
        *chart_lines(chart(picture.drawing, picture.intervals), width),
        *plain(bullets(picture.notes, prose)),
    ]
    if picture.sources:
        lines += plain(["", *bullets(picture.sources, prose)])
    stream.write(in_encoding(written(lines, colour=screen.colour), encoding))


def _shown(part: Any, encoding: str) -> Any:
    """Return a part of a picture with its words as they can be shown, before they are measured."""
    if isinstance(part, str):
        return in_encoding(visible(part), encoding)
    if isinstance(part, tuple):
        parts = [_shown(inner, encoding) for inner in part]
        return type(part)(*parts) if hasattr(part, "_fields") else tuple(parts)
    return part
