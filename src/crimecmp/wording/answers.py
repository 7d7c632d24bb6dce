"""The answer to a question in a sentence or two, made from the verdicts of the rows beneath it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crimecmp.comparison.row import Claim, Comparison, Judgment, Reproduction, Side
from crimecmp.comparison.verdict_words import (
    HIGH,
    HIGHER,
    LOW,
    LOWER,
    NOT_TESTED,
    SIMILAR,
    USUAL,
)
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal, period_name, plural, rounded
from crimecmp.wording.figure_words import percent_words
from crimecmp.wording.labels import short_label
from crimecmp.wording.sentences import interval_words, is_weak
from crimecmp.wording.units import Scale

_FEW, _BOTH = 3, 2


def lower_first(label: str) -> str:
    """Return a label as it is written within a sentence."""
    return label[:1].lower() + label[1:]


def upper_first(text: str) -> str:
    """Return a text as it is written at the start of a sentence."""
    return text[:1].upper() + text[1:]


def standing(data: Dataset, rows: Sequence[Comparison], against: str) -> tuple[str, ...]:
    """Return how a force's figures on several measures compare with a benchmark's.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        One comparison a measure, of one force.
    against
        The benchmark's name within a sentence.
    """
    if len(rows) == 1:
        return (_single(data, rows[0], against),)
    first, *others = _largest_first(rows)
    parts = [f"{first.words} {_share(len(first.rows), len(rows))}"]
    parts += [f"{lower_first(group.words)} {_named(data, group.rows)}" for group in others]
    return (f"{'; '.join(parts)}.", *_beyond_usual(data, rows))


def standing_title(data: Dataset, rows: Sequence[Comparison], against: str) -> str:
    """Return how forces' figures on several measures compare with a benchmark's, as a title.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        One comparison a force and measure.
    against
        The benchmark's name within a sentence.
    """
    by_force: dict[str, list[Comparison]] = {}
    for row in rows:
        by_force.setdefault(data.forces[row.force].label, []).append(row)
    if len(by_force) == 1:
        [(force, own)] = by_force.items()
        (words, found), *others = _largest_first(own)
        said, than = _TITLE_WORDS[words]
        share = _share(len(found), len(own)) if len(own) > 1 else _named(data, own)
        lead = f"{force} is {said} {than} {against} on {share}"
        more = [f"{_TITLE_WORDS[words][0]} on {_named(data, rest)}" for words, rest in others]
        return "; ".join([lead, *more])
    parts: list[str] = []
    for force, own in by_force.items():
        words_of = [
            f"{_TITLE_WORDS[words][0]} on {len(some)}" for words, some in _largest_first(own)
        ]
        if not parts:
            words_of[0] += f" of {plural(len(own), 'measure')}"
        parts.append(f"{force} is {in_words(words_of)}")
    return f"Compared with {against}, {'; '.join(parts)}"


_TITLE_WORDS = {
    "Lower on": ("lower", "than"),
    "Higher on": ("higher", "than"),
    "No clear difference on": ("not clearly different", "from"),
    "Not tested on": ("not tested", "against"),
    "No figure to compare on": ("without a figure", "to compare with"),
}


class _Group(NamedTuple):
    """Rows with one verdict, and its words."""

    words: str
    rows: Sequence[Comparison]


def _largest_first(rows: Sequence[Comparison]) -> list[_Group]:
    """Return rows by their verdicts, most rows first."""
    groups = [_Group(words, found) for words, found in _grouped(rows) if found]
    return sorted(groups, key=lambda group: -len(group.rows))


def _grouped(rows: Sequence[Comparison]) -> Iterable[tuple[str, list[Comparison]]]:
    known = [row for row in rows if row.difference is not None]
    for words, verdict in _STANDINGS:
        yield words, [row for row in known if row.tested.verdict == verdict]
    yield "No figure to compare on", [row for row in rows if row.difference is None]


_STANDINGS = (
    ("Lower on", LOWER),
    ("Higher on", HIGHER),
    ("No clear difference on", SIMILAR),
    ("Not tested on", NOT_TESTED),
)


def _share(number: int, every: int) -> str:
    if number == every:
        return "both measures" if every == _BOTH else f"all {every} measures"
    return f"{number} of {every} measures"


def _named(data: Dataset, rows: Sequence[Comparison]) -> str:
    if len(rows) > _FEW:
        return str(len(rows))
    return in_words(dict.fromkeys(lower_first(short_label(data, row)) for row in rows))


def _beyond_usual(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield which differences are larger than usual variation, where that is tested."""
    tested = [row for row in different(rows) if row.beyond.usual_p is not None]
    beyond = [row for row in tested if row.beyond.beyond == USUAL]
    if not tested:
        return
    larger = "larger than forces' rates usually move from year to year"
    within = [row for row in tested if row.beyond.beyond != USUAL]
    if not beyond:
        yield f"No difference is {larger}."
    elif not within:
        yield f"{'These differences are' if len(tested) > 1 else 'The difference is'} {larger}."
    elif len(beyond) <= len(within):
        yield f"The difference is {larger} only on {_named(data, beyond)}."
    else:
        yield f"The differences are {larger}, except on {_named(data, within)}."


