"""The second sheet: changes, what is claimed, and the ranking around the forces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from crimecmp.charts.forces import all_forces
from crimecmp.charts.marks import roles_of
from crimecmp.comparison.claims import NOT_SUPPORTED, OWN_CHANGE, SUPPORTED, checked_by
from crimecmp.comparison.kinds import KINDS
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Claim, Comparison
from crimecmp.comparison.strongest import Finding, strongest
from crimecmp.document.brief import BriefTable, Field, Line
from crimecmp.document.sheets import Block, Group
from crimecmp.errors import CrimecmpError
from crimecmp.pages.brief.frame import remarks
from crimecmp.pages.ranking import RankedLine, ranked_lines
from crimecmp.pages.sheets.found import COUNTED, Found, are_mixed, basis_words, by_force, is_counted
from crimecmp.text import UNBREAKABLE, period_name, plural
from crimecmp.wording.answers import claim_words, in_order, is_yearly, support_words, upper_first
from crimecmp.wording.cautions import cautions, first_sentence
from crimecmp.wording.labels import column_label, opponent_label, year_words
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import ALONE, alone_words, kind_words, mark_of, marked_verdict
from crimecmp.wording.units import Scale


def changes(found: Found) -> Iterable[Block]:
    """Yield the changes on the year before, then those over a longer time."""
    rows = found.rows("changes")
    if not rows:
        return
    tables = []
    for yearly in (True, False):
        its = [row for row in rows if is_yearly(row) == yearly]
        if its:
            tables.append(_change_table(found, rows, its, yearly=yearly))
    yield Block(
        "changes",
        "Changes in the number recorded",
        tables=tuple(tables),
        cautions=tuple(by_force(found, rows, partial(cautions, found.data, "changes"))),
        remarks=(
            *remarks(found.data, found.request, rows),
            *basis_words(rows),
        ),
    )


def _change_table(
    found: Found, every: Sequence[Comparison], rows: Sequence[Comparison], *, yearly: bool
) -> BriefTable:
    starts = {row.base_period_end for row in rows if row.base_period_end}
    title = "On the year before"
    if not yearly:
        title = f"Since the {year_words(*starts)}" if len(starts) == 1 else "Over a longer time"
    since = [] if yearly or len(starts) == 1 else [Field("Since")]
    own = "Force's" if found.several else found.data.forces[found.request.forces[0]].label
    fields = (
        Field("Measure"),
        *([Field("Force")] if found.several else []),
        *since,
        Field(own, "number"),
        Field(found.against, "number"),
        Field("Verdict"),
    )
    marks, mixed = Marks.of(every), are_mixed(every)
    lines = []
    for row in rows:
        label = column_label(found.data, row.metric, row.label)
        differs = marks.words(row)
        label = f"{label} ({differs})" if differs else label
        start = row.base_period_end
        lines.append(
            Line(
                (
                    f"{label}\u00a0{COUNTED}" if mixed and is_counted(row) else label,
                    *([found.data.forces[row.force].label] if found.several else []),
                    *(period_name(start) if start else "" for _ in since),
                    Scale.of([row]).figure(row, row.own),
                    Scale.of([row]).figure(row, row.other),
                    marked_verdict(row),
                )
            )
        )
    return BriefTable(fields, tuple(lines), title=title)


def claimed(found: Found, claims: Sequence[Claim]) -> Iterable[Block]:
    """Yield what is claimed, under how far the figures support it.

    A claim on a fact that published counts test is checked by their test.
    """
    tests = {fact: row for row in _tests(found, claims) for fact in _facts(row.shown)}
    reasons = {(row["force"], row["claim"]): row["note"] for row in found.data.rows("claims")}
    groups: dict[tuple[str, bool], list[str]] = {}
    meanings: list[str] = []
    for number, claim in enumerate(claims, 1):
        test = _test_of(claim, tests)
        checked = claim if test is None else checked_by(claim, test)
        about = support_words(checked), test is not None
        mark, meaning = _mark_of(checked, test)
        words = UNBREAKABLE.join(filter(None, [claim_words(checked), mark]))
        if about[0] == NOT_SUPPORTED:
            words = " ".join(
                filter(None, [words, first_sentence(reasons[claim.force, claim.claim])])
            )
        groups.setdefault(about, []).append(f"{number}. {words}")
        meanings += meaning
    by_support = in_order(dict.fromkeys(support for support, _ in groups))
    ordered = [(support, counted) for support in by_support for counted in (False, True)]
    if groups:
        only = found.only(claim.force for claim in claims)
        about_whom = f" about {only}" if only else ""
        yield Block(
            "claims",
            f"Claims{about_whom}, and whether the figures support them",
            groups=tuple(
                Group(_headed(*about, len(groups[about])), tuple(groups[about]))
                for about in ordered
                if about in groups
            ),
            remarks=tuple(dict.fromkeys(meanings)),
        )


def _mark_of(claim: Claim, test: Comparison | None) -> tuple[str, Iterable[str]]:
    """Return the mark of a claim that a test supports, and what it means; else nothing."""
    if test is None or claim.support != SUPPORTED:
        return "", ()
    if claim.asserts in OWN_CHANGE:
        return ALONE, [alone_words(test)]
    mark = mark_of(test)
    return mark, kind_words([test]) if mark else ()


def _headed(support: str, counted: bool, number: int) -> str:
    by = " by published counts" if counted else ""
    return f"{upper_first(support)}{by} ({number})"


def _tests(found: Found, claims: Sequence[Claim]) -> Iterable[Finding]:
    """Yield the findings that may test some claims: of each force alone, as claims are."""
    if not found.several:
        yield from (row for its in found.findings.values() for row in its)
        return
    kinds = {claim.figures.kind for claim in claims if claim.figures is not None}
    tables = [table for table, kind in KINDS.items() if kind.name in kinds]
    for force in dict.fromkeys(claim.force for claim in claims):
        alone = strongest(found.data, found.request._replace(forces=(force,)), tables)
        yield from (row for its in alone.values() for row in its)


_Fact = tuple[object, ...]


def _fact(row: Comparison) -> _Fact:
    return row.kind, row.force, row.metric, row.period_end, row.base_period_end, row.benchmark


def _facts(row: Comparison) -> Iterable[_Fact]:
    """Yield the facts that a comparison tests: the difference, and what the force's figure is."""
    yield from (_fact(row), _fact(row._replace(benchmark="")))


