"""SVG that says what it shows, alone or within a page."""

from __future__ import annotations

import re
from html import escape

_TAG = re.compile(r"<[^!?][^>]*>")  # matplotlib writes `>` in a value as an entity
_STYLE = re.compile(r"\s*<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>")
_ID = re.compile(r"""(\bid="|href="\#|url\(\#)""")
_LABELLED = re.compile(r'(aria-labelledby=")([^" ]*) ([^" ]*)"')
_SIZE = re.compile(r' (?:width|height)="[^"]*"')


def described(svg: str, title: str, description: str) -> str:
    """Return matplotlib's SVG with a title and a description that readers of a screen speak.

    The style that matplotlib gives everything is given to the picture alone.
    """
    start = svg.index("<svg")
    end = svg.index(">", start)
    found = _STYLE.search(svg)
    style = ""
    if found:
        svg = svg[: found.start()] + svg[found.end() :]
        style = f' style="{escape(found[1])}"'
    said = (
        f' role="img" aria-labelledby="title description"{style}>\n'
        f' <title id="title">{escape(title)}</title>\n'
        f' <desc id="description">{escape(description)}</desc>'
    )
    return svg[:end] + said + svg[end + 1 :]


def element(svg: str, prefix: str) -> str:
    """Return the element of a described SVG, its ids and what refers to them under a prefix."""
    element = svg[svg.index("<svg") :].rstrip()
    element = _TAG.sub(lambda tag: _prefixed(tag[0], prefix), element)
    head, rest = element.split(">", 1)
    return _SIZE.sub("", head).replace("<svg", '<svg class="picture"', 1) + ">" + rest


def _prefixed(tag: str, prefix: str) -> str:
    tag = _ID.sub(lambda found: found[0] + prefix, tag)
    return _LABELLED.sub(lambda found: f'{found[1]}{prefix}{found[2]} {prefix}{found[3]}"', tag)