def among_forces(data: Dataset, rows: Sequence[Comparison]) -> str:
    """Return which rates of a force are outside the range among forces; empty without a range.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        One comparison of rates a measure, of one force: those that its place among forces is from.
    """
    ranged = [row for row in rows if row.prediction.prediction_low is not None]
    if not ranged:
        return ""
    outside = [row for row in ranged if not _is_within(row)]
    range_words = "outside the range among forces for a force of this size"
    if not outside:
        return f"No measure is {range_words}."
    are = "is" if len(outside) == 1 else "are"
    named = in_words(lower_first(short_label(data, row)) for row in outside)
    lead = f"Only {named}" if len(outside) < len(rows) else upper_first(named)
    weak = [lower_first(short_label(data, row)) for row in outside if is_weak(row)]
    which = "" if len(weak) == len(outside) else f" on {in_words(weak)}"
    return f"{lead} {are} {range_words}{f' (weak evidence{which})' if weak else ''}."


def _is_within(row: Comparison) -> bool:
    low, high = row.prediction.prediction_low, row.prediction.prediction_high
    return low is None or high is None or low <= (row.force_value or 0.0) <= high


def different(rows: Iterable[Comparison]) -> list[Comparison]:
    """Return the rows whose verdict is higher or lower."""
    return [row for row in rows if row.tested.verdict in (HIGHER, LOWER)]


def _single(data: Dataset, row: Comparison, against: str) -> str:
    """Return one comparison as a sentence."""
    force = data.forces[row.force].label
    measure = short_label(data, row)
    scale = Scale.of([row])
    own, other = (scale.unbroken(row, side) for side in (row.own, row.other))
    if row.force_value is None:
        return f"{measure}: there is no figure for {force}."
    if row.benchmark_value is None:
        return f"{measure}: {own} in {force}. There is no figure for {against}."
    figures = f"{own} against {other}"
    if row.tested.verdict == SIMILAR:
        return f"{measure}: no clear difference between {force} and {against} ({figures})."
    if row.tested.verdict == NOT_TESTED:
        return f"{measure}: {own} in {force} and {other} in {against}. This is not tested."
    much = "" if row.percent_difference is None else f"{percent_words(row.percent_difference)} "
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return (
        f"{measure}: {much}{row.tested.verdict}{reading} in {force} than in {against} "
        f"({figures}){_usual(row)}."
    )


def _usual(row: Comparison) -> str:
    if row.beyond.usual_p is None:
        return ""
    more = "more" if row.beyond.beyond == USUAL else "no more"
    return f", {more} than forces' rates usually move from year to year"


def estimates(data: Dataset, rows: Sequence[Comparison], against: str) -> tuple[str, ...]:
    """Return how estimates of one force compare with the benchmark's and with its own before."""
    said = [_single(data, row, against) for row in rows if not row.against_itself]
    said += [_on_year_before(row) for row in rows if row.against_itself]
    return tuple(said)


