"""The first sheet: judgments, all rates among all forces, one trend, outcomes and satisfaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from crimecmp.charts.marks import NOT_FROM_ZERO, difference_words
from crimecmp.charts.spine import spine
from crimecmp.charts.trend import trend
from crimecmp.comparison.judgments import cycles
from crimecmp.comparison.row import Comparison, Judgment
from crimecmp.document.picture import Lines, Picture, Spine
from crimecmp.document.sheets import Badge, Badges, Block, Fact
from crimecmp.errors import CrimecmpError
from crimecmp.pages.brief.frame import remarks as remarks_on
from crimecmp.pages.sheets.found import COUNTED, Found, are_mixed, basis_words, is_counted
from crimecmp.text import UNBREAKABLE, in_words, ordinal, plural
from crimecmp.wording.answers import lower_first, on_year_before, upper_first
from crimecmp.wording.cautions import cautions
from crimecmp.wording.cycles import NOT_COMPARED, cycle_names
from crimecmp.wording.figure_words import level_words
from crimecmp.wording.labels import column_label, opponent_in_sentence, short_label, year_words
from crimecmp.wording.row_marks import Marks
from crimecmp.wording.sentences import kind_words, marked_verdict, places_words
from crimecmp.wording.units import Scale


def judged(found: Found, rows: Sequence[Judgment]) -> Iterable[Block]:
    """Yield the inspectors' judgments, the best first."""
    if rows:
        names = cycle_names(found.data, cycles(rows))
        of_forces = [
            b for force in found.request.forces for b in _badges(found, rows, force, names)
        ]
        yield Block(
            "judgments",
            "Inspectors' judgments",
            judgments=tuple(of_forces),
            remarks=tuple(
                dict.fromkeys([*_steps(found, rows), *([NOT_COMPARED] if len(names) > 1 else [])])
            ),
        )


def _steps(found: Found, rows: Sequence[Judgment]) -> Iterable[str]:
    """Yield what the numbers on the badges mean, once for each scale."""
    for source in cycles(rows):
        scale = found.data.scale_of(source)
        steps = in_words(f"{row['rank']} {row['label'].lower()}" for row in scale)
        yield f"1 is best: {steps}."


def _badges(
    found: Found, rows: Sequence[Judgment], force: str, names: Mapping[str, str]
) -> Iterable[Badges]:
    """Yield the judgments of a force by cycle; one without any where there are none."""
    label = found.data.forces[force].label if found.several else ""
    of_cycles = cycles(row for row in rows if row.force == force)
    for source, its in of_cycles.items():
        best_first = sorted(its, key=lambda row: row.rank or 0)
        yield Badges(
            ", ".join(filter(None, [label, names[source]])),
            tuple(Badge(row.label, row.grade, row.rank or 0, row.steps) for row in best_first),
        )
    if not of_cycles:
        yield Badges(label, ())


def rates(found: Found) -> Iterable[Block]:
    """Yield every measure on one scale about the benchmark, among all forces."""
    rows = found.rows("rates")
    if not rows:
        return
    picture = spine(found.data, found.request)
    drawing = cast(Spine, picture.drawing)
    key = [
        f"Shaded: {drawing.usual}." if drawing.usual else "",
        "Thin lines: the other forces." if any(row.others for row in drawing.rows) else "",
        f"Upright line: {drawing.benchmark}.",
        _BEYOND if any(end > drawing.end for row in drawing.rows for end in row.others) else "",
    ]
    tested = any(
        finding.basis == "printed and tested by counts" for finding in found.findings["rates"]
    )
    remarks = [
        " ".join(filter(None, key)),
        _RANKS.format(level=level_words(rows[0])) if any(map(places_words, rows)) else "",
        *(remark for remark in drawing.remarks if remark not in Marks.of(rows).meanings),
        *remarks_on(found.data, found.request, rows),
        *([] if tested else basis_words(rows)),
        *([f"{COUNTED} Calculated from counts."] if tested and are_mixed(rows) else []),
    ]
    yield Block(
        "rates",
        "Recorded crime rates",
        picture=picture._replace(drawing=_marked(found, drawing), unit=_measured(found, rows)),
        remarks=tuple(dict.fromkeys(filter(None, remarks))),
    )


_BEYOND = "Small arrow: another force is beyond the scale."
_RANKS = (
    "Ranks: 1st is the highest rate; in brackets, those that random variation alone allows "
    "({level})."
)


def _measured(found: Found, rows: Sequence[Comparison]) -> str:
    """Return what is measured where, and the unit and year of what has no other beside it."""
    marks = Marks.of(rows)
    number = len({row.metric for row in rows})
    where = in_words(found.data.forces[force].label for force in found.request.forces)
    unless = " unless another is given" if marks.letters else ""
    what = plural(number, "measure")
    return f"{what} of crime in {where}; {marks.unit}, {year_words(marks.end)}{unless}"


