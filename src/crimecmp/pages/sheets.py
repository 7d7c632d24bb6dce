"""The sheets of a page to hand over: each fact once, by the strongest method there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from crimecmp import __version__
from crimecmp.charts.forces import all_forces
from crimecmp.charts.trend import trend
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Claim, Comparison, Judgment
from crimecmp.comparison.strongest import BY_COUNTS, source_of_all_forces, strongest
from crimecmp.comparison.verdict_words import HIGH, LOW
from crimecmp.document.attribution import attribution, publisher_words
from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.document.sheets import Badge, Badges, Block, Fact, Group, Sheets
from crimecmp.errors import CrimecmpError
from crimecmp.pages.brief.frame import cautions, empty_areas, every_caution
from crimecmp.wording.row_marks import Marks
from crimecmp.pages.judgments import judgment_labels
from crimecmp.pages.part import Part
from crimecmp.pages.ranking import RankedLine, ranked_lines
from crimecmp.tables.dataset import Dataset, described_sources
from crimecmp.text import PRINTED, ordinal, period_name, plural
from crimecmp.wording.answers import (
    in_order,
    is_yearly,
    lower_first,
    on_year_before,
    short_percent,
    standing,
    support_words,
    upper_first,
)
from crimecmp.wording.labels import (
    abbreviated,
    headline,
    opponent_in_sentence,
    opponent_label,
    short_label,
    year_words,
)
from crimecmp.wording.sentences import kind_words, marked_verdict
from crimecmp.wording.units import Scale

COUNTED = "‡"
"""The mark of a figure that was calculated from published counts, where others are printed."""


class Front(NamedTuple):
    """The title and the sheets of a page."""

    title: str
    sheets: Sheets


class _Known(NamedTuple):
    """What the sheets are made of.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    rows
        The findings by table: figures as they are shown, with the verdict of their test.
    """

    data: Dataset
    request: Request
    rows: Mapping[str, Sequence[Comparison]]

    @property
    def several(self) -> bool:
        """Whether forces stand side by side."""
        return len(self.request.forces) > 1

    @property
    def against(self) -> str:
        """The short name of the benchmark."""
        return abbreviated(opponent_label(self.data, self.request))

    def name(self, row: Comparison) -> str:
        """Return a force's name where the page has several; else empty."""
        return self.data.forces[row.force].label if self.several else ""


def front(data: Dataset, request: Request, parts: Sequence[Part], *, full: bool) -> Front:
    """Return the title and the sheets of a page to hand over.

    Parameters
    ----------
    data, request
        The tables, and what was asked for.
    parts
        The tables of the page, for the judgments and the claims.
    full
        Whether everything behind the sheets is open and printed.
    """
    findings = strongest(data, request)
    rows = {table: [found.row for found in its] for table, its in findings.items()}
    every = [row for its in rows.values() for row in its]
    known = _Known(data, request, rows)
    judgments = [row for part in parts for row in part.rows if isinstance(row, Judgment)]
    claims = [row for part in parts for row in part.rows if isinstance(row, Claim)]
    first = [*_judged(known, judgments), *_rates(known), *_trend(known), *_facts(known)]
    second = [*_changes(known), *_claimed(claims), *_ranking(known)]
    sheets = Sheets(
        _cautions(known, every),
        _answer(known),
        tuple(first),
        tuple(second),
        _sources(data, parts, every),
        f"Made with crimecmp {__version__} from these sources.",
        full,
    )
    return Front(_title(known, every), sheets)


def _title(known: _Known, rows: Sequence[Comparison]) -> str:
    """Return what, who and which year."""
    year = f", {year_words(Marks.of(rows).end)}" if rows else ""
    return f"{headline(known.data, known.request)}{year}"