def _on_year_before(row: Comparison) -> str:
    before = Scale.of([row]).unbroken(row, row.other)
    if row.difference is None:
        return "There is no figure of the year before."
    change = {
        SIMILAR: "No clear change on",
        NOT_TESTED: "Not tested against",
        HIGHER: "Higher than",
        LOWER: "Lower than",
    }[row.tested.verdict]
    return f"{change} the year before ({before})."


def on_year_before(row: Comparison) -> str:
    """Return how a figure compares with the year before: `no clear change on 2013`.

    It is a part of a line, where `estimates` has a sentence.
    """
    year = row.base_period_end.year if row.base_period_end else "the year before"
    words = {SIMILAR: "no clear change on", NOT_TESTED: "not tested against"}
    return f"{words.get(row.tested.verdict, f'{row.tested.verdict} than in')} {year}"


def changed(data: Dataset, rows: Sequence[Comparison], against: str) -> tuple[str, ...]:
    """Return how much the first measure changed, and how much the others did in their last year.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        Changes of one force, of one measure or several.
    against
        The benchmark's name within a sentence.
    """
    lead = [row for row in rows if row.metric == rows[0].metric]
    lead.sort(key=lambda row: str(row.base_period_end), reverse=True)
    said = [_moved(data, row, against, first=row is lead[0]) for row in lead]
    others: dict[str, Comparison] = {}
    for row in rows:
        known = others.get(row.metric)
        if known is None or str(row.base_period_end) > str(known.base_period_end):
            others[row.metric] = row
    listed = [
        f"{lower_first(short_label(data, row))} {signed_percent(row.own)}"
        for row in others.values()
        if row.metric != rows[0].metric and is_yearly(row) and row.force_value is not None
    ]
    if listed:
        said.append(f"Other changes over the latest year: {', '.join(listed)}.")
    return tuple(said)


def _moved(data: Dataset, row: Comparison, against: str, *, first: bool) -> str:
    """Return one change as a sentence: over a year as a rise or a fall, else as above or below."""
    measure, force = short_label(data, row), data.forces[row.force].label
    name = f"{measure} in {force}" if first else "The number"
    if row.force_value is None:
        since = period_name(row.base_period_end) if row.base_period_end else "then"
        return f"There is no figure for the change in {lower_first(measure)} since {since}."
    other = "no figure" if row.benchmark_value is None else signed_percent(row.other)
    beside = f" ({against}: {other})"
    value = row.force_value
    size = _percent(abs(value), row.own)
    if is_yearly(row):
        moved = f"rose {size}" if value > 0 else f"fell {size}" if value < 0 else "did not change"
        return f"{name} {moved} in the year to {period_name(row.period_end)}{beside}."
    since = period_name(row.base_period_end) if row.base_period_end else ""
    way = f"{size} above" if value > 0 else f"{size} below" if value < 0 else "the same as in"
    return f"{name} is {way} the year to {since}{beside}."


def is_yearly(row: Comparison) -> bool:
    """Return whether a change is on the year before."""
    before = row.base_period_end
    if before is None:
        return False
    return (row.period_end.year - before.year, row.period_end.month) == (1, before.month)


def signed_percent(side: Side) -> str:
    """Return a change with its sign: `+13%`, `-0.5%`."""
    if side.value is None:
        return "no figure"
    return _percent(side.value, side, signed=True)


def _percent(value: float, side: Side, *, signed: bool = False) -> str:
    return f"{rounded(value, min(side.decimals or 0, 1), signed=signed)}%"


def short_percent(percent: float | None) -> str:
    """Return a difference in per cent, for a narrow column: `-44%`; below 1% one decimal."""
    if percent is None:
        return ""
    return f"{rounded(percent, 0 if abs(percent) >= 1 else 1, signed=True)}%"


