"""The signs that pictures are drawn with, and plain signs for encodings without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crimecmp.document.picture import Role, Tone

ROLE_SIGNS: dict[Role, str] = {
    "force": "●",
    "second": "◆",
    "third": "▲",
    "benchmark": "■",
    "other": "○",
}
FAINT = "·"
REFERENCE, CROSSING = "┊", "┼"
SPREAD, USUAL = "─", "━"
FIRST, BETWEEN, LAST = "├─┤"
INTERVAL = FIRST + BETWEEN + LAST
ZERO, FULL, RIGHT_HALF = "│", "█", "▐"
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
AXIS, TICK = "─", "┴"
SHADE = "·"
BEYOND = {False: "◀", True: "▶"}
"""The arrows at the ends of a scale for what goes beyond it: to the left, and to the right."""
SHADES: dict[Tone, str] = {
    "lowest": "·", "low": "░", "middle": "▒", "high": "▓", "highest": "█",
    "below": "░", "alike": "·", "above": "▓",
    "untested": " ", "benchmark": " ", "absent": " ",
}  # fmt: skip
"""The signs that the areas of a map are shaded with."""
OUTLINE = "[]"
"""The signs on both sides of an area that was asked for."""
BRACKETS = (("[", "]"), ("(", ")"), ("{", "}"), ("<", ">"))
"""The signs for pairs of limits, the narrowest limits first."""

_PLAIN = {
    "●": "*", "◆": "#", "▲": "^", "■": "=", "○": "o", "·": ".",
    "┊": ":", "┼": "+", "├": "|", "┤": "|", "─": "-", "│": "|", "┴": "+", "█": "#",
    "▏": "-", "▎": "-", "▍": "-", "▌": "=", "▋": "=", "▊": "=", "▉": "=", "▐": "=",
    "▁": "_", "▂": ".", "▃": "-", "▄": "~", "▅": "=", "▆": "+", "▇": "*",
    "–": "-", "†": "+", "±": "+/-", "…": "...", "◀": "<", "▶": ">",
    "░": ":", "▒": "+", "▓": "%", "━": "=", "\u00a0": " ",
}  # fmt: skip


def in_encoding(text: str, encoding: str) -> str:
    """Return a text with a plain character for each one that an encoding lacks.

    A character without a plain form becomes a question mark.
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_character(character, encoding) for character in text)
    return text


def _character(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return _PLAIN.get(character, "?")
    return character
