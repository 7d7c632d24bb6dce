"""How far two spellings are apart."""

from __future__ import annotations


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, left out or changed to make one text the other.

    Any distance over `most` is given as `most + 1`. Digits are never a slip: texts with different
    ones are as far apart.

    >>> distance("residental burglary", "residential burglary", 2)
    1
    """
    digits = [[letter for letter in text if letter.isdigit()] for text in (one, other)]
    if abs(len(one) - len(other)) > most or digits[0] != digits[1]:
        return most + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        above, row = row, [place]
        for column, wanted in enumerate(other):
            changed = above[column] + (letter != wanted)
            row.append(min(changed, above[column + 1] + 1, row[column] + 1))
        if min(row) > most:
            return most + 1
    return row[-1]
