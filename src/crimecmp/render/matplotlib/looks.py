"""How each role looks: colour, shape and line, each enough on its own to tell the roles apart.

The colours of a map stand beside signs that say the same.
"""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.document.picture import Role, Tone

Dashes = tuple[float, ...]
"""Lengths of strokes and gaps in points; empty for an unbroken line."""


class Look(NamedTuple):
    """How the marks, lines and names of a role look.

    Parameters
    ----------
    colour
        The colour of marks and lines: contrast with white at least 3:1 (WCAG 2.2, 1.4.11).
    ink
        The colour of text: contrast with white at least 4.5:1 (WCAG 2.2, 1.4.3).
    marker
        The shape of a mark, as matplotlib's code.
    size
        The size of a mark, in points.
    width
        The thickness of a line, in points.
    dashes
        How a line is broken.
    bold
        Whether the name is in bold type.
    filled
        Whether a bar is filled, rather than outlined.
    """

    colour: str
    ink: str
    marker: str
    size: float
    width: float
    dashes: Dashes = ()
    bold: bool = False
    filled: bool = True


LOOKS: dict[Role, Look] = {
    "force": Look("#1f4e79", "#1f4e79", "o", 7.5, 2.4, (), bold=True),
    "second": Look("#d55e00", "#a84a00", "D", 6.5, 2.0, (7, 2), bold=True),
    "third": Look("#00786b", "#006a5f", "^", 8.0, 2.0, (4, 1.5, 1.2, 1.5), bold=True),
    "benchmark": Look("#1a1a1a", "#1a1a1a", "s", 6.0, 1.6, (2, 1.6), filled=False),
    "other": Look("#949494", "#595959", "o", 4.2, 0.5),
}

LAST_ON_TOP: tuple[Role, ...] = ("other", "benchmark", "third", "second", "force")
"""The roles in drawing order: where marks overlap, the force that was asked for is on top."""

PAPER = "#ffffff"
INK = "#1a1a1a"
FAINT_INK = "#595959"
GRID = "#e4e4e4"
BAND = "#dde5ee"
CAUTION = "#f5eedd"
FAINT = "#d4d4d4"
FRAME = "#949494"

TONES: dict[Tone, str] = {
    "lowest": "#e6eff7", "low": "#b9d2e8", "middle": "#80acd3", "high": "#3b74a8",
    "highest": "#173b5c",
    "below": "#93c9c5", "alike": "#efefef", "above": "#6b4a86",
    "untested": PAPER, "benchmark": PAPER, "absent": PAPER,
}  # fmt: skip
"""The colours of a map: from light to dark for fifths; neither of two hues is good or bad."""

ON_DARK: frozenset[Tone] = frozenset({"high", "highest", "above"})
"""The colours that are written on in white: contrast at least 4.5:1 (WCAG 2.2, 1.4.3)."""