def side_by_side(
    data: Dataset, rows: Sequence[Comparison], against: str, scale: Scale
) -> tuple[str, ...]:
    """Return how several forces compare with a benchmark on one measure."""
    named = [row for row in rows if row.difference is not None]
    other = next((scale.figure(row, row.other) for row in named), "")
    beside = f" than {against} ({other})" if other else ""
    groups: list[str] = []
    for verdict in (LOWER, HIGHER, SIMILAR, NOT_TESTED):
        found = [row for row in named if row.tested.verdict == verdict]
        if not found:
            continue
        forces = "All" if len(found) == len(rows) else _forces(data, found)
        if forces == "All":
            forces = "Both forces" if len(rows) == _BOTH else f"All {len(rows)} forces"
        are = "are" if len(found) > 1 else "is"
        groups.append(
            {
                LOWER: f"{forces} {are} lower{beside}",
                HIGHER: f"{forces} {are} higher{beside}",
                SIMILAR: f"{forces}: no clear difference",
                NOT_TESTED: f"{forces}: not tested",
            }[verdict]
        )
    missing = [row for row in rows if row.difference is None]
    if missing:
        groups.append(f"{_forces(data, missing)}: no figure to compare")
    return (f"{'; '.join(groups)}.", *_ranked(data, rows))


def _forces(data: Dataset, rows: Sequence[Comparison]) -> str:
    labels = list(dict.fromkeys(data.forces[row.force].label for row in rows))
    return in_words(labels) if len(labels) <= _FEW else f"{len(labels)} forces"


