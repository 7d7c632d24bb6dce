"""The bytes of picture files: the same for the same picture on any machine, at any time."""

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
"""For these sparse pictures two thirds of the time of zlib's default, for files no larger."""


def written(picture: Picture, form: Form, width: float) -> bytes:
    """Return a picture as the bytes of a file, its width in points."""
    with own_settings():
        return _WRITERS[form](figure_of(picture, width), picture)


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and these settings, whatever the user's settings are."""
    settings: Any = dict(mpl.rcParamsDefault) | _OWN
    del settings["backend"]
    with mpl.rc_context(settings), warnings.catch_warnings():
        # Names come from users' files: a character that the typeface lacks is drawn as a box.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        yield


def _svg(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    file = BytesIO()
    none = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(file, metadata=none)
    return svg.described(file.getvalue(), shown(picture.title), shown(picture.after_title))


def _png(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = BytesIO()
    metadata = {"Title": shown(picture.title), "Description": shown(picture.description)}
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(file, metadata={**metadata, "Software": None}, pil_kwargs=_QUICKLY)
    return file.getvalue()


def _pdf(figure: Figure, picture: Picture) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    file = BytesIO()
    metadata = {"Title": shown(picture.title), "Subject": shown(picture.description)}
    canvas: Any = FigureCanvasPdf(figure)
    canvas.print_pdf(file, metadata={**metadata, "CreationDate": None})
    return file.getvalue()


_WRITERS: dict[Form, Callable[[Figure, Picture], bytes]] = {"svg": _svg, "png": _png, "pdf": _pdf}
