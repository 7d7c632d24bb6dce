"""The brief page of everything about some forces: a profile of each, a line or two a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crimecmp.comparison.judgments import cycles
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Claim, Comparison, Judgment, Side
from crimecmp.comparison.verdict_words import (
    HIGH,
    HIGHER,
    LOW,
    LOWER,
    NOT_TESTED,
    SIMILAR,
)
from crimecmp.document.brief import Brief, Fact
from crimecmp.pages.brief.frame import remarks
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words, period_name
from crimecmp.wording.answers import (
    is_yearly,
    lower_first,
    on_year_before,
    short_percent,
    signed_percent,
    standing,
    supported,
)
from crimecmp.wording.captions import source_line
from crimecmp.wording.cautions import every_caution
from crimecmp.wording.cycles import NOT_COMPARED, cycle_names
from crimecmp.wording.labels import abbreviated, opponent_in_sentence, opponent_label, short_label
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import is_weak, mark_of, marked_verdict
from crimecmp.wording.units import Scale


def profile(
    data: Dataset,
    request: Request,
    rows: Sequence[Comparison | Judgment],
    claims: Sequence[Claim],
) -> Brief:
    """Return the profile of some forces.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    rows
        Everything about the forces: comparisons and judgments.
    claims
        What is claimed of them.
    """
    figures = [row for row in rows if isinstance(row, Comparison)]
    against = opponent_in_sentence(data, request)
    names = in_words(data.by_id("forces")[force]["name"] for force in request.forces)
    year = f", year to {period_name(Marks.of(figures).end)}" if figures else ""
    named = cycle_names(data, cycles(row for row in rows if isinstance(row, Judgment)))
    facts: list[Fact] = []
    for force in request.forces:
        its = [row for row in rows if row.force == force]
        own = [claim for claim in claims if claim.force == force]
        if len(request.forces) > 1:
            facts.append(Fact(data.forces[force].label, ()))
        facts += _facts(data, request, its, own, named)
    rates = [row for row in figures if row.kind == "rate"]
    said: tuple[str, ...] = ()
    if rates and len(request.forces) == 1:
        said = standing(data, rates, against)
    return Brief(
        f"{names} against {against}{year}",
        said,
        facts=tuple(facts),
        marks=(
            *_marks(data, figures),
            *_without(facts),
            *([NOT_COMPARED] if len(named) > 1 else []),
        ),
        cautions=every_caution(data, request, figures)[:_MOST_CAUTIONS],
        remarks=remarks(data, request, rates)[:1],
        source=source_line(data, (row.source for row in rows)),
    )


def _marks(data: Dataset, figures: Sequence[Comparison]) -> tuple[str, ...]:
    """Return what is of another year than most, each year with its measures."""
    main = Marks.of(figures).end if figures else None
    ends = {row.period_end for row in figures if row.period_end != main}
    names = {
        end: list(
            dict.fromkeys(
                lower_first(short_label(data, row)) for row in figures if row.period_end == end
            )
        )
        for end in sorted(ends)
    }
    return tuple(f"Year to {period_name(end)}: {in_words(labels)}" for end, labels in names.items())


def _without(facts: Sequence[Fact]) -> Iterable[str]:
    """Yield the subjects on which no force has anything."""
    names = {fact.name for fact in facts}
    absent = [subject for name, subject in _SUBJECTS.items() if name not in names]
    if absent:
        yield f"Nothing here on {in_words(absent, 'or')}."


_SUBJECTS = {
    "INSPECTORS": "inspectors' judgments",
    "RATES": "crime rates",
    "LAST YEAR": "changes over the last year",
    "OUTCOMES": "outcomes",
    "SATISFACTION": "satisfaction",
    "CLAIMS": "claims",
}
"""What a profile is about, by the names of its facts."""


_MOST_CAUTIONS = 2


def _facts(
    data: Dataset,
    request: Request,
    rows: Sequence[Comparison | Judgment],
    claims: Sequence[Claim],
    named: Mapping[str, str],
) -> Iterable[Fact]:
    judgments = [row for row in rows if isinstance(row, Judgment)]
    figures = [row for row in rows if isinstance(row, Comparison)]
    rates = [row for row in figures if row.kind == "rate"]
    lines: dict[str, list[tuple[str, ...]]] = {
        "INSPECTORS": _judged(judgments, named),
        "RATES": _standings(data, rates),
        "AMONG FORCES": _among(data, rates),
        "LAST YEAR": _last_year(data, request, figures),
        "OUTCOMES": _percentages(data, request, figures, "outcome"),
        "SATISFACTION": _percentages(data, request, figures, "satisfaction"),
        "CLAIMS": [(supported(claims),)] if claims else [],
    }
    for name, found in lines.items():
        if found:
            yield Fact(name, tuple(found))


def _judged(rows: Sequence[Judgment], named: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the judgments of each cycle, the best first, with its name where there are several."""
    return [
        (row.label, row.grade, f"{row.rank} of {row.steps}", *filter(None, [named[source]]))
        for source, its in cycles(rows).items()
        for row in sorted(its, key=lambda row: row.rank or 0)
    ]


