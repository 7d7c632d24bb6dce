"""Words in columns: folded, padded and set on the decimal point, by the columns a screen gives.

`textwrap` and `str.ljust` count characters, and some take two columns or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, chop_cells

_BETWEEN_ITEMS = "   "
_BULLET = "- "


def wide(text: str) -> int:
    """Return how many columns of a screen a text takes."""
    return cell_len(text)


def widest(texts: Iterable[str]) -> int:
    """Return how many columns the widest text takes; 0 for no texts."""
    return max(map(cell_len, texts), default=0)


def left(text: str, width: int) -> str:
    """Return a text padded with blanks on its right."""
    return text + " " * (width - cell_len(text))


def right(text: str, width: int) -> str:
    """Return a text padded with blanks on its left."""
    return " " * (width - cell_len(text)) + text


def folded(text: str, width: int, indent: str = "") -> list[str]:
    """Return a text in lines of a width, all but the first indented; one line at least.

    A word is broken only where it is longer than a line.
    """
    room = max(width - len(indent), 2)
    parts = [
        (part, "" if number else " ")
        for word in text.split(" ")
        for number, part in enumerate(chop_cells(word, room) or [""])
        if word
    ]
    lines = [""]
    for part, apart in parts:
        line = f"{lines[-1]}{apart}{part}" if lines[-1] else part
        if cell_len(line) <= width - len(indent) * (len(lines) > 1):
            lines[-1] = line
        else:
            lines.append(part)
    first, *others = lines
    return [first, *(indent + line for line in others)]


def folded_items(items: Iterable[str], width: int) -> list[str]:
    """Return items on as few lines as will do, each whole where a line has room for it."""
    lines: list[str] = []
    for item in items:
        line = f"{lines[-1]}{_BETWEEN_ITEMS}{item}" if lines else item
        if cell_len(line) <= width:
            lines[-1:] = [line]
        else:
            lines.extend(folded(item, width, "  "))
    return lines


def bullets(texts: Iterable[str], width: int) -> list[str]:
    """Return texts as the points of a list."""
    indent = " " * len(_BULLET)
    return [line for text in texts for line in folded(_BULLET + text, width, indent)]


def aligned(texts: Sequence[str]) -> list[str]:
    """Return numbers padded so that their decimal points are aligned.

    Text after a number, such as its margin, begins in the same column. What holds no digit is
    padded as far as the last decimal.
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
