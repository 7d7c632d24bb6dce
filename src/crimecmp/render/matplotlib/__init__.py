"""Pictures as SVG, PNG or PDF files, or as SVG within a page.

Only this package knows matplotlib, and loads it only when something is drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crimecmp.document.picture import Form, Picture
from crimecmp.extras import needed_for

WIDE: Final = 560.0
"""The width of a picture in a file, in points."""

NARROW: Final = 350.0
"""The width of a picture on a page, in points: on a phone, a point is a pixel."""


def draw(picture: Picture, form: Form, width: float = WIDE) -> bytes:
    """Return a picture as the bytes of a file; the same picture gives the same bytes.

    Parameters
    ----------
    picture
        The picture to draw.
    form
        The kind of file.
    width
        The picture's width, in points; its height is what it needs.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    with _quiet():
        with needed_for("pictures"):
            from crimecmp.render.matplotlib import files
        return files.written(picture, form, width)


def inline(picture: Picture, prefix: str, width: float = NARROW) -> str:
    """Return a picture as an `svg` element that does not affect the rest of its page.

    Parameters
    ----------
    picture
        The picture to draw.
    prefix
        The beginning of every id in it; each picture on a page needs its own.
    width
        The width it is laid out for, in points. The page sets the width it is shown at, by the
        class `picture`.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    with _quiet():
        with needed_for("pictures"):
            from crimecmp.render.matplotlib import files, svg
        return svg.element(files.written(picture, "svg", width), prefix)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence what matplotlib logs about its caches and the user's settings."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
