"""What a map's colours show: the fifth that a force's figure is in, or its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple, TypeVar

from crimecmp.charts.marks import difference_words
from crimecmp.comparison.fifths import FIFTHS, fifth_of_rank, fifths
from crimecmp.comparison.row import Comparison, Side
from crimecmp.comparison.verdict_words import HIGHER, LOWER, NOT_TESTED, SIMILAR
from crimecmp.document.picture import Shade, Tone
from crimecmp.errors import NoFiguresError
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, ordinal, plural
from crimecmp.wording.labels import compared_with, opponent
from crimecmp.wording.sentences import kind_words, mark_of, places_words, verdict_and_basis
from crimecmp.wording.units import Scale

T = TypeVar("T")

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
    1: ("highest", "highest"),
    2: ("second highest", "high"),
    3: ("middle", "middle"),
    4: ("second lowest", "low"),
    5: ("lowest", "lowest"),
}
"""The name of each fifth, from the highest as ranks are, and its colour."""


def _by_fifth(
    data: Dataset, asked: Sequence[str], figures: Sequence[Figure], scale: Scale
) -> Colours:
    if len(figures) < FIFTHS:
        raise NoFiguresError(
            f"fifths need figures for at least {FIFTHS} forces, and there are {len(figures)}",
            "Colour the map by the verdict instead, which needs figures for two.",
        )
    fifth_of = fifths({figure.force: figure.value for figure in figures})
    own = next(figure for figure in figures if figure.force == asked[0])
    found = [
        f"{_named(data, forces)} in the {_FIFTHS[fifth][0]} fifth"
        for fifth, forces in _alike(asked, fifth_of)
    ]
    found[0] += f" of {len(figures)} forces"
    if len(asked) == 1:
        found[0] += f", {own.words(scale)}"
    return Colours(
        "; ".join(found),
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
    if allowed.rank_low == allowed.rank_high:
        return f"{words}; random variation alone allows no other rank"
    first, last = (fifth_of_rank(end, forces) for end in (allowed.rank_low, allowed.rank_high))
    names = dict.fromkeys(_FIFTHS[fifth][0] for fifth in (first, last))
    span = f" {'or' if last - first == 1 else 'to'} ".join(names)
    within = "any" if last - first == FIFTHS - 1 else span
    return f"{words}; random variation alone allows {places_words(row)} ({within} fifth)"


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

_BENCHMARK = _Verdict("benchmark", "B", "")


def _by_verdict(
    data: Dataset, asked: Sequence[str], figures: Sequence[Figure], scale: Scale
) -> Colours:
    rows = {figure.force: figure.row for figure in figures if figure.force != figure.row.benchmark}
    verdict_of = {force: row.tested.verdict for force, row in rows.items()}
    own = rows[asked[0]]
    against = opponent(data, own)
    found = [
        f"{_named(data, forces)} {_share(len(forces), list(verdict_of.values()).count(verdict))} "
        f"{_VERDICTS[verdict].words} {against}"
        for verdict, forces in _alike(asked, verdict_of)
    ]
    if len(asked) == 1 and own.difference is not None:
        own_figure, other = (scale.figure(own, side) for side in (own.own, own.other))
        found[0] += f", {own_figure} against {other} {scale.unit}".rstrip()
    benchmark = [figure.force for figure in figures if figure.force not in rows]
    return Colours(
        "; ".join(found),
        {
            **{force: _verdict_colour(row) for force, row in rows.items()},
            **dict.fromkeys(benchmark, (_BENCHMARK.tone, _BENCHMARK.sign)),
        },
        (
            *_verdict_shades(list(verdict_of.values()), against),
            *(Shade(*_BENCHMARK._replace(words=against), "the benchmark") for _ in benchmark),
        ),
        {force: _verdict_words(rows[force]) for force in asked},
        tuple(kind_words(rows.values())),
    )


def _share(some: int, every: int) -> str:
    """Return how many forces have what some have: `one of 29 forces`."""
    if some == every:
        return "the only force" if every == 1 else "the only forces"
    return f"one of {every} forces" if some == 1 else f"among the {every} forces"


def _verdict_colour(row: Comparison) -> tuple[Tone, str]:
    """Return the colour of a verdict, and its sign, marked where it is no more than usual."""
    verdict = _VERDICTS[row.tested.verdict]
    return verdict.tone, f"{verdict.sign}{mark_of(row)}"


def _verdict_shades(verdicts: Sequence[str], against: str) -> Iterator[Shade]:
    for name, verdict in _VERDICTS.items():
        if name in verdicts:
            label = f"{verdict.words.removeprefix('with ').capitalize()} {against}"
            number = plural(verdicts.count(name), "force")
            yield Shade(verdict.tone, verdict.sign, label, number)


def _verdict_words(row: Comparison) -> str:
    """Return a difference with its verdict: `-42.9%, lower, more than usual, 95%`."""
    return ", ".join(filter(None, [difference_words(row), verdict_and_basis(row)]))


# --- Shared


def _alike(asked: Sequence[str], of: Mapping[str, T]) -> list[tuple[T, list[str]]]:
    """Return the requested forces that have the same, in the order that they were asked for."""
    found: dict[T, list[str]] = {}
    for force in asked:
        found.setdefault(of[force], []).append(force)
    return list(found.items())


def _named(data: Dataset, forces: Sequence[str]) -> str:
    """Return the names of forces with a verb: `Durham and Kent are`."""
    labels = in_words(data.forces[force].label for force in forces)
    return f"{labels} {'is' if len(forces) == 1 else 'are'}"


COLOURINGS: dict[By, Callable[[Dataset, Sequence[str], Sequence[Figure], Scale], Colours]] = {
    "fifth": _by_fifth,
    "verdict": _by_verdict,
}
"""What colours the forces for each way to colour them."""
