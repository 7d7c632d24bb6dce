"""Writing an answer: to standard output, or to a file that is written whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from crimecmp.cli.messages import mention
from crimecmp.cli.more import more
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
    if sys.stdout is None:
        raise OutputError("standard output is closed", "Name a file with --output.")
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
        raise OutputError(f"cannot write to standard output: {error.strerror}") from error


def _bytes(drawn: Callable[[TextIO, Screen], None], screen: Screen, encoding: str) -> bytes:
    raw = io.BytesIO()
    # A character that an old terminal's encoding lacks becomes a question mark, not an error.
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    drawn(stream, screen)
    stream.flush()
    return raw.getvalue()


def _write_file(named: str, content: bytes, *, overwrite: bool) -> None:
    shown = visible(named) or "a file without a name"
    try:
        if named.endswith(("/", os.sep)):
            raise OutputError(f"{shown} is a folder", "Name a file in it.")
        path = Path(named)
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)  # a device or a pipe cannot be replaced, and is no new file
            return
        path = path.resolve()
        if path.is_dir():
            raise OutputError(f"{shown} is a folder", "Name a file in it.")
        if path.exists() and not overwrite:
            raise _there_already(shown)
        _write_whole(path, content, shown, overwrite=overwrite)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link to itself
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise OutputError(f"cannot write {shown}: {reason}") from error
    mention(f"wrote {shown}")


def _there_already(shown: str) -> OutputError:
    return OutputError(f"{shown} already exists", "Replace it with --overwrite.")


def _write_whole(path: Path, content: bytes, shown: str, *, overwrite: bool) -> None:
    """Write a new file in the same folder and move it to its place."""
    import tempfile

    descriptor, part = tempfile.mkstemp(prefix=".crimecmp-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(part).chmod(_mode(path))
        if overwrite:
            Path(part).replace(path)
            return
        try:
            os.link(part, path)  # fails where another file has appeared there
        except FileExistsError:
            raise _there_already(shown) from None
        except OSError:  # a file system without links
            Path(part).replace(path)
    finally:
        with suppress(OSError):
            Path(part).unlink()


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, or that of a new file."""
    if path.exists():
        return path.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