def _standings(data: Dataset, rows: Sequence[Comparison]) -> list[tuple[str, ...]]:
    """Return the measures with each verdict, the largest difference first."""
    lines: list[tuple[str, ...]] = []
    alone = [row for row in rows if row.difference is None]
    rows = [row for row in rows if row.difference is not None]
    for words, verdict in (
        ("lower", LOWER),
        ("higher", HIGHER),
        ("no clear difference", SIMILAR),
        ("not tested", NOT_TESTED),
    ):
        found = [row for row in rows if row.tested.verdict == verdict]
        found.sort(key=lambda row: -abs(row.percent_difference or 0.0))
        if not found:
            continue
        named = ", ".join(
            f"{lower_first(short_label(data, row))} {short_percent(row.percent_difference)}"
            f"{mark_of(row)}".rstrip()
            for row in found
        )
        different = verdict in (LOWER, HIGHER)
        lines.append((words, named) if different else (f"{words} on {named}",))
    if alone:
        named = in_words(lower_first(short_label(data, row)) for row in alone)
        lines.append((f"no figure to compare on {named}",))
    return lines


def _among(data: Dataset, rows: Sequence[Comparison]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    tested = [row for row in rows if row.among.among_forces != NOT_TESTED]
    for verdict in (HIGH, LOW):
        found = [row for row in tested if row.among.among_forces == verdict]
        if found:
            named = in_words(lower_first(short_label(data, row)) for row in found)
            weak = " (weak evidence)" if all(map(is_weak, found)) else ""
            lines.append((f"{verdict} on {named}{weak}",))
    if tested and not lines:
        lines.append((f"not unusual on any of {len(tested)} measures",))
    return lines


def _last_year(
    data: Dataset, request: Request, rows: Sequence[Comparison]
) -> list[tuple[str, ...]]:
    """Return the changes on the year before."""
    against = abbreviated(opponent_label(data, request))
    yearly = [
        row
        for row in rows
        if row.kind == "change" and is_yearly(row) and row.force_value is not None
    ]
    named: list[str] = []
    for row in yearly:
        beside = "" if any("(" in said for said in named) else f"{against} "
        other = "" if row.benchmark_value is None else f" ({beside}{signed_percent(row.other)})"
        name = lower_first(short_label(data, row))
        named.append(f"{name} {signed_percent(row.own)}{other}")
    return [("; ".join(named),)] if named else []


def _percentages(
    data: Dataset, request: Request, rows: Sequence[Comparison], kind: str
) -> list[tuple[str, ...]]:
    """Return percentages of one kind beside the benchmark's, each with what it means."""
    against = abbreviated(opponent_label(data, request))
    lines: list[tuple[str, ...]] = []
    found = [row for row in rows if row.kind == kind]
    for row in found:
        if row.against_itself:
            continue
        its = _without_margin(row, row.other)
        other = "" if row.benchmark_value is None else f" ({against} {its})"
        alone = kind == "satisfaction" and len({row.metric for row in found}) == 1
        name = "" if alone else f"{lower_first(short_label(data, row))} "
        words = [row.tested.reading or marked_verdict(row)]
        before = next((b for b in found if b.against_itself and b.metric == row.metric), None)
        if before is not None:
            words.append(on_year_before(before))
        lines.append((f"{name}{_without_margin(row, row.own)}{other}", "; ".join(words)))
    return lines


def _without_margin(row: Comparison, side: Side) -> str:
    return Scale.of([row]).figure(row, side._replace(margin=None))
