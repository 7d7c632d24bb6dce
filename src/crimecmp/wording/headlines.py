"""The finding that heads a picture, made from the verdicts of what the picture shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal, period_name, rounded
from crimecmp.wording.answers import (
    changed,
    is_yearly,
    lower_first,
    side_by_side,
    signed_percent,
    standing,
    upper_first,
)
from crimecmp.wording.figure_words import percent_words
from crimecmp.wording.labels import opponent_in_sentence, short_label
from crimecmp.wording.sentences import is_weak
from crimecmp.wording.units import Scale

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def of_measures(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return how the forces compare with the benchmark on one measure or on several."""
    against = opponent_in_sentence(data, request)
    by_force = _by_force(rows)
    if len(by_force) == 1:
        said = standing(data, rows, against)[0]
        force = data.forces[rows[0].force].label
        if len(rows) > 1:
            said = f"{force} against {against}: {lower_first(said)}"
        return _headed(said)
    if len({row.metric for row in rows}) == 1:
        return _beside(data, request, rows)
    each = (
        f"{data.forces[force].label} {lower_first(_headed(standing(data, its, against)[0]))}"
        for force, its in by_force.items()
    )
    return f"Against {against}: {', '.join(part.partition(';')[0] for part in each)}"


def of_changes(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return how much the first measure changed, in each force and in the benchmark."""
    against = opponent_in_sentence(data, request)
    lead = _latest(rows)
    if len(_by_force(rows)) == 1:
        return _headed(changed(data, lead, against)[0])
    return f"{short_label(data, lead[0])} {_side_by_side(data, lead, against)}"


def of_series(
    data: Dataset, request: Request, series: Sequence[Comparison], changes: Sequence[Comparison]
) -> str:
    """Return how a measure moved over time: a run of years, and the change of the last one.

    A change is of the number recorded and says so, because the lines of a picture are rates.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    series, changes
        The comparison of each period, and the changes to the last of them.
    """
    if not changes:
        return _from_first_to_last(data, series)
    against = opponent_in_sentence(data, request)
    lead = _latest(changes)
    row = lead[0]
    if len(_by_force(changes)) > 1 or not row.force_value or not is_yearly(row):
        return f"{short_label(data, row)}, number recorded {_side_by_side(data, lead, against)}"
    name = f"{short_label(data, row)} in {data.forces[row.force].label}: the number recorded"
    size = f"{rounded(abs(row.force_value), min(row.force_decimals or 0, 1))}%"
    last, end = _way(row.force_value), period_name(row.period_end)
    runs = _runs(series)
    if runs and _way(runs[-1]) == last and abs(runs[-1]) > 1:
        return f"{name} {last} in {_years(runs[-1])} to {end}, by {size} in the last"
    if len(runs) > 1 and _way(runs[-1]) == last and row.base_period_end is not None:
        before = f"{_way(runs[-2])} in {_years(runs[-2])} to {period_name(row.base_period_end)}"
        return f"{name} {before}, then {last} {size} in the year to {end}"
    return f"{name} {last} {size} in the year to {end}{_beside_it(lead, against)}"


def _side_by_side(data: Dataset, rows: Sequence[Comparison], against: str) -> str:
    """Return the changes of some forces over the same span, and the benchmark's."""
    first = rows[0]
    when = f"since the year to {period_name(first.base_period_end or first.period_end)}"
    if is_yearly(first):
        when = f"in the year to {period_name(first.period_end)}"
    each = (f"{data.forces[row.force].label} {signed_percent(row.own)}" for row in rows)
    return f"{when}: {', '.join(each)}{_beside_it(rows, against)}"


def _beside_it(rows: Sequence[Comparison], against: str) -> str:
    """Return the benchmark's change in brackets, after those of forces."""
    other = next((row for row in rows if row.benchmark_value is not None), rows[0])
    return f" ({against}: {signed_percent(other.other)})"


def of_estimates(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return how estimates compare with the benchmark's, and one force's with those before."""
    against = opponent_in_sentence(data, request)
    now = [row for row in rows if not row.against_itself]
    if len(_by_force(rows)) > 1 and len({row.metric for row in now}) == 1:
        return _beside(data, request, now)
    said = [_estimate(data, row, against) for row in now]
    said += [_ON_YEAR_BEFORE[row.tested.verdict] for row in rows if row.against_itself]
    return "; ".join(said)


_ON_YEAR_BEFORE = {
    SIMILAR: "no clear change on the year before",
    NOT_TESTED: "not tested against the year before",
    HIGHER: "higher than the year before",
    LOWER: "lower than the year before",
}


def of_places(data: Dataset, request: Request, rows: Sequence[Comparison], *, ranked: bool) -> str:
    """Return where the forces are in the order of all forces on one measure.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    rows
        The comparisons of the forces asked for.
    ranked
        Whether any force has a rank.
    """
    if not ranked:
        return of_measures(data, request, rows)
    measure = lower_first(short_label(data, rows[0]))
    ranks = [row.among.forces_rank for row in rows]
    if len(rows) == 1 or None in ranks:
        each = (_place(data, row, opponent_in_sentence(data, request)) for row in rows)
        return f"{upper_first(measure)}: {'; '.join(each)}"
    named = [
        f"{data.forces[row.force].label} {'is ' * (not place)}{ordinal(row.among.forces_rank or 0)}"
        for place, row in enumerate(rows)
    ]
    return f"{upper_first(measure)}: {in_words(named)} of {_ranked(rows[0])}, highest first"


def of_spread(data: Dataset, rows: Sequence[Comparison], *, sized: bool) -> str:
    """Return whether forces are unusual: for their size where it matters, else among forces."""
    found: dict[str, list[str]] = {}
    for row in rows:
        weak = " (weak evidence)" if is_weak(row) else ""
        found.setdefault(f"{row.among.among_forces}{weak}", []).append(data.forces[row.force].label)
    said = [
        f"{in_words(names)} {'is' if len(names) == 1 else 'are'} {verdict}"
        for verdict, names in found.items()
    ]
    measure = short_label(data, rows[0])
    if set(found) == {NOT_TESTED} or not sized:
        return f"{measure}: {'; '.join(said)} among forces"
    if len(said) > 1:
        return f"{measure}, for forces of their size: {'; '.join(said)}"
    one = "a force of its size" if len(rows) == 1 else "forces of their size"
    return f"{measure}: {said[0]} for {one}"


def _headed(sentence: str) -> str:
    """Return a sentence as a title, which has no full stop."""
    return sentence.removesuffix(".")


def _by_force(rows: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    found: dict[str, list[Comparison]] = {}
    for row in rows:
        found.setdefault(row.force, []).append(row)
    return found


def _beside(data: Dataset, request: Request, rows: Sequence[Comparison]) -> str:
    """Return how several forces compare on one measure, without their ranks."""
    said = side_by_side(data, rows, opponent_in_sentence(data, request), Scale.of(rows))[0]
    return f"{short_label(data, rows[0])}: {_after_colon(said)}"


def _after_colon(said: str) -> str:
    """Return a sentence as it continues after a colon: names keep their capitals."""
    return _headed(lower_first(said) if said.startswith(("All ", "Both ")) else said)


def _latest(rows: Sequence[Comparison]) -> list[Comparison]:
    """Return the changes of the first measure over its latest span, one a force."""
    first = [row for row in rows if row.metric == rows[0].metric]
    base = max(str(row.base_period_end) for row in first)
    return [row for row in first if str(row.base_period_end) == base]


def _runs(series: Sequence[Comparison]) -> list[int]:
    """Return the years in a row of rises, and of falls (below zero), the latest run last.

    Each is a rise, or a fall, of the number and of the rate as well, from one year to the next. The
    runs begin after the last year in which the two did not move alike.
    """
    last = series[-1].period_end
    at = {row.period_end.year: row for row in series if row.period_end.month == last.month}
    runs: list[int] = []
    for year in range(last.year, min(at), -1):
        later, earlier = at.get(year), at.get(year - 1)
        way = _moved(earlier, later) if earlier and later else 0
        if not way:
            break
        if runs and runs[0] * way > 0:
            runs[0] += way
        else:
            runs.insert(0, way)
    return runs


def _moved(earlier: Comparison, later: Comparison) -> int:
    """Return 1 where both number and rate rose, -1 where both fell, and 0 otherwise."""
    pairs = (
        (earlier.force_count, later.force_count),
        (earlier.force_value, later.force_value),
    )
    ways = {
        0 if before is None or after is None else (after > before) - (after < before)
        for before, after in pairs
    }
    return ways.pop() if len(ways) == 1 else 0


def _way(moved: float) -> str:
    return "rose" if moved > 0 else "fell"


def _years(run: int) -> str:
    """Return a run of years: `each of the three years`."""
    number = abs(run)
    if number == 1:
        return "the year"
    return f"each of the {NUMBERS[number] if number < len(NUMBERS) else number} years"


def _from_first_to_last(data: Dataset, series: Sequence[Comparison]) -> str:
    """Return the first and last figures of a series that no change is calculated of."""
    scale = Scale.of(series)
    first = series[0]
    its = [row for row in series if row.force == first.force and row.force_value is not None]
    force = data.forces[first.force].label
    if not its:
        return f"{short_label(data, first)}: there is no figure for {force}"
    ends = (
        f"{scale.figure(row, row.own)} in the year to {period_name(row.period_end)}"
        for row in (its[0], its[-1])
    )
    return f"{short_label(data, first)} in {force}: {' and '.join(ends)}"


def _estimate(data: Dataset, row: Comparison, against: str) -> str:
    measure, force = short_label(data, row), data.forces[row.force].label
    if row.force_value is None or row.benchmark_value is None:
        missing = force if row.force_value is None else against
        return f"{measure}: there is no figure for {missing}"
    if row.tested.verdict == SIMILAR:
        return f"{measure}: no clear difference between {force} and {against}"
    if row.tested.verdict == NOT_TESTED:
        return f"{measure}: {force} is not tested against {against}"
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return f"{measure} is {row.tested.verdict}{reading} in {force} than in {against}"


def _place(data: Dataset, row: Comparison, against: str) -> str:
    """Return a force's place, and how far it is from the benchmark."""
    force, rank = data.forces[row.force].label, row.among.forces_rank
    place = f"{force} has no rank"
    if rank is not None:
        highest = "highest" if rank == 1 else f"{ordinal(rank)} highest"
        place = f"{force} is {highest} of {_ranked(row)}"
    if row.difference is None:
        return place
    if row.tested.verdict not in (HIGHER, LOWER):
        similar = row.tested.verdict == SIMILAR
        return (
            f"{place}, {'no clear difference from' if similar else 'not tested against'} {against}"
        )
    much = (
        percent_words(row.percent_difference)
        if row.percent_difference is not None
        else f"{rounded(abs(row.difference), 1)} points"
    )
    way = "above" if row.tested.verdict == HIGHER else "below"
    return f"{place}, {much} {way} {against}"


def _ranked(row: Comparison) -> str:
    return f"{row.among.forces_ranked} forces"
