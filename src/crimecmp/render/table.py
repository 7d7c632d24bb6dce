"""Tables for people, by Rich: fitted to a terminal, or as wide as they need elsewhere."""

from __future__ import annotations

from typing import TextIO

from crimecmp.document.report import Report
from crimecmp.render.screen import Screen
from crimecmp.render.terminal.printing import printed
from crimecmp.render.terminal.signs import in_encoding


def render(report: Report, stream: TextIO, screen: Screen) -> None:
    """Write the page: its brief form, or the whole of it where that is asked for."""
    if report.brief is None or screen.notes == "full":
        from crimecmp.render.terminal.whole import whole_page

        parts = whole_page(report, screen)
    else:
        from crimecmp.render.terminal.brief_page import brief_page

        parts = brief_page(report.brief(), screen, notes=screen.notes != "none")
    text = printed(parts, colour=screen.colour)
    stream.write(in_encoding(text, getattr(stream, "encoding", None) or "utf-8"))
