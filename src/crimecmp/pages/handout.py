"""The page to hand over: findings, tables, pictures, judgments, claims, limits and methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from crimecmp.charts.bars import bars
from crimecmp.charts.funnel import funnel
from crimecmp.charts.marks import roles_of
from crimecmp.charts.rank import rank
from crimecmp.charts.satisfaction import satisfaction
from crimecmp.charts.trend import trend
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison, page_columns
from crimecmp.comparison.rows import answer_to
from crimecmp.document.picture import Picture
from crimecmp.document.report import Item, Passage, Report
from crimecmp.errors import CrimecmpError
from crimecmp.pages.claims import claims_part
from crimecmp.pages.closing import closing
from crimecmp.pages.figures import parts_of
from crimecmp.pages.findings import findings
from crimecmp.pages.judgments import judgments_part
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset
from crimecmp.wording.labels import headline

COUNTED = "-counted"
"""The end of the key of a table that is calculated from the counts of all forces."""


def handout(data: Dataset, request: Request, form: str) -> Report:
    """Return the page to hand over: all that is known about some forces, in one place.

    Its machine rows are those of `crimecmp.pages.figures.whole_page`; tables of another source,
    and of claims, are for people alone.

    Parameters
    ----------
    data
        The tables.
    request
        The forces, and which figures of theirs.
    form
        The format that the page is for, which it says of itself.

    Raises
    ------
    NoFiguresError
        Where the data hold nothing on the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles_of(request)
    several = len(request.forces) > 1
    of_all = _source_of_all(data, request)
    found, notes = parts_of(data, request, side_by_side=several)
    if found and of_all == found[0].rows[0].source:
        found, notes = parts_of(data, request, side_by_side=True)
    elif of_all:
        counted, _ = parts_of(data, request._replace(source=of_all), side_by_side=True)
        found += map(_counted, counted)
    judgments, claims = judgments_part(data, request), claims_part(data, request)
    found += [judgments] if judgments else []
    found += [claims._replace(machine=False)] if claims else []
    if not found:
        raise no_figures(data, "figures", request)
    drawn = _drawn(data, request, found, of_all)
    page = page_of(data, headline(data, request), drawn.parts, page_columns(), notes)
    return page._replace(
        opening=tuple(_opening(data, request, drawn.parts)),
        closing=closing(data, request, form, drawn.parts, drawn.left_out),
    )


def _opening(data: Dataset, request: Request, parts: Sequence[Part]) -> Iterable[Passage]:
    """Return the findings, a passage for each force."""
    for force in request.forces:
        of = f": {data.forces[force].label}" if len(request.forces) > 1 else ""
        yield Passage(f"Headline findings{of}", findings(data, parts, force))


def _counted(part: Part) -> Part:
    """Return a table from the counts of all forces, left out of the page's machine rows."""
    section = part.section
    title = f"{section.title} from counts of all forces"
    return Part(section._replace(key=section.key + COUNTED, title=title), part.rows, machine=False)


def _source_of_all(data: Dataset, request: Request) -> str | None:
    """Return the source with rates of most forces, if it has the requested ones."""
    everyone = tuple(dict.fromkeys([*request.forces, *data.forces_with_figures()]))
    everyone = tuple(force for force in everyone if force != request.opponent)
    source = answer_to(data, "rates", request._replace(forces=everyone)).source
    columns = data.table("rates").columns
    having = {
        force
        for force, its in zip(columns["force"], columns["source"], strict=True)
        if its == source
    }
    return source if having.issuperset(request.forces) else None


class _Drawn(NamedTuple):
    """Tables with their pictures, and why some have none."""

    parts: list[Part]
    left_out: list[Item]


class _Wanted(NamedTuple):
    """A picture, the key of the table that it is shown with, and what draws it."""

    key: str
    kind: str
    draw: Callable[[], Picture]


def _drawn(data: Dataset, request: Request, parts: Sequence[Part], of_all: str | None) -> _Drawn:
    """Return a page's tables with their pictures."""
    said = {note.text for part in parts for note in part.section.notes}
    pictures: dict[str, list[Picture]] = {}
    left_out = []
    for key, kind, draw in _wanted(data, request, parts, of_all):
        try:
            picture = draw()
        except CrimecmpError as error:  # the page is without it, and says why
            left_out.append(Item(f"{error.message}. {error.hint}", f"Picture left out: {kind}"))
            continue
        kept = tuple(line for line in picture.notes if line not in said)
        pictures.setdefault(key, []).append(picture._replace(notes=kept))
    drawn = [_with_pictures(part, pictures.get(part.section.key, ())) for part in parts]
    return _Drawn(drawn, left_out)


def _with_pictures(part: Part, pictures: Sequence[Picture]) -> Part:
    return part._replace(section=part.section._replace(pictures=tuple(pictures)))


def _wanted(
    data: Dataset, request: Request, parts: Sequence[Part], of_all: str | None
) -> Iterator[_Wanted]:
    """Yield the pictures of a page: of its rates and satisfaction, then of rates among forces."""
    sources = {part.section.key: part.rows[0].source for part in parts}
    if "rates" in sources:
        own = request._replace(source=sources["rates"])
        yield _Wanted("rates", "bars", lambda: bars(data, "rates", own))
    if "satisfaction" in sources:
        asked = request._replace(source=sources["satisfaction"])
        yield _Wanted("satisfaction", "satisfaction", lambda: satisfaction(data, asked))
    key = next((key for key in ("rates" + COUNTED, "rates") if key in sources), None)
    if key is None:
        return
    among = request._replace(source=of_all or sources[key], metric=_measure(parts))
    yield _Wanted(key, "trend", lambda: trend(data, among._replace(period=None)))
    yield _Wanted(key, "funnel", lambda: funnel(data, among, overdispersed=True))
    yield _Wanted(key, "rank", lambda: rank(data, among))


def _measure(parts: Sequence[Part]) -> str | None:
    """Return the measure for the trend, funnel and ranking: the first of the rates."""
    rows = (row for part in parts for row in part.rows)
    return next(
        (row.metric for row in rows if isinstance(row, Comparison) and row.kind == "rate"), None
    )
