"""What rows have in common is said once in the title; a row that differs is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from string import ascii_lowercase
from typing import NamedTuple

from crimecmp.comparison.row import Comparison
from crimecmp.text import UNBREAKABLE, period_name
from crimecmp.wording.labels import year_words
from crimecmp.wording.units import Scale


class Marks(NamedTuple):
    """What the rows of a table have in common, and the marks of those that differ.

    Parameters
    ----------
    unit
        The unit of most rows, such as `per 1,000 people`; empty for percentages.
    end
        The end of the period of most rows.
    letters
        The letter of each unit and each end of a period that differs.
    """

    unit: str
    end: date
    letters: dict[str | date, str]

    @classmethod
    def of(cls, rows: Sequence[Comparison]) -> Marks:
        """Return the marks of some rows."""
        units = Counter(Scale.of([row]).unit for row in rows)
        ends = Counter(row.period_end for row in rows)
        unit = units.most_common(1)[0][0]
        end = max(ends, key=lambda one: (ends[one], one))
        letters: dict[str | date, str] = {}
        for other in units:
            if other != unit:
                letters[other] = _letter(other.rpartition(" ")[2], letters.values())
        for other_end in sorted(ends):
            if other_end != end:
                letters[other_end] = _letter(period_name(other_end).lower(), letters.values())
        return cls(unit, end, letters)

    def marked(self, row: Comparison, label: str) -> str:
        """Return a row's label with its marks, which no fold parts from it."""
        return f"{label}{self.mark_of(row)}"

    def mark_of(self, row: Comparison) -> str:
        """Return the marks of a row as they stand after its label; empty where it has none."""
        return "".join(f"{UNBREAKABLE}{self.letters[thing]}" for thing in self._marked(row))

    def meaning_of(self, row: Comparison) -> str:
        """Return what the marks of a row mean: `per 1,000 households`."""
        return ", ".join(map(_meaning, self._marked(row)))

    def _marked(self, row: Comparison) -> list[str | date]:
        """Return the unit and the end of the period of a row, where they have marks."""
        about: tuple[str | date, ...] = (Scale.of([row]).unit, row.period_end)
        return [thing for thing in about if thing in self.letters]

    def words(self, row: Comparison) -> str:
        """Return how a row differs from most: `per 1,000 households`; empty where it does not."""
        unit = Scale.of([row]).unit
        return ", ".join(
            [
                *([unit] if unit in self.letters else []),
                *([year_words(row.period_end)] if row.period_end in self.letters else []),
            ]
        )

    @property
    def meanings(self) -> tuple[str, ...]:
        """What each mark means: `h per 1,000 households`."""
        return tuple(f"{letter} {_meaning(thing)}" for thing, letter in self.letters.items())


def with_year(title: str, rows: Sequence[Comparison]) -> str:
    """Return a title with the year of most rows; as it is where there are none."""
    return f"{title}, {year_words(Marks.of(rows).end)}" if rows else title


def _meaning(thing: str | date) -> str:
    return f"year to {period_name(thing)}" if isinstance(thing, date) else thing


def _letter(word: str, taken: Iterable[str]) -> str:
    """Return the first letter of a word that is not taken, or of the alphabet, or a number."""
    used = set(taken)
    free = (letter for letter in word + ascii_lowercase if letter.isalpha() and letter not in used)
    return next(free, str(len(used) + 1))