def _test_of(claim: Claim, tests: dict[_Fact, Finding]) -> Comparison | None:
    """Return the comparison of another source that tests what a claim is about."""
    figures = claim.figures
    if figures is None:
        return None
    alone = not figures.benchmark
    if alone and (figures.kind != "change" or claim.asserts not in OWN_CHANGE):
        return None
    test = tests.get(_fact(figures))
    if test is None or test.basis == "printed":
        return None
    return test.tested if test.tested.source != figures.source else None


def ranking(found: Found) -> Iterable[Block]:
    """Yield the order of all forces around those asked for: neighbours, ends and benchmark."""
    asked = found.among()
    if asked is None:
        return
    heading = "Order of all forces"
    try:
        _, rows = all_forces(found.data, asked, ("rates",))
    except CrimecmpError as error:
        yield Block("ranking", heading, remarks=(f"Not ranked: {error.message}.",))
        return
    ranked = ranked_lines(found.data, asked, rows, opponent_label(found.data, asked))
    scale = Scale.of(rows)
    fields = (
        Field("Rank", "number"),
        Field("Force"),
        Field("Rate", "number"),
        Field("From zero", "bar"),
    )
    title = f"{rows[0].label} {scale.unit}, {year_words(rows[0].period_end)}"
    table = BriefTable(fields, tuple(_around(asked, ranked, scale)), title)
    yield Block("ranking", heading, tables=(table,), remarks=tuple(basis_words(rows)))


def _around(request: Request, ranked: Sequence[RankedLine], scale: Scale) -> Iterable[Line]:
    """Yield the lines near the forces asked for and at the ends, and how many are between."""
    roles = roles_of(request)
    asked = {at for at, line in enumerate(ranked) if _is_asked(request, line)}
    near = range(-1, 2) if len(asked) > 1 else range(-_NEAR, _NEAR + 1)
    kept = {0, len(ranked) - 1, *(at + step for at in asked for step in near)}
    kept |= {at for at, line in enumerate(ranked) if line.benchmark}
    between = 0
    for at, line in enumerate(ranked):
        if at not in kept:
            between += 1
            continue
        if between:
            yield Line(("", plural(between, "other force"), "", ""))
        between = 0
        place = line.rank.partition(" ")[0]
        figure = scale.cell(line.row, line.figure)
        role = roles[line.row.force] if at in asked else "other"
        yield Line((place, line.name, figure, ""), line.figure.value, at in asked, role)


_NEAR = 2


def _is_asked(request: Request, line: RankedLine) -> bool:
    return not line.benchmark and line.row.force in request.forces