def _cautions(known: _Known, rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return what a reader would be misled without."""
    data, request, _ = known
    found = (*empty_areas(data, request, rows), *every_caution(data, request, rows))
    return tuple(dict.fromkeys(found))


def _answer(known: _Known) -> tuple[str, ...]:
    """Return how the rates compare, a line for each force."""
    against = opponent_in_sentence(known.data, known.request)
    lines = []
    for force in known.request.forces:
        rows = [row for row in known.rows.get("rates", ()) if row.force == force]
        if rows:
            said = " ".join(standing(known.data, rows, against))
            name = known.name(rows[0])
            lines.append(f"{name}: {lower_first(said)}" if name else said)
    return tuple(lines)


def _judged(known: _Known, rows: Sequence[Judgment]) -> Iterable[Block]:
    """Yield the judgments as badges, the best first."""
    if not rows:
        return
    labels = judgment_labels(known.data)
    of_forces = []
    for force in known.request.forces:
        its = sorted((row for row in rows if row.force == force), key=lambda row: row.rank or 0)
        badges = tuple(
            Badge(row.label, labels[row.judgment], row.rank or 0, len(labels)) for row in its
        )
        of_forces.append(Badges(known.data.forces[force].label if known.several else "", badges))
    yield Block("judgments", "Inspectors' judgments", judgments=tuple(of_forces))


def _rates(known: _Known) -> Iterable[Block]:
    """Yield every measure in one table, each beside the benchmark and in its place."""
    rows = known.rows.get("rates", ())
    if not rows:
        return
    marks, mixed = Marks.of(rows), _is_mixed(rows)
    fields = (
        *_name_fields(known),
        Field("" if known.several else known.data.forces[known.request.forces[0]].label, "number"),
        Field(known.against, "number"),
        Field("% difference", "bar"),
        Field("Rank"),
        Field("Verdict"),
    )
    lines = tuple(
        Line(
            (
                *_names(known, marks, row, mixed=mixed),
                Scale.of([row]).cell(row, row.own),
                Scale.of([row]).cell(row, row.other),
                short_percent(row.percent_difference),
                _rank(row),
                marked_verdict(row),
            ),
            row.percent_difference,
        )
        for row in rows
    )
    table = BriefTable(fields, lines, bar_unit="%")
    yield Block(
        "rates",
        f"Rates {marks.unit}".strip(),
        tables=(table,),
        remarks=(*marks.meanings, *kind_words(rows), *_basis(rows)),
    )


def _rank(row: Comparison) -> str:
    """Return a force's place among forces, and whether that is unusual."""
    place = row.among.forces_rank
    if place is None:
        return ""
    unusual = f", {row.among.among_forces}" if row.among.among_forces in (HIGH, LOW) else ""
    return f"{ordinal(place)} of {row.among.forces_ranked}{unusual}"


def _basis(rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield which figures of a table were printed, and which calculated from counts."""
    counted = any(map(_is_counted, rows))
    if _is_mixed(rows):
        yield f"{COUNTED} Calculated from published counts; figures without the mark are as printed."
    elif counted:
        yield "Figures are calculated from published counts."
    else:
        yield "Figures are as printed."
    if not counted or _is_mixed(rows):
        printed = [row for row in rows if not _is_counted(row)]
        if any(row.tested.method in BY_COUNTS for row in printed):
            yield "Where there are published counts, they give the verdict on a printed figure."


def _is_mixed(rows: Sequence[Comparison]) -> bool:
    """Return whether some figures of a table are printed and others calculated from counts."""
    return len({_is_counted(row) for row in rows if row.force_value is not None}) > 1


def _trend(known: _Known) -> Iterable[Block]:
    """Yield the first measure over time, where it can be drawn."""
    rows = known.rows.get("rates", ())
    if not rows:
        return
    source = source_of_all_forces(known.data, known.request)
    asked = known.request._replace(source=source or rows[0].source, metric=rows[0].metric)
    with suppress(CrimecmpError):  # what cannot be drawn is named with the limits of the figures
        picture = trend(known.data, asked._replace(period=None))
        yield Block("trend", f"{short_label(known.data, rows[0])} over time", picture=picture)


def _facts(known: _Known) -> Iterable[Block]:
    """Yield outcomes and satisfaction, a line each."""
    rows = [*known.rows.get("outcomes", ()), *known.rows.get("satisfaction", ())]
    facts = tuple(_fact_of(known, row, rows) for row in rows if not row.against_itself)
    if facts:
        remarks = tuple(kind_words(rows))
        yield Block("results", "Outcomes and satisfaction", facts=facts, remarks=remarks)


def _fact_of(known: _Known, row: Comparison, rows: Sequence[Comparison]) -> Fact:
    own, other = (
        Scale.of([row]).figure(row, side._replace(margin=None)) for side in (row.own, row.other)
    )
    said = [f"{known.against} {other}: {marked_verdict(row)}".removesuffix(": ")]
    itself = next(
        (r for r in rows if r.against_itself and (r.force, r.metric) == (row.force, row.metric)),
        None,
    )
    if itself is not None:
        said.append(on_year_before(itself))
    name = f"{row.label}, {year_words(row.period_end)}"
    lead = known.name(row)
    return Fact(own, f"{lead}: {lower_first(name)}" if lead else name, "; ".join(said))


def _changes(known: _Known) -> Iterable[Block]:
    """Yield the changes on the year before, then those over a longer time."""
    rows = known.rows.get("changes", ())
    if not rows:
        return
    marks = Marks.of(rows)
    tables = []
    for yearly in (True, False):
        its = [row for row in rows if is_yearly(row) == yearly]
        if its:
            tables.append(_change_table(known, marks, its, yearly=yearly, mixed=_is_mixed(rows)))
    yield Block(
        "changes",
        "Changes in the number recorded",
        tables=tuple(tables),
        remarks=(
            *(f"! {said}" for said in cautions(known.data, "changes", known.request, rows)),
            *marks.meanings,
            *kind_words(rows),
            *_basis(rows),
        ),
    )


def _change_table(
    known: _Known, marks: Marks, rows: Sequence[Comparison], *, yearly: bool, mixed: bool
) -> BriefTable:
    since = {row.base_period_end for row in rows}
    one = yearly or len(since) == 1
    title = "On the year before"
    if not yearly:
        start = rows[0].base_period_end
        title = f"Since the {year_words(start)}" if one and start else "Over a longer time"
    own = known.data.forces[known.request.forces[0]].label
    fields = (
        *_name_fields(known),
        *([] if one else [Field("Since")]),
        Field("" if known.several else own, "number"),
        Field(known.against, "number"),
        Field("Verdict"),
    )
    lines = tuple(
        Line(
            (
                *_names(known, marks, row, mixed=mixed),
                *([] if one else [period_name(row.base_period_end) if row.base_period_end else ""]),
                Scale.of([row]).figure(row, row.own),
                Scale.of([row]).figure(row, row.other),
                marked_verdict(row),
            )
        )
        for row in rows
    )
    return BriefTable(fields, lines, title=title)


def _name_fields(known: _Known) -> list[Field]:
    return [Field("Measure"), *([Field("Force")] if known.several else [])]


def _names(known: _Known, marks: Marks, row: Comparison, *, mixed: bool) -> list[str]:
    label = marks.marked(row, row.label)
    label = f"{label}\u00a0{COUNTED}" if mixed and _is_counted(row) else label
    return [label, *([known.name(row)] if known.several else [])]


def _is_counted(row: Comparison) -> bool:
    """Return whether a figure was calculated from counts, and not printed."""
    return (row.force_decimals or 0) > PRINTED


def _claimed(claims: Sequence[Claim]) -> Iterable[Block]:
    """Yield what is claimed, under how far the figures support it."""
    groups: dict[str, list[str]] = {}
    for number, claim in enumerate(claims, 1):
        groups.setdefault(support_words(claim), []).append(f"{number}. {claim.statement}")
    if groups:
        yield Block(
            "claims",
            "What is claimed",
            groups=tuple(
                Group(f"{upper_first(words)} ({len(groups[words])})", tuple(groups[words]))
                for words in in_order(groups)
            ),
        )


def _ranking(known: _Known) -> Iterable[Block]:
    """Yield the order of all forces around those asked for: neighbours, ends and benchmark."""
    rows = known.rows.get("rates", ())
    if not rows:
        return
    data, request = known.data, known.request
    source = source_of_all_forces(data, request)
    asked = request._replace(source=source or rows[0].source, metric=rows[0].metric)
    with suppress(CrimecmpError):  # what cannot be ranked is named with the limits of the figures
        _, everyone = all_forces(data, asked, ("rates",))
        ranked = ranked_lines(data, asked, everyone, opponent_label(data, request))
        scale = Scale.of(everyone)
        title = f"{everyone[0].label} {scale.unit}, {year_words(everyone[0].period_end)}"
        fields = (Field("Rank"), Field("Force"), Field("Rate", "number"), Field("", "bar"))
        table = BriefTable(fields, tuple(_around(request, ranked, scale)), marking=True)
        yield Block("ranking", title, tables=(table,), remarks=("Calculated from counts.",))


def _around(request: Request, ranked: Sequence[RankedLine], scale: Scale) -> Iterable[Line]:
    """Yield the lines near the forces asked for, the ends, and how many are between."""
    asked = [at for at, line in enumerate(ranked) if _is_asked(request, line)]
    kept = {0, len(ranked) - 1, *(at for at, line in enumerate(ranked) if line.benchmark)}
    near = _NEAR if len(asked) == 1 else 1
    kept |= {at + step for at in asked for step in range(-near, near + 1)}
    left_out = 0
    for at, line in enumerate(ranked):
        if at not in kept:
            left_out += 1
            continue
        if left_out:
            yield Line(("", f"{plural(left_out, 'other force')}", "", ""))
            left_out = 0
        figure = scale.cell(line.row, line.figure)
        place = line.rank.partition(" ")[0]
        yield Line((place, line.name, figure, ""), line.figure.value, _is_asked(request, line))


_NEAR = 2


def _is_asked(request: Request, line: RankedLine) -> bool:
    return not line.benchmark and line.row.force in request.forces


def _sources(data: Dataset, parts: Sequence[Part], rows: Sequence[Comparison]) -> tuple[str, ...]:
    """Return a line for each source, then what the licence asks for."""
    named = [row.source for row in (*rows, *(row for part in parts for row in part.rows))]
    found = described_sources(data, data.in_order(named))
    lines = [
        ". ".join(filter(None, [row["title"] or row["source"], publisher_words(row)])) + "."
        for row in found
    ]
    return (*lines, *attribution(found))
