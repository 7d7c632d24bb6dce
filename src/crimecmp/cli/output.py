"""Writing an answer: to standard output, or to a file that is written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from crimecmp.cli.messages import mention
from crimecmp.cli.more import more
from crimecmp.cli.streams import cannot_print, is_closed
from crimecmp.errors import OutputError, RequestError
from crimecmp.render import Format, render
from crimecmp.render.screen import Notes, Screen
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    from crimecmp.document.picture import Form, Picture
    from crimecmp.document.report import Report

STANDARD_OUTPUT = "-"
READ_ALOUD = "ACCESSIBLE"
"""The environment variable that asks programs for text that a screen reader can read."""

READER_EXPECTED = 10
"""How many seconds a named pipe is given to find a reader."""
_BETWEEN_LOOKS = 0.02

_UTF8 = "utf-8"


def colour_wanted(stream: object, *, refused: bool) -> bool:
    """Return whether a stream gets colour: it is a terminal, and nothing refuses colour."""
    isatty = getattr(stream, "isatty", None)
    return (
        bool(isatty and isatty())
        and not refused
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def write(
    report: Report,
    form: Format,
    path: str | None,
    *,
    overwrite: bool,
    no_colour: bool,
    notes: Notes | None = None,
    paged: bool = False,
) -> None:
    """Write a report.

    Parameters
    ----------
    report, form
        What to write, and in which format.
    path
        The file; None or `-` for standard output.
    overwrite
        Whether a file that is there may be replaced.
    no_colour
        Whether colour is refused.
    notes
        How much is said around a table; None for the default.
    paged
        Whether a table that is longer than the terminal goes to the pager.

    Raises
    ------
    OutputError
        Where it cannot be written; a file is then as it was.
    """

    def drawn(stream: TextIO, screen: Screen) -> None:
        # What is handed on does not tell what to type.
        offered = more if path in (None, STANDARD_OUTPUT) else None
        render(report, form, stream, screen._replace(notes=notes, more=offered))

    if path is not None and path != STANDARD_OUTPUT:
        _write_file(path, _bytes(drawn, Screen(), _UTF8), overwrite=overwrite)
        return
    people = form == "table"
    _write_out(drawn, no_colour=no_colour, encoded=not people, paged=paged and people)


def refuse_input(path: str | None, files: Iterable[str | int]) -> None:
    """Refuse to write a file that is being read, which would lose the user's own figures.

    Parameters
    ----------
    path
        The file to write; None or `-` for standard output.
    files
        The files that are read, as paths or as open descriptors.

    Raises
    ------
    OutputError
        Where the file to write is one of them, by whatever name.
    """
    if path is None or path == STANDARD_OUTPUT:
        return
    for file in files:
        with suppress(OSError, ValueError):  # one of them is not there, or no path
            if os.path.samefile(path, file):  # noqa: PTH121 - it takes descriptors too
                raise OutputError(
                    f"{visible(path)} is being read, and would be lost", "Name another file."
                )


def picture_form(path: str | None) -> Form | None:
    """Return the form of picture that a file's ending asks for; None for standard output.

    Raises
    ------
    RequestError
        Where no form of picture has that ending.
    """
    if path is None or path == STANDARD_OUTPUT:
        return None
    from crimecmp.document.picture import FORMS

    ending = Path(path).suffix.lower()
    for form in FORMS:
        if ending == f".{form}":
            return form
    endings = in_words((f".{form}" for form in FORMS), "or")
    raise RequestError(
        f"{visible(path) or 'a file without a name'} does not say which kind of picture it is",
        f"Name a file that ends in {endings}; without --output the picture is drawn here.",
    )


def write_picture(picture: Picture, path: str | None, *, overwrite: bool, no_colour: bool) -> None:
    """Write a picture: to a file in the form of its ending, or in characters to standard output.

    Parameters
    ----------
    picture
        What to draw.
    path
        The file; None or `-` for standard output.
    overwrite, no_colour
        As for `write`.

    Raises
    ------
    OutputError
        Where it cannot be written; a file is then as it was.
    RequestError
        Where no form of picture has the file's ending.
    MissingExtraError
        Where the package that draws into files is not installed.
    """
    form = picture_form(path)
    if path is None or form is None:
        from crimecmp.render.terminal.drawing import render as draw_in_characters

        def drawn(stream: TextIO, screen: Screen) -> None:
            draw_in_characters(picture, stream, screen)

        _write_out(drawn, no_colour=no_colour, encoded=False, paged=False)
        return
    from crimecmp.render.matplotlib import draw

    _write_file(path, draw(picture, form), overwrite=overwrite)


def _write_out(
    drawn: Callable[[TextIO, Screen], None], *, no_colour: bool, encoded: bool, paged: bool
) -> None:
    """Write to standard output, `encoded` in UTF-8 or else in the encoding of the stream.

    What is longer than a terminal goes to the pager where it is to be `paged`.
    """
    encoding = _UTF8 if encoded else sys.stdout.encoding
    terminal = sys.stdout.isatty()
    screen = Screen(spoken=bool(os.environ.get(READ_ALOUD)))
    if terminal:
        colour = colour_wanted(sys.stdout, refused=no_colour)
        screen = screen._replace(width=shutil.get_terminal_size().columns, colour=colour)
    content = _bytes(drawn, screen, encoding)
    if terminal and paged and content.count(b"\n") >= shutil.get_terminal_size().lines:
        from crimecmp.cli.paging import shown_by_pager

        if shown_by_pager(content, _bytes(drawn, screen._replace(colour=False), encoding)):
            return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = "Name a file with --output." if is_closed(error) else ""
        raise OutputError(cannot_print(error), hint) from error


def _bytes(drawn: Callable[[TextIO, Screen], None], screen: Screen, encoding: str) -> bytes:
    raw = io.BytesIO()
    # A character that an old terminal's encoding lacks becomes a question mark, not an error.
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    drawn(stream, screen)
    stream.flush()
    return raw.getvalue()


def _write_file(named: str, content: bytes, *, overwrite: bool) -> None:
    from crimecmp.disk.whole import write_whole

    shown = visible(named) or "a file without a name"
    try:
        if named.endswith(("/", os.sep)):
            raise OutputError(f"{shown} is a folder", "Name a file in it.")
        path = Path(named)
        if path.exists() and not path.is_file() and not path.is_dir():
            _write_into(path, content)
            return
        path = path.resolve()
        if path.is_dir():
            raise OutputError(f"{shown} is a folder", "Name a file in it.")
        write_whole(path, content, replace=overwrite)
    except FileExistsError:
        raise OutputError(f"{shown} already exists", "Replace it with --overwrite.") from None
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link to itself
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise OutputError(f"cannot write {shown}: {reason}") from error
    mention(f"wrote {shown}")


def _write_into(path: Path, content: bytes) -> None:
    """Write into a device or a pipe, which cannot be replaced and is no new file."""
    descriptor = _opened(path)
    with os.fdopen(descriptor, "wb") as stream:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # a file has come to its place
            raise FileExistsError
        stream.write(content)


def _opened(path: Path) -> int:
    """Open a device or a pipe for writing; of a pipe, wait a while for its reader."""
    if not hasattr(os, "O_NONBLOCK"):  # Windows, where nothing is waited for
        return os.open(path, os.O_WRONLY)
    patience = time.monotonic() + READER_EXPECTED
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or not path.is_fifo():
                raise
            if time.monotonic() > patience:
                raise TimeoutError(
                    errno.ETIMEDOUT, f"no program has read from it in {READER_EXPECTED} seconds"
                ) from error
            time.sleep(_BETWEEN_LOOKS)
        else:
            os.set_blocking(descriptor, True)
            return descriptor
