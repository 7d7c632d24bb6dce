"""Rates of 12 months from counts by quarter or by month, and bases: rows of rates come out.

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
from crimecmp.tables.checked import CheckedTable, Columns, Row
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.tables.runs import Run, Runs, runs_of
from crimecmp.tables.schema import TABLES
from crimecmp.text import exactly, in_words

YEAR = 12
"""The months of a year."""

HOUSEHOLDS_OF = {"2024-12-31": "2021"}
"""The 12 months that the Office for National Statistics gives rates per household of, and the year
of the households that it calculates them with. For any other period it has not said which."""

_BELOW_ZERO = "More were cancelled than recorded, so there is no rate."
_MOST_NAMED = 3

MOST_WITHOUT = 3
"""The most forces that a sum of England and Wales can be without, where they have no counts at
all: Greater Manchester has sent nothing to data.police.uk since 2019."""

Counts = Sequence[int | None]
Bases = Mapping[tuple[str, str, str], str]
"""Residents or households by force, kind of base and year."""


class Counted(NamedTuple):
    """Counts by period, one row for all the periods of a force and metric.

    Parameters
    ----------
    period
        What a period is called: `quarter` or `month`.
    months
        The number of months in a period.
    first_ends
        The last day of the first period of each row.
    columns
        The columns `force`, `metric`, `source`, `counts`, `locator` and `note`; the counts are text
        as in the table of quarters.
    """

    period: str
    months: int
    first_ends: Sequence[str]
    columns: Columns


def by_quarter(quarters: CheckedTable) -> Counted:
    """Return the counts of the table of quarters."""
    return Counted("quarter", 3, quarters.columns["first_quarter_end"], quarters.columns)


def by_month(months: CheckedTable) -> Counted:
    """Return the counts of the table of months, one row for all the months of a force and metric.

    The rows of one metric and source have the same months, from the first that any force has to the
    last. A month that a force has no row for is missing.
    """
    cells: dict[tuple[str, str, str], dict[str, int]] = {}
    spans: dict[tuple[str, str], list[str]] = {}
    columns = months.columns
    keys = zip(*(columns[name] for name in ("force", "metric", "source")), strict=True)
    for place, (key, month) in enumerate(zip(keys, columns["month"], strict=True)):
        cells.setdefault(key, {})[month] = place
        spans.setdefault(key[1:], []).append(month)
    every = {about: _months_between(min(its), max(its)) for about, its in spans.items()}
    made: dict[str, list[str]] = {name: [] for name in _SERIES}
    counts, ends = columns["count"], []
    for (force, metric, source), its in cells.items():
        months_of = every[metric, source]
        newest = its[max(its)]
        numbers = ";".join(counts[its[month]] if month in its else "" for month in months_of)
        ends.append(_last_day(int(months_of[0][:4]), int(months_of[0][5:])))
        cells_of = (
            force, metric, source, numbers, columns["locator"][newest], columns["note"][newest]
        )  # fmt: skip
        for name, cell in zip(_SERIES, cells_of, strict=True):
            made[name].append(cell)
    return Counted("month", 1, ends, made)


_SERIES = ("force", "metric", "source", "counts", "locator", "note")


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
    """The rates of every 12 months that counts by quarter or by month make.

    The counts of England and Wales are the sums of the forces', missing where one of them is. A
    force or a few without any counts are left out, of the population too, and named.

    Parameters
    ----------
    counted
        The counts.
    bases
        The table of bases.
    metrics
        The rows of metrics, by id.
    territorial
        The ids of the forces that make up England and Wales.
    """

    def __init__(
        self,
        counted: Counted,
        bases: CheckedTable,
        metrics: Mapping[str, Row],
        territorial: Sequence[str],
    ) -> None:
        columns = counted.columns
        self._period, self._in_year = counted.period, YEAR // counted.months
        self._cells, self._forces = columns["counts"], columns["force"]
        self._bases_table = bases
        self._units = {name: (per(row["unit"]), row["base"]) for name, row in metrics.items()}
        self._territorial = frozenset(territorial)
        self._spans = list(zip(counted.first_ends, map(_gaps, self._cells), strict=True))
        self._series = [*self._national(columns), *self._own(columns)]
        period_ends = {span: _period_ends(*span, counted.months) for span in set(self._spans)}
        self._ends = [period_ends[self._spans[about.places[0]]] for about in self._series]
        self._offsets = [0, *accumulate(map(len, self._ends))]
        self._counts_read: dict[int, Counts] = {}
        self._national_bases: dict[tuple[frozenset[str], str, str], str] = {}
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
            if start < stop
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
        """Yield the series of England and Wales for each metric and source that the forces have."""
        parts: dict[tuple[str, str, tuple[str, int]], list[int]] = {}
        having: dict[tuple[str, str], set[str]] = {}
        for place, (force, metric, source, span) in enumerate(
            zip(self._forces, columns["metric"], columns["source"], self._spans, strict=True)
        ):
            if force in self._territorial:
                parts.setdefault((metric, source, span), []).append(place)
                having.setdefault((metric, source), set()).add(force)
        for (metric, source, _), places in parts.items():
            without = self._territorial - having[metric, source]
            if len(places) + len(without) == len(self._territorial) and (
                len(without) <= MOST_WITHOUT
            ):
                locator, note = columns["locator"][places[0]], columns["note"][places[0]]
                if without:
                    note = f"{_left_out(sorted(without))} {note}".rstrip()
                yield _About(DEFAULT_BENCHMARK, metric, source, locator, note, tuple(places))

    # --- The figures

    def _counts(self, at: int) -> Counts:
        """Return the counts of a series, which are read once."""
        if at not in self._counts_read:
            parts = [split_counts(self._cells[place]) for place in self._series[at].places]
            self._counts_read[at] = (
                parts[0]
                if len(parts) == 1
                else [_sum(period) for period in zip(*parts, strict=True)]
            )
        return self._counts_read[at]

    def _calculated(self, at: int, nth: int) -> Calculated:
        about, end = self._series[at], self._ends[at][nth]
        count = _sum(self._counts(at)[nth : nth + self._in_year])
        if count is None:
            return Calculated(locator=about.locator, note=_joined(self._lacking(about, nth), about))
        scale, kind = self._units[about.metric]
        year = HOUSEHOLDS_OF.get(end) if kind == "households" else str(int(end[:4]) - 1)
        base = self._base(about, kind, year) if year else ""
        if year is None or not base or scale is None:
            note = f"There is no estimate of {kind} to calculate a rate with for this period."
            return Calculated("", str(count), "", about.locator, _joined(note, about))
        locator = f"{about.locator}{OVER}{kind} of mid-{year}"
        if count < 0:
            return Calculated("", str(count), base, locator, _joined(_BELOW_ZERO, about))
        value = exactly(scale * count / float(base))
        return Calculated(value, str(count), base, locator, about.note)

    def _lacking(self, about: _About, nth: int) -> str:
        """Return which force lacks a period of the 12 months."""
        if len(about.places) == 1:
            return f"There is no count of one of the {self._period}s of these 12 months."
        lacking = [
            self._forces[place]
            for place in about.places
            if None in split_counts(self._cells[place])[nth : nth + self._in_year]
        ]
        named = in_words(lacking) if len(lacking) <= _MOST_NAMED else f"{len(lacking)} forces"
        return f"There is no sum of the forces: a {self._period} of {named} is missing."

    @cached_property
    def _bases(self) -> Bases:
        names = ("force", "base", "year", "value")
        cells = zip(*(self._bases_table.columns[name] for name in names), strict=True)
        return {(force, base, year): value for force, base, year, value in cells}

    def _base(self, about: _About, kind: str, year: str) -> str:
        """Return residents or households; those of England and Wales are the sum of its forces'."""
        key = about.force, kind, year
        forces = frozenset(self._forces[place] for place in about.places)
        if about.force != DEFAULT_BENCHMARK or (forces == self._territorial and key in self._bases):
            return self._bases.get(key, "")
        if (forces, kind, year) not in self._national_bases:
            found = [self._bases.get((each, kind, year), "") for each in forces]
            self._national_bases[forces, kind, year] = (
                str(sum(map(int, found))) if all(found) else ""
            )
        return self._national_bases[forces, kind, year]


