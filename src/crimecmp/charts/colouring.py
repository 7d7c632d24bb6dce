"""What a map's colours show: the fifth that a force's figure is in, or its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from crimecmp.charts.marks import difference_words
from crimecmp.comparison.fifths import FIFTHS, fifth_of_rank, fifths
from crimecmp.comparison.row import Comparison, Side
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR
from crimecmp.document.picture import Shade, Tone
from crimecmp.errors import NoFiguresError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import ordinal, plural
from crimecmp.wording.labels import compared_with, opponent
from crimecmp.wording.sentences import kind_words, mark_of, places_words, verdict_and_basis
from crimecmp.wording.units import Scale

By = Literal["fifth", "verdict"]
"""What the colours of a map show."""


class Figure(NamedTuple):
    """A force's figure, and the side of the comparison that has it."""

    force: str
    row: Comparison
    side: Side
    value: float

    def words(self, scale: Scale) -> str:
        """Return the figure with its unit: `4.99 per 1,000 households`."""
        return f"{scale.figure(self.row, self.side)} {scale.unit}".rstrip()


class Colours(NamedTuple):
    """How the forces with a figure are coloured.

    Parameters
    ----------
    finding
        Where the requested forces are: the title after the measure.
    of
        The colour and the sign of each force.
    shades
        The key of the colours.
    asked
        What there is to say of each requested force after its figure.
    remarks
        What else there is to say beside the map.
    """

    finding: str
    of: Mapping[str, tuple[Tone, str]]
    shades: tuple[Shade, ...]
    asked: Mapping[str, str]
    remarks: tuple[str, ...]


# --- By fifth

_FIFTHS: dict[int, tuple[str, Tone]] = {
    1: ("lowest", "lowest"),
    2: ("second lowest", "low"),
    3: ("middle", "middle"),
    4: ("second highest", "high"),
    5: ("highest", "highest"),
}
"""The name of each fifth, and its colour."""


def _by_fifth(
    data: Dataset, asked: Sequence[str], figures: Sequence[Figure], scale: Scale
) -> Colours:
    if len(figures) < FIFTHS:
        raise NoFiguresError(
            f"fifths need figures for at least {FIFTHS} forces, and there are {len(figures)}",
            "Leave out the source or the period, or name another metric.",
        )
    fifth_of = fifths({figure.force: figure.value for figure in figures})
    first, *others = (
        f"{data.forces[force].label} is in the {_FIFTHS[fifth_of[force]][0]} fifth"
        for force in asked
    )
    own = next(figure for figure in figures if figure.force == asked[0])
    figure = "" if others else f", {own.words(scale)}"
    return Colours(
        "; ".join([f"{first} of {len(figures)} forces{figure}", *others]),
        {force: (_FIFTHS[fifth][1], str(fifth)) for force, fifth in fifth_of.items()},
        tuple(
            _fifth_shade(fifth, list(members), scale)
            for fifth, members in groupby(figures, lambda figure: fifth_of[figure.force])
        ),
        {
            figure.force: _rank_words(figure.row, len(figures))
            for figure in figures
            if figure.force in asked
        },
        (f"{compared_with(data, own.row)}: {scale.figure(own.row, own.row.other)}",)
        if own.row.benchmark_value is not None
        else (),
    )


def _fifth_shade(fifth: int, members: Sequence[Figure], scale: Scale) -> Shade:
    """Return the key of a fifth, with its size and the range of its figures."""
    name, tone = _FIFTHS[fifth]
    highest, lowest = (
        scale.cell(figure.row, figure.side._replace(margin=None))
        for figure in (members[0], members[-1])
    )
    span = " to ".join(dict.fromkeys((lowest, highest)))
    percent = "%" if members[0].row.unit == "%" else ""
    return Shade(
        tone,
        str(fifth),
        f"{name.capitalize()} fifth",
        f"{span}{percent} ({plural(len(members), 'force')})",
    )


def _rank_words(row: Comparison, forces: int) -> str:
    """Return a force's rank, with the ranks and the fifths that random variation allows."""
    rank, allowed = row.among.forces_rank, row.prediction
    if rank is None or row.among.forces_ranked != forces:
        return ""
    words = f"{'' if rank == 1 else f'{ordinal(rank)} '}highest of {forces}"
    if allowed.rank_low is None or allowed.rank_high is None:
        return words
    low, high = (fifth_of_rank(end, forces) for end in (allowed.rank_high, allowed.rank_low))
    names = dict.fromkeys(_FIFTHS[fifth][0] for fifth in (low, high))
    span = f" {'or' if high - low == 1 else 'to'} ".join(names)
    return f"{words}; random variation alone allows {places_words(row)}, the {span} fifth"


# --- By verdict


class _Verdict(NamedTuple):
    """How a verdict is shown: its colour, its sign, and what a force with it is."""

    tone: Tone
    sign: str
    words: str


_VERDICTS = {
    HIGHER: _Verdict("above", "H", "higher than"),
    SIMILAR: _Verdict("alike", "=", "with no clear difference from"),
    LOWER: _Verdict("below", "L", "lower than"),
    NOT_TESTED: _Verdict("untested", "?", "not tested against"),
}
"""The verdicts, as the key has them from the top down."""

_BENCHMARK_SIGN = "B"


def _by_verdict(
    data: Dataset, asked: Sequence[str], figures: Sequence[Figure], scale: Scale
) -> Colours:
    rows = {figure.force: figure.row for figure in figures if figure.force != figure.row.benchmark}
    verdicts = Counter(row.tested.verdict for row in rows.values())
    own = rows[asked[0]]
    against = opponent(data, own)

    def is_one(force: str) -> str:
        verdict = rows[force].tested.verdict
        number = verdicts[verdict]
        among = "the only force" if number == 1 else f"one of {number} forces"
        return f"{data.forces[force].label} is {among} {_VERDICTS[verdict].words} {against}"

    words = "; ".join(map(is_one, asked))
    if len(asked) == 1 and own.difference is not None:
        words += f", {scale.figure(own, own.own)} against {scale.figure(own, own.other)}"
        words += f" {scale.unit}".rstrip()
    of: dict[str, tuple[Tone, str]] = {}
    for force, row in rows.items():
        verdict = _VERDICTS[row.tested.verdict]
        of[force] = verdict.tone, f"{verdict.sign}{mark_of(row)}"
    benchmark = [figure for figure in figures if figure.force not in rows]
    of |= {figure.force: ("benchmark", _BENCHMARK_SIGN) for figure in benchmark}
    shades = [
        Shade(
            verdict.tone,
            verdict.sign,
            f"{verdict.words.removeprefix('with ').capitalize()} {against}",
            plural(verdicts[name], "force"),
        )
        for name, verdict in _VERDICTS.items()
        if verdicts[name]
    ]
    if benchmark:
        shades.append(
            Shade("benchmark", _BENCHMARK_SIGN, against, "what the others are compared with")
        )
    return Colours(
        words, of, tuple(shades), {force: _verdict_words(rows[force]) for force in asked},
        tuple(kind_words(rows.values())),
    )  # fmt: skip


def _verdict_words(row: Comparison) -> str:
    """Return a difference with its verdict: `-42.9%, lower, more than usual, 95%`."""
    return ", ".join(filter(None, [difference_words(row), verdict_and_basis(row)]))


COLOURINGS: dict[By, Callable[[Dataset, Sequence[str], Sequence[Figure], Scale], Colours]] = {
    "fifth": _by_fifth,
    "verdict": _by_verdict,
}
"""What colours the forces for each way to colour them."""
