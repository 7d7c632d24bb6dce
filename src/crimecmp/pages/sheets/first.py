"""The first sheet: judgments, all rates among all forces, one trend, outcomes and satisfaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from crimecmp.charts.spine import spine
from crimecmp.charts.trend import trend
from crimecmp.comparison.row import Comparison, Judgment
from crimecmp.document.picture import Picture, Spine
from crimecmp.document.sheets import Badge, Badges, Block, Fact
from crimecmp.errors import CrimecmpError
from crimecmp.pages.brief.frame import remarks as remarks_on
from crimecmp.pages.judgments import judgment_labels
from crimecmp.pages.sheets.found import COUNTED, Found, are_mixed, basis_words, is_counted
from crimecmp.wording.answers import lower_first, on_year_before
from crimecmp.wording.cautions import cautions
from crimecmp.wording.labels import opponent_in_sentence, short_label, year_words
from crimecmp.wording.sentences import kind_words, marked_verdict
from crimecmp.wording.units import Scale


def judged(found: Found, rows: Sequence[Judgment]) -> Iterable[Block]:
    """Yield the inspectors' judgments, the best first."""
    if rows:
        of_forces = tuple(_badges(found, rows, force) for force in found.request.forces)
        yield Block("judgments", "Inspectors' judgments", judgments=of_forces)


def _badges(found: Found, rows: Sequence[Judgment], force: str) -> Badges:
    labels = judgment_labels(found.data)
    its = sorted((row for row in rows if row.force == force), key=lambda row: row.rank or 0)
    badges = [Badge(row.label, labels[row.judgment], row.rank or 0, len(labels)) for row in its]
    return Badges(found.data.forces[force].label if found.several else "", tuple(badges))


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
    ]
    tested = any(
        finding.basis == "printed and tested by counts" for finding in found.findings["rates"]
    )
    remarks = [
        " ".join(filter(None, key)),
        *drawing.remarks,
        *remarks_on(found.data, found.request, rows),
        *([] if tested else basis_words(rows)),
        *([f"{COUNTED} Calculated from counts."] if tested and are_mixed(rows) else []),
    ]
    yield Block(
        "rates",
        "Recorded crime rates",
        picture=picture._replace(drawing=_marked(found, drawing)),
        remarks=tuple(dict.fromkeys(filter(None, remarks))),
    )


def _marked(found: Found, drawing: Spine) -> Spine:
    """Return the spine with a mark on what is calculated beside figures that are printed."""
    findings = found.findings["rates"]
    mixed = are_mixed(found.rows("rates"))
    rows = []
    for row, finding in zip(drawing.rows, findings, strict=True):
        if mixed and is_counted(finding.shown):
            row = row._replace(measure=f"{row.measure}\u00a0{COUNTED}")
        rows.append(row)
    return drawing._replace(rows=tuple(rows))


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
    kept = (note for note in picture.notes if not any(caution in note for caution in said))
    return picture._replace(notes=tuple(kept))


def results(found: Found) -> Iterable[Block]:
    """Yield outcomes and satisfaction, a line each."""
    rows = found.rows("outcomes", "satisfaction")
    facts = tuple(_fact(found, row, rows) for row in rows if not row.against_itself)
    if facts:
        remarks = tuple(kind_words(rows))
        yield Block("results", "Outcomes and satisfaction", facts=facts, remarks=remarks)


def _fact(found: Found, row: Comparison, rows: Sequence[Comparison]) -> Fact:
    """Return a figure beside the benchmark's and, where it is known, the year before's."""
    own, other = (
        Scale.of([row]).figure(row, side._replace(margin=None)) for side in (row.own, row.other)
    )
    said = [f"{found.against} {other}: {marked_verdict(row)}"]
    if row.difference is None:
        said = [f"no figure for {opponent_in_sentence(found.data, found.request)}"]
    about = (row.force, row.metric)
    said += [on_year_before(r) for r in rows if r.against_itself and (r.force, r.metric) == about]
    name = f"{row.label}, {year_words(row.period_end)}"
    if found.several:
        name = f"{found.data.forces[row.force].label}: {lower_first(name)}"
    return Fact(own, name, "; ".join(said))
