"""Rates of 12 months from quarterly counts: tables of quarters and bases in, rows of rates out.

There are some 70,000 such rates and a command needs a few hundred, so each row is calculated when
one of its cells is read. What a row is about (force, metric, period and source) is known before.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, chain, repeat
from typing import NamedTuple, overload

from crimecmp.tables.cells import OVER, per, split_counts
from crimecmp.tables.checked import CheckedTable, Row
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.tables.runs import Run, Runs, runs_of
from crimecmp.tables.schema import TABLES
from crimecmp.text import exactly, in_words

QUARTERS = 4
"""The quarters of 12 months."""

HOUSEHOLDS_OF = {"2024-12-31": "2021"}
"""The 12 months that the Office for National Statistics gives rates per household of, and the year
of the households that it calculates them with. For any other period it has not said which."""

_BELOW_ZERO = "More were cancelled than recorded, so there is no rate."
_MOST_NAMED = 3

Counts = Sequence[int | None]
Bases = Mapping[tuple[str, str, str], str]
"""Residents or households by force, kind of base and year."""


class Calculated(NamedTuple):
    """What is calculated of one row, as the text of its cells."""

    value: str = ""
    count: str = ""  # type: ignore[assignment]  # a column; the tuple method is not used
    base: str = ""
    locator: str = ""
    note: str = ""


class _About(NamedTuple):
    """What the rows of a series have in common: a force's, or the sum of the forces'."""

    force: str
    metric: str
    source: str
    locator: str
    note: str
    places: tuple[int, ...]


class _Cells(Sequence[str]):
    """One column: the cells that are calculated, then those of rates that were published."""

    def __init__(self, rates: TwelveMonths, field: int, published: Sequence[str]) -> None:
        self._rates, self._field, self._published = rates, field, published

    def __len__(self) -> int:
        return self._rates.height + len(self._published)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        beyond = place - self._rates.height
        return self._rates.row(place)[self._field] if beyond < 0 else self._published[beyond]

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))


class TwelveMonths:
    """The rates of every 12 months that quarterly counts make.

    The counts of England and Wales are the sums of the forces', missing where one of them is.

    Parameters
    ----------
    quarters, bases
        The tables of quarters and of bases.
    metrics
        The rows of metrics, by id.
    territorial
        The ids of the forces that make up England and Wales.
    """

    def __init__(
        self,
        quarters: CheckedTable,
        bases: CheckedTable,
        metrics: Mapping[str, Row],
        territorial: Sequence[str],
    ) -> None:
        columns = quarters.columns
        self._cells, self._forces = columns["counts"], columns["force"]
        self._bases_table = bases
        self._units = {name: (per(row["unit"]), row["base"]) for name, row in metrics.items()}
        self._territorial = frozenset(territorial)
        self._spans = list(zip(columns["first_quarter_end"], map(_gaps, self._cells), strict=True))
        self._series = [*self._national(columns), *self._own(columns)]
        period_ends = {span: _period_ends(*span) for span in set(self._spans)}
        self._ends = [period_ends[self._spans[about.places[0]]] for about in self._series]
        self._offsets = [0, *accumulate(map(len, self._ends))]
        self._counts_read: dict[int, Counts] = {}
        self._national_bases: dict[tuple[str, str], str] = {}
        self._rows: dict[int, Calculated] = {}

    @property
    def height(self) -> int:
        """The number of rates."""
        return self._offsets[-1]

    def table(self, published: CheckedTable) -> CheckedTable:
        """Return the rates as a table whose figures are calculated when they are read.

        Parameters
        ----------
        published
            Rates that were published, which come after those calculated here.
        """
        columns: dict[str, Sequence[str]] = {
            name: self._column(name, published.columns[name])
            for name in ("force", "metric", "source")
        }
        columns["period_end"] = [*chain(*self._ends), *published.columns["period_end"]]
        for field, name in enumerate(Calculated._fields):
            columns[name] = _Cells(self, field, published.columns[name])
        table = TABLES["rates"]
        return CheckedTable(table, "", {name: columns[name] for name in table.column_names})

    def runs(self, published: CheckedTable) -> Runs:
        """Return where the rows of the table are, which is known without going through them."""
        own = (
            Run(about.force, about.metric, about.source, start, stop)
            for about, start, stop in zip(
                self._series, self._offsets, self._offsets[1:], strict=False
            )
        )
        ends = [*chain(*self._ends), *published.columns["period_end"]]
        return Runs(chain(own, runs_of(published.columns, self.height)), ends)

    def _column(self, name: str, published: Sequence[str]) -> list[str]:
        cells = (getattr(about, name) for about in self._series)
        calculated = chain.from_iterable(map(repeat, cells, map(len, self._ends)))
        return [*calculated, *published]

    def row(self, place: int) -> Calculated:
        """Return what is calculated of the row at a place."""
        if place not in self._rows:
            at = bisect_right(self._offsets, place) - 1
            self._rows[place] = self._calculated(at, place - self._offsets[at])
        return self._rows[place]

    # --- The series

    def _own(self, columns: Mapping[str, Sequence[str]]) -> Iterator[_About]:
        names = ("force", "metric", "source", "locator", "note")
        for place, (force, metric, source, locator, note) in enumerate(
            zip(*(columns[name] for name in names), strict=True)
        ):
            yield _About(force, metric, source, locator, note, (place,))

    def _national(self, columns: Mapping[str, Sequence[str]]) -> Iterator[_About]:
        """Yield the series of England and Wales for each metric and source that all forces have."""
        parts: dict[tuple[str, str, tuple[str, int]], list[int]] = {}
        for place, (force, metric, source, span) in enumerate(
            zip(self._forces, columns["metric"], columns["source"], self._spans, strict=True)
        ):
            if force in self._territorial:
                parts.setdefault((metric, source, span), []).append(place)
        for (metric, source, _), places in parts.items():
            if len(places) == len(self._territorial):
                locator, note = columns["locator"][places[0]], columns["note"][places[0]]
                yield _About(DEFAULT_BENCHMARK, metric, source, locator, note, tuple(places))

    # --- The figures

    def _counts(self, at: int) -> Counts:
        """Return the counts of a series, which are read once."""
        if at not in self._counts_read:
            parts = [split_counts(self._cells[place]) for place in self._series[at].places]
            self._counts_read[at] = (
                parts[0]
                if len(parts) == 1
                else [_sum(quarter) for quarter in zip(*parts, strict=True)]
            )
        return self._counts_read[at]

    def _calculated(self, at: int, nth: int) -> Calculated:
        about, end = self._series[at], self._ends[at][nth]
        quarters = self._counts(at)[nth : nth + QUARTERS]
        count = _sum(quarters)
        if count is None:
            return Calculated(locator=about.locator, note=_joined(self._lacking(about, nth), about))
        scale, kind = self._units[about.metric]
        year = HOUSEHOLDS_OF.get(end) if kind == "households" else str(int(end[:4]) - 1)
        base = self._base(about.force, kind, year) if year else ""
        if year is None or not base or scale is None:
            note = f"There is no estimate of {kind} to calculate a rate with for this period."
            return Calculated("", str(count), "", about.locator, _joined(note, about))
        locator = f"{about.locator}{OVER}{kind} of mid-{year}"
        if count < 0:
            return Calculated("", str(count), base, locator, _joined(_BELOW_ZERO, about))
        value = exactly(scale * count / float(base))
        return Calculated(value, str(count), base, locator, about.note)

    def _lacking(self, about: _About, nth: int) -> str:
        """Return which force lacks a quarter of the 12 months."""
        if len(about.places) == 1:
            return "There is no count of one of the quarters of these 12 months."
        lacking = [
            self._forces[place]
            for place in about.places
            if None in split_counts(self._cells[place])[nth : nth + QUARTERS]
        ]
        named = in_words(lacking) if len(lacking) <= _MOST_NAMED else f"{len(lacking)} forces"
        return f"There is no sum of the forces: a quarter of {named} is missing."

    @cached_property
    def _bases(self) -> Bases:
        names = ("force", "base", "year", "value")
        cells = zip(*(self._bases_table.columns[name] for name in names), strict=True)
        return {(force, base, year): value for force, base, year, value in cells}

    def _base(self, force: str, kind: str, year: str) -> str:
        """Return residents or households; those of England and Wales are the sum of the forces'."""
        if force != DEFAULT_BENCHMARK or (force, kind, year) in self._bases:
            return self._bases.get((force, kind, year), "")
        if (kind, year) not in self._national_bases:
            found = [self._bases.get((each, kind, year), "") for each in self._territorial]
            self._national_bases[kind, year] = str(sum(map(int, found))) if all(found) else ""
        return self._national_bases[kind, year]


def _sum(counts: Counts) -> int | None:
    """Return the sum of counts; None where one is missing."""
    return None if None in counts else sum(filter(None, counts))


def _gaps(cell: str) -> int:
    """Return the number of semicolons between counts: one fewer than there are quarters."""
    return cell.count(";")


def _joined(note: str, about: _About) -> str:
    return f"{note} {about.note}".rstrip()


def _period_ends(first_quarter_end: str, gaps: int) -> list[str]:
    """Return the ends of the 12 months that a number of quarters (one more than gaps) make."""
    start = date.fromisoformat(first_quarter_end)
    months = [start.year * 12 + start.month - 1 + 3 * nth for nth in range(gaps + 1)]
    ends = [(month // 12, month % 12 + 1) for month in months[QUARTERS - 1 :]]
    return [date(y, m, monthrange(y, m)[1]).isoformat() for y, m in ends]
