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
from crimecmp.comparison.once import made_once
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Comparison, page_columns
from crimecmp.comparison.strongest import source_of_all_forces
from crimecmp.document.picture import Picture
from crimecmp.document.report import Item, Passage, Report
from crimecmp.errors import CrimecmpError, RequestError
from crimecmp.pages.claims import claims_part
from crimecmp.pages.closing import closing
from crimecmp.pages.figures import parts_of
from crimecmp.pages.findings import findings
from crimecmp.pages.judgments import judgments_together
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part
from crimecmp.pages.sheets.found import Found
from crimecmp.pages.sheets.front import front
from crimecmp.tables.dataset import Dataset
from crimecmp.wording.labels import headline
from crimecmp.wording.row_marks import with_year

COUNTED = "-counted"
"""The suffix of the key of a table calculated from the counts of all forces."""


@made_once()
def handout(data: Dataset, request: Request, form: str, *, full: bool = False) -> Report:
    """Return the page to hand over, with everything about some forces in one place.

    In HTML its sheets come first, and its pictures are those of the sheets unless it is in full.
    Its machine rows are those of `crimecmp.pages.figures.whole_page`. Tables from another source
    and of claims are for people only.

    Parameters
    ----------
    data
        The tables.
    request
        The forces, and the figures wanted.
    form
        The format of the page, for the command that it quotes.
    full
        Whether everything behind the sheets is open and printed.

    Raises
    ------
    NoFiguresError
        Where the data have nothing on the forces.
    RequestError
        Where there are more forces than a picture can show.
    """
    roles_of(request)
    several = len(request.forces) > 1
    all_forces_source = source_of_all_forces(data, request)
    found, notes = parts_of(data, request, side_by_side=several)
    if found and all_forces_source == found[0].rows[0].source:
        found, notes = parts_of(data, request, side_by_side=True)
    elif all_forces_source:
        counted, _ = parts_of(data, request._replace(source=all_forces_source), side_by_side=True)
        found += map(_as_counted, counted)
    found += judgments_together(data, request)
    claims = claims_part(data, request)
    found += [claims._replace(machine=False)] if claims else []
    if not found:
        raise no_figures(data, "figures", request)
    in_sheets = form == "html"
    heading = "Findings, table by table" if in_sheets else "Headline findings"
    drawn = _WithPictures(found, [])
    if full or not in_sheets:
        drawn = _draw_pictures(data, request, found, all_forces_source)
    rows = [row for part in found for row in part.rows]
    figures = [row for row in rows if isinstance(row, Comparison)]
    title = with_year(headline(data, request), figures)
    page = page_of(data, title, drawn.parts, page_columns(), notes)
    page = page._replace(
        opening=tuple(_opening(data, request, drawn.parts, heading)),
        closing=closing(data, request, form, drawn.parts, drawn.left_out, full=full),
    )
    if not in_sheets:
        return page
    title, sheets = front(Found.of(data, request), rows, full=full)
    return page._replace(title=title, sheets=sheets)


def _opening(
    data: Dataset, request: Request, parts: Sequence[Part], heading: str
) -> Iterable[Passage]:
    """Yield the findings, a passage for each force."""
    for force in request.forces:
        name = f": {data.forces[force].label}" if len(request.forces) > 1 else ""
        yield Passage(f"{heading}{name}", findings(data, parts, force))


def _as_counted(part: Part) -> Part:
    """Return a part renamed as from the counts of all forces, left out of machine output."""
    section = part.section
    title = f"{section.title} from counts of all forces"
    return Part(section._replace(key=section.key + COUNTED, title=title), part.rows, machine=False)


class _WithPictures(NamedTuple):
    """The parts of a page with their pictures, and why any picture is left out."""

    parts: list[Part]
    left_out: list[Item]


class _PictureToDraw(NamedTuple):
    """A picture to draw: the key of its table, its kind, and the function that draws it."""

    key: str
    kind: str
    draw: Callable[[], Picture]


def _draw_pictures(
    data: Dataset, request: Request, parts: Sequence[Part], all_forces_source: str | None
) -> _WithPictures:
    """Return the parts of a page with their pictures."""
    page_notes = {note.text for part in parts for note in part.section.notes}
    pictures: dict[str, list[Picture]] = {}
    left_out = []
    for key, kind, draw in _pictures_to_draw(data, request, parts, all_forces_source):
        try:
            picture = draw()
        except CrimecmpError as error:  # the page says why it is missing
            # What to ask for instead is of no use to a reader of the page.
            hint = "" if isinstance(error, RequestError) else f" {error.hint}"
            left_out.append(Item(f"{error.message}.{hint}", f"Picture left out: {kind}"))
            continue
        kept = tuple(line for line in picture.notes if line not in page_notes)
        pictures.setdefault(key, []).append(picture._replace(notes=kept))
    drawn = [
        part._replace(
            section=part.section._replace(pictures=tuple(pictures.get(part.section.key, ())))
        )
        for part in parts
    ]
    return _WithPictures(drawn, left_out)


def _pictures_to_draw(
    data: Dataset, request: Request, parts: Sequence[Part], all_forces_source: str | None
) -> Iterator[_PictureToDraw]:
    """Yield the pictures of a page: rates, satisfaction, then one measure among all forces."""
    sources = {part.section.key: part.rows[0].source for part in parts}
    if "rates" in sources:
        own = request._replace(source=sources["rates"])
        yield _PictureToDraw("rates", "bars", lambda: bars(data, "rates", own))
    if "satisfaction" in sources:
        surveyed = request._replace(source=sources["satisfaction"])
        yield _PictureToDraw("satisfaction", "satisfaction", lambda: satisfaction(data, surveyed))
    key = next((key for key in ("rates" + COUNTED, "rates") if key in sources), None)
    if key is None:
        return
    among = request._replace(source=all_forces_source or sources[key], metric=_measure(parts))
    yield _PictureToDraw(key, "trend", lambda: trend(data, among._replace(period=None)))
    yield _PictureToDraw(key, "funnel", lambda: funnel(data, among, overdispersed=True))
    yield _PictureToDraw(key, "rank", lambda: rank(data, among))


def _measure(parts: Sequence[Part]) -> str | None:
    """Return the measure of the trend, funnel and ranking: the first of the rates."""
    rows = (row for part in parts for row in part.rows)
    return next(
        (row.metric for row in rows if isinstance(row, Comparison) and row.kind == "rate"), None
    )