def _left_out(forces: Sequence[str]) -> str:
    return (
        f"England and Wales is the sum of the other forces: there are no counts of "
        f"{in_words(forces)}."
    )


def _sum(counts: Counts) -> int | None:
    """Return the sum of counts; None where one is missing."""
    return None if None in counts else sum(filter(None, counts))


def _gaps(cell: str) -> int:
    """Return the number of semicolons between counts: one fewer than there are periods."""
    return cell.count(";")


def _joined(note: str, about: _About) -> str:
    return f"{note} {about.note}".rstrip()


def _period_ends(first_end: str, gaps: int, months: int) -> list[str]:
    """Return the ends of the 12 months that a number of periods (one more than gaps) make."""
    start = date.fromisoformat(first_end)
    first = start.year * YEAR + start.month - 1
    ends = (first + months * nth for nth in range(YEAR // months - 1, gaps + 1))
    return [_last_day(month // YEAR, month % YEAR + 1) for month in ends]


def _months_between(first: str, last: str) -> list[str]:
    """Return the months, as YYYY-MM, from the first to the last."""
    start, stop = (int(month[:4]) * YEAR + int(month[5:]) - 1 for month in (first, last))
    return [f"{nth // YEAR}-{nth % YEAR + 1:02}" for nth in range(start, stop + 1)]


def _last_day(year: int, month: int) -> str:
    return date(year, month, monthrange(year, month)[1]).isoformat()
