"""One module a format, each with `render(report, stream, screen)`; none computes figures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, TextIO, cast

from crimecmp.render.screen import Screen

if TYPE_CHECKING:
    from crimecmp.document.report import Report

Format = Literal["table", "csv", "json", "markdown", "html"]


class _Renderer(Protocol):
    def render(self, report: Report, stream: TextIO, screen: Screen) -> None: ...


def render(report: Report, form: Format, stream: TextIO, screen: Screen | None = None) -> None:
    """Write `report` to `stream` in a format, loading that format's module alone.

    Parameters
    ----------
    report
        The page.
    form
        `table`, `csv`, `json`, `markdown` or `html`.
    stream
        Where the text goes; CSV's line feeds are written as they are.
    screen
        What a table is shown on; off a terminal by default.
    """
    module = cast(_Renderer, import_module(f"{__name__}.{form}"))
    module.render(report, stream, screen or Screen())
