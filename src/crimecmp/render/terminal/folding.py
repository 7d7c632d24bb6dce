"""Text in columns of a screen: folded, padded and aligned on the decimal point.

`textwrap` and `str.ljust` count characters, but some characters take two columns or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells

_BETWEEN_ITEMS = "   "
_BULLET = "- "


def widest(texts: Iterable[str]) -> int:
    """Return the width in columns of the widest text; 0 for no texts."""
    return max(map(cell_len, texts), default=0)


def left(text: str, width: int) -> str:
    """Return a text padded with spaces on the right."""
    return text + " " * (width - cell_len(text))


def right(text: str, width: int) -> str:
    """Return a text padded with spaces on the left."""
    return " " * (width - cell_len(text)) + text


def folded(text: str, width: int, indent: str = "") -> list[str]:
    """Fold a text into one or more lines of a width, all but the first indented.

    A word is broken only if it is longer than a line.
    """
    room = max(width - len(indent), 2)
    parts = [
        (part, "" if number else " ")
        for word in text.split(" ")
        for number, part in enumerate(chop_cells(word, room) or [""])
        if word
    ]
    lines = [""]
    for part, space in parts:
        line = f"{lines[-1]}{space}{part}" if lines[-1] else part
        if cell_len(line) <= width - len(indent) * (len(lines) > 1):
            lines[-1] = line
        else:
            lines.append(part)
    first, *others = lines
    return [first, *(indent + line for line in others)]


def folded_items(items: Iterable[str], width: int) -> list[str]:
    """Return items on as few lines as possible; only an item longer than a line is folded."""
    lines: list[str] = []
    for item in items:
        line = f"{lines[-1]}{_BETWEEN_ITEMS}{item}" if lines else item
        if cell_len(line) <= width:
            lines[-1:] = [line]
        else:
            lines.extend(folded(item, width, "  "))
    return lines


def bullets(texts: Iterable[str], width: int) -> list[str]:
    """Return the lines of a bulleted list."""
    indent = " " * len(_BULLET)
    return [line for text in texts for line in folded(_BULLET + text, width, indent)]


def aligned(texts: Sequence[str]) -> list[str]:
    """Return numbers padded so that their decimal points are aligned.

    Text after a number, such as a margin, begins in the same column. A text without a digit ends
    where the last decimal does.
    """
    parts = [text.partition(" ") for text in texts]
    tails = [cell_len(number) - cell_len(number.partition(".")[0]) for number, _, _ in parts]
    most = max(tails, default=0)
    numbers = [
        left(number, cell_len(number) + most - tail) if any(map(str.isdigit, number)) else number
        for (number, _, _), tail in zip(parts, tails, strict=True)
    ]
    after = [blank + rest for _, blank, rest in parts]
    width, longest = widest(numbers), widest(after)
    return [
        right(number, width) + left(rest, longest)
        for number, rest in zip(numbers, after, strict=True)
    ]