def _ranked(found: Found, rows: Sequence[Comparison]) -> str:
    """Return what the heading of the ranks says: of how many, from which end, without whom."""
    numbers = {row.among.forces_ranked for row in rows if row.among.forces_rank}
    of = f" of {numbers.pop()}" if len(numbers) == 1 else ""
    left_out = [found.data.forces[force].label for force in found.request.out_of_spread]
    without = f", {in_words(left_out)} left out" if left_out else ""
    return f"Rank{of}, 1st the highest rate{without}"


def _rank(row: Comparison) -> str:
    """Return a rank with those that random variation allows: `20th (19th to 25th)`."""
    if row.among.forces_rank is None:
        return ""
    allowed = places_words(row).replace(" ", UNBREAKABLE)
    rank = ordinal(row.among.forces_rank)
    return rank if allowed in ("", rank) else f"{rank} ({allowed})"


def _marked(found: Found, drawing: Spine) -> Spine:
    """Return the spine as the sheet has it: in words what a picture says by a letter.

    What is calculated beside figures that are printed has a mark.
    """
    findings = found.findings["rates"]
    every = found.rows("rates")
    mixed, marks = are_mixed(every), Marks.of(every)
    rows = []
    for row, finding in zip(drawing.rows, findings, strict=True):
        shown = finding.shown
        row = row._replace(
            measure=column_label(found.data, shown.metric, shown.label),
            detail=marks.words(shown),
            rank=_rank(finding.tested),
        )
        if mixed and is_counted(finding.shown):
            row = row._replace(measure=f"{row.measure}\u00a0{COUNTED}")
        rows.append(row)
    return drawing._replace(rows=tuple(rows), ranked=_ranked(found, every))


def over_time(found: Found) -> Iterable[Block]:
    """Yield the first measure over time, or why it cannot be drawn."""
    asked = found.among()
    if asked is None:
        return
    title = f"{short_label(found.data, found.rows('rates')[0])} over time"
    try:
        picture = trend(found.data, asked._replace(period=None))
    except CrimecmpError as error:
        yield Block("trend", title, remarks=(f"Not drawn: {error.message}.",))
        return
    yield Block("trend", title, picture=_without_cautions(found, picture))


def _without_cautions(found: Found, picture: Picture) -> Picture:
    """Return a picture without the notes that the cautions of the page have said."""
    said = cautions(found.data, "rates", found.request, found.rows("rates"))
    kept = [note for note in picture.notes if not any(caution in note for caution in said)]
    told = any(NOT_FROM_ZERO in note for note in kept)
    if not cast(Lines, picture.drawing).from_zero and not told:
        kept.append(NOT_FROM_ZERO)
    return picture._replace(notes=tuple(kept))


def results(found: Found) -> Iterable[Block]:
    """Yield outcomes and satisfaction, a line each."""
    rows = [
        row
        for row in found.rows("outcomes", "satisfaction")
        if row.kind != "outcome" or found.data.choice.shows(row.metric)
    ]
    only = found.only(row.force for row in rows)
    facts = tuple(
        _fact(found, row, rows, named=found.several and not only)
        for row in rows
        if not row.against_itself
    )
    if facts:
        subjects = in_words(_SUBJECTS[kind] for kind in dict.fromkeys(row.kind for row in rows))
        title = ": ".join(filter(None, [upper_first(subjects), only]))
        yield Block("results", title, facts=facts, remarks=tuple(kind_words(rows)))


_SUBJECTS = {"outcome": "outcomes", "satisfaction": "satisfaction"}


def _fact(found: Found, row: Comparison, rows: Sequence[Comparison], *, named: bool) -> Fact:
    """Return a figure beside the benchmark's and, where it is known, the year before's."""
    scale = Scale.of([row])
    own = scale.figure(row, row.own._replace(margin=None))
    said = [f"{found.against} {scale.unbroken(row, row.other)}: {_apart(row)}"]
    if row.difference is None:
        said = [f"no figure for {opponent_in_sentence(found.data, found.request)}"]
    about = (row.force, row.metric)
    said += [on_year_before(r) for r in rows if r.against_itself and (r.force, r.metric) == about]
    name = f"{row.label}, {year_words(row.period_end)}"
    if row.own.margin is not None:
        name = f"{name}; {scale.unbroken(row, row.own)}"
    if named:
        name = f"{found.data.forces[row.force].label}: {lower_first(name)}"
    return Fact(own, name, "; ".join(said))


def _apart(row: Comparison) -> str:
    """Return a difference in points with its verdict: `+3.6 points, higher (better)`."""
    points = difference_words(row._replace(percent_difference=None))
    return ", ".join(filter(None, [points, marked_verdict(row)]))
