"""Pictures: what `crimecmp.document.picture` holds, drawn as SVG, PNG or PDF.

matplotlib is known inside this package alone, and loaded when something is drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from crimecmp.document.picture import Form, Picture
from crimecmp.extras import needed_for

WIDE: Final = 560.0
"""How wide a picture by itself is, in points."""

NARROW: Final = 350.0
"""How wide a picture on a page is that is read on a phone, too: there, a point is a pixel."""


def draw(picture: Picture, form: Form, width: float = WIDE) -> bytes:
    """Return a picture as the bytes of a file; the same picture gives the same bytes.

    Parameters
    ----------
    picture
        What is drawn.
    form
        What the file is.
    width
        How wide the picture is, in points; it is as high as it needs to be.

    Raises
    ------
    MissingExtraError
        Where matplotlib is not installed.
    """
    with _quiet():
        with needed_for("pictures"):
            from crimecmp.render.matplotlib import files
        return files.written(picture, form, width)


def inline(picture: Picture, prefix: str, width: float = NARROW) -> str:
    """Return a picture as an `svg` element for a page: nothing of it bears on the rest of the page.

    Parameters
    ----------
    picture
        What is drawn.
    prefix
        What the ids in it begin with; another one for each picture of a page.
    width
        How wide it is drawn, in points; on the page it is as wide as the class `picture` makes it.

    Raises
    ------
    MissingExtraError
        Where matplotlib is not installed.
    """
    with _quiet():
        with needed_for("pictures"):
            from crimecmp.render.matplotlib import files, svg
        return svg.element(files.written(picture, "svg", width), prefix)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep from the screen what matplotlib says of its caches and of the user's settings of it."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
