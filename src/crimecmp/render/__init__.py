"""Reports as files and text: one module for each format, and no calculation of figures."""

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
    """Write a report in one format, loading the module of that format only.

    Parameters
    ----------
    report
        The page.
    form
        `table`, `csv`, `json`, `markdown` or `html`.
    stream
        The stream to write to. CSV has LF line ends, which are written unchanged.
    screen
        The screen that a table is for; by default, not a terminal.
    """
    module = cast(_Renderer, import_module(f"{__name__}.{form}"))
    module.render(report, stream, screen or Screen())
