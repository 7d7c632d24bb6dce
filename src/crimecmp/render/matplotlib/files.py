"""Files of pictures: the same bytes for the same picture, wherever and whenever it is drawn."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from crimecmp.document.picture import Form, Picture
from crimecmp.render.matplotlib import svg
from crimecmp.render.matplotlib.lettering import shown
from crimecmp.render.matplotlib.sheet import figure_of

_OWN: Any = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "path.simplify": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "crimecmp",
    "text.hinting": "none",
}


_QUICKLY = {"compress_level": 3}
"""Sparse pictures take two thirds of the time of zlib's own level, and no more room."""


def written(picture: Picture, form: Form, width: float) -> bytes:
    """Return the bytes of a picture's file."""
    with own_settings():
        return _WRITERS[form](figure_of(picture, width), picture)


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw by matplotlib's defaults and our own settings, whatever the user's are."""
    settings: Any = dict(mpl.rcParamsDefault) | _OWN
    del settings["backend"]
    with mpl.rc_context(settings), warnings.catch_warnings():
        # Names come from users' files: what the typeface lacks is drawn as a box, and is text.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        yield


def _svg(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    file = BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(file, metadata=nothing)
    return svg.described(file.getvalue(), shown(picture.title), shown(picture.description))


def _png(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = BytesIO()
    said = {"Title": shown(picture.title), "Description": shown(picture.description)}
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(file, metadata={**said, "Software": None}, pil_kwargs=_QUICKLY)
    return file.getvalue()


def _pdf(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    file = BytesIO()
    said = {"Title": shown(picture.title), "Subject": shown(picture.description)}
    canvas: Any = FigureCanvasPdf(figure)
    canvas.print_pdf(file, metadata={**said, "CreationDate": None})
    return file.getvalue()


_WRITERS: dict[Form, Callable[[Figure, Picture], bytes]] = {"svg": _svg, "png": _png, "pdf": _pdf}