def _ranked(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield the places of the forces, the first in a sentence and the others after it."""
    ranked = [row for row in rows if row.among.forces_rank is not None][:_FEW]
    if not ranked:
        return
    first, *others = ranked
    force, place = data.forces[first.force].label, _highest(first.among.forces_rank or 0)
    named = [f"{data.forces[r.force].label} {ordinal(r.among.forces_rank or 0)}" for r in others]
    yield f"{in_words([f'{force} is {place}', *named])}, of {first.among.forces_ranked}."


def _highest(rank: int) -> str:
    """Return a place by rate: `highest`, `2nd highest`."""
    return "highest" if rank == 1 else f"{ordinal(rank)} highest"


def among_all(
    data: Dataset,
    rows: Sequence[Comparison],
    asked: Sequence[str],
    against: str,
    scale: Scale,
) -> tuple[str, ...]:
    """Return where the forces asked for are among all, or which are the highest and the lowest.

    Parameters
    ----------
    data
        The tables, for names.
    rows
        The comparisons of all forces on one measure, the highest first.
    asked
        The forces asked for; empty for none.
    against
        The benchmark's name within a sentence.
    scale
        The scale of the figures.
    """
    known = [row for row in rows if row.force_value is not None]
    if not known:
        return ("No force has a figure.",)
    said = [*_absent(data, known, asked, against)]
    if len(known) == 1:
        return (*said, _single(data, known[0], against))
    said += [_place(data, row, against, scale) for row in known if row.force in asked]
    if not said and known[0].force_value == known[-1].force_value:
        figure = scale.figure(known[0], known[0].own)
        said = [f"All {len(known)} forces have the same figure: {figure}."]
    elif not said:
        ends = [known[0], known[-1]]
        ranked = [row for row in known if row.among.forces_rank is not None]
        ends = [ranked[0], ranked[-1]] if ranked else ends
        first, last = (
            f"{data.forces[row.force].label} ({scale.figure(row, row.own)})" for row in ends
        )
        said = [f"Highest in {first}, lowest in {last}."]
        other = next((row for row in rows if row.benchmark_value is not None), None)
        if other is not None:
            said[0] = f"{said[0][:-1]}; {against} {scale.figure(other, other.other)}."
    return (*said, *_unusual(data, rows))


def _absent(
    data: Dataset, known: Sequence[Comparison], asked: Sequence[str], against: str
) -> Iterable[str]:
    """Yield which of the areas asked for are not among those with a figure."""
    benchmark = known[0].benchmark
    if benchmark in asked:
        yield f"{upper_first(against)} is the benchmark."
    having = {row.force for row in known}
    absent = [data.forces[f].label for f in asked if f not in having and f != benchmark]
    if absent:
        yield f"There is no figure for {in_words(absent)}."


def _place(data: Dataset, row: Comparison, against: str, scale: Scale) -> str:
    force, own = data.forces[row.force].label, scale.figure(row, row.own)
    rank = row.among.forces_rank
    place = f"{force} has no rank" if rank is None else f"{force} is {_highest(rank)}"
    if row.difference is None:
        return f"{place}: {own}."
    other = scale.figure(row, row.other)
    if row.tested.verdict in (HIGHER, LOWER):
        way = "above" if row.tested.verdict == HIGHER else "below"
        much = (
            percent_words(row.percent_difference)
            if row.percent_difference is not None
            else f"{rounded(abs(row.difference), 1)} points"
        )
        return f"{place}: {own}, {much} {way} {against} ({other})."
    clear = "no clear difference from" if row.tested.verdict == SIMILAR else "not tested against"
    return f"{place}: {own}, {clear} {against} ({other})."


def _unusual(data: Dataset, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield which forces are unusual among forces, and how many would be by chance."""
    tested = [row for row in rows if row.among.among_forces != NOT_TESTED]
    if not tested:
        return
    parts = []
    flagged = [row for row in tested if row.among.among_forces in (HIGH, LOW)]
    for verdict in (HIGH, LOW):
        found = [row for row in flagged if row.among.among_forces == verdict]
        if found:
            parts.append(f"{verdict}: {_forces(data, found)}")
    if not parts:
        yield f"No force is unusual among the {len(tested)}."
        return
    expected = len(tested) * (1 - tested[0].tested.interval_level)
    about = f"about {rounded(expected, 0 if expected >= 1 else 1)} of {len(tested)}"
    weak = "Weak evidence: chance" if all(map(is_weak, flagged)) else "Chance"
    yield f"{upper_first('; '.join(parts))}. {weak} alone would flag {about}."


def judged(rows: Sequence[Judgment]) -> str:
    """Return how many questions got each judgment: `Outstanding on 2 questions and good on 1.`.

    The judgments are those of one cycle.
    """
    counted = Counter(row.grade for row in sorted(rows, key=lambda row: row.rank or 0))
    parts = [
        f"{grade.lower()} on {plural(number, 'question') if not place else number}"
        for place, (grade, number) in enumerate(counted.items())
    ]
    return f"{upper_first(in_words(parts))}."


def supported(claims: Sequence[Claim]) -> str:
    """Return how many claims the figures support: `2 supported, 1 not, 7 true as printed …`."""
    counted = Counter(support_words(claim) for claim in claims)
    parts = [f"{counted[words]} {_IN_A_COUNT.get(words, words)}" for words in in_order(counted)]
    if {"supported", "not supported"} <= counted.keys():
        parts[1] = parts[1].removesuffix(" supported")
    return ", ".join(parts)


def in_order(supports: Iterable[str]) -> list[str]:
    """Return degrees of support, the clearest first."""
    found = list(supports)
    known = [words for words in _SUPPORT_ORDER if words in found]
    return [*known, *(words for words in found if words not in known)]


def support_words(claim: Claim) -> str:
    """Return what people read for a degree of support.

    A test that finds no difference does not support that there is none.
    """
    if _finds_no_difference(claim):
        return _NO_DIFFERENCE
    return _SUPPORTED.get(claim.support, claim.support)


def claim_words(claim: Claim) -> str:
    """Return what is claimed, with how far apart figures without a clear difference may be."""
    if not _finds_no_difference(claim) or claim.figures is None:
        return claim.statement
    return f"{claim.statement.removesuffix('.')} ({interval_words(claim.figures)})."


def _finds_no_difference(claim: Claim) -> bool:
    return claim.support == "supported" and claim.asserts == SIMILAR


_NO_DIFFERENCE = "no clear difference found"
_AS_PRINTED = "true as printed but cannot be tested"
_SUPPORTED = {"supported as printed but untestable": _AS_PRINTED}
_SUPPORT_ORDER = ("supported", "not supported", _NO_DIFFERENCE, _AS_PRINTED)
_IN_A_COUNT = {
    _NO_DIFFERENCE: "unclear",
    _AS_PRINTED: "true as printed but untested",
}
"""What degrees of support are called where claims are counted in one line."""


def matched(rows: Sequence[Reproduction], results: dict[str, str]) -> str:
    """Return how many printed figures the published counts reproduce."""
    counted = Counter(row.result for row in rows)
    words = in_words(f"{counted[key]} {word}" for key, word in results.items() if counted[key])
    return f"Of {plural(len(rows), 'printed figure')}, {words}."
