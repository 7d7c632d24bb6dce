"""Pictures in text: rows of characters on a scale, each with a label and figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from rich.text import Text

from crimecmp.document.picture import Cartogram, Picture
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.cartogram import map_lines
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
        The picture.
    stream
        The stream to write to; its encoding decides which signs are used.
    screen
        The screen that it is for. Without a terminal it is 100 columns wide.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    picture = _encodable(picture, encoding)
    width = max(min(screen.width or _WIDEST, _WIDEST), _NARROWEST)
    prose = width if screen.width else _PROSE
    lines = [
        *heading(picture.title, prose),
        *plain(folded(picture.unit, prose) if picture.unit else []),
        *plain([""]),
        *_drawn(picture, screen, width),
        *plain(bullets(picture.notes, prose)),
    ]
    if picture.sources:
        lines += plain(["", *bullets(picture.sources, prose)])
    stream.write(in_encoding(written(lines, colour=screen.colour), encoding))


def _drawn(picture: Picture, screen: Screen, width: int) -> Iterable[Text]:
    """Return the drawing, or what there is to see in it where the screen is read aloud."""
    if screen.spoken:
        return plain(folded(picture.description, width))
    if isinstance(picture.drawing, Cartogram):
        return map_lines(picture.drawing, width)
    return chart_lines(chart(picture.drawing, picture.intervals), width)


def _encodable(part: Any, encoding: str) -> Any:
    """Return a part of a picture with text that the encoding can show, ready to measure."""
    if isinstance(part, str):
        return in_encoding(visible(part), encoding)
    if isinstance(part, tuple):
        parts = [_encodable(inner, encoding) for inner in part]
        return type(part)(*parts) if hasattr(part, "_fields") else tuple(parts)
    return part
