"""The page to hand over: findings, tables, pictures, judgments, claims, limits and methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from crimecmp.compare import choose
from crimecmp.comparison.columns import PAGE_ROW
from crimecmp.errors import CrimecmpError
from crimecmp.pages.claims import claims_section
from crimecmp.pages.closing import closing
from crimecmp.pages.figures import sections_of
from crimecmp.pages.findings import findings
from crimecmp.pages.judgments import judgments_section
from crimecmp.pages.page import page_of
from crimecmp.pages.wording import headline
from crimecmp.picture import Picture
from crimecmp.pictures.bars import bars
from crimecmp.pictures.funnel import funnel
from crimecmp.pictures.marks import roles_of
from crimecmp.pictures.rank import rank
from crimecmp.pictures.satisfaction import satisfaction
from crimecmp.pictures.trend import trend
from crimecmp.report import Item, Passage, Report, Section
from crimecmp.selection import Selection, no_figures
from crimecmp.tables.dataset import Dataset

FROM_COUNTS = "from counts of all forces"


def handout(data: Dataset, selection: Selection, form: str) -> Report:
    """Return the page of some forces that is handed over: all that is known of them, in one place.

    Its machine rows are those of `crimecmp.pages.figures.whole_page`; tables of another source,
    and of claims, are for people alone.

    Parameters
    ----------
    data
        The tables.
    selection
        The forces, and which figures of theirs.
    form
        The format that the page is for, which it says of itself.

    Raises
    ------
    NoFiguresError
        Where the data hold nothing on the forces.
    RequestError
        Where there are more forces than a picture can tell apart.
    """
    roles_of(selection)
    several = len(selection.forces) > 1
    of_all = _source_of_all(data, selection)
    found, notes = sections_of(data, selection, side_by_side=several)
    if found and of_all == _source(found):
        found, notes = sections_of(data, selection, side_by_side=True)
    elif of_all:
        counted, _ = sections_of(data, selection._replace(source=of_all), side_by_side=True)
        found += [
            _for_people_alone(section)._replace(title=f"{section.title} {FROM_COUNTS}")
            for section in counted
        ]
    judgments, claims = judgments_section(data, selection), claims_section(data, selection)
    found += [judgments] if judgments else []
    found += [_for_people_alone(claims)] if claims else []
    if not found:
        raise no_figures(data, "figures", selection)
    drawn = _drawn(data, selection, found, of_all)
    page = page_of(data, headline(data, selection), drawn.sections, PAGE_ROW, notes)
    return page._replace(
        opening=tuple(_opening(data, selection, drawn.sections)),
        closing=closing(data, selection, form, drawn.sections, drawn.left_out),
    )


def _opening(data: Dataset, selection: Selection, sections: Sequence[Section]) -> Iterable[Passage]:
    """Return the findings, those of each force apart."""
    for force in selection.forces:
        of = f": {data.forces[force].label}" if len(selection.forces) > 1 else ""
        yield Passage(f"Headline findings{of}", findings(data, sections, force))


def _source(sections: Sequence[Section]) -> str | None:
    """Return the source of the first table."""
    return str(sections[0].shown[0]["source"])


def _source_of_all(data: Dataset, selection: Selection) -> str | None:
    """Return the source that has rates of the most forces, where it has those asked for."""
    everyone = tuple(dict.fromkeys([*selection.forces, *data.forces_with_figures()]))
    everyone = tuple(force for force in everyone if force != selection.opponent)
    source = choose(data, "rates", selection._replace(forces=everyone)).source
    columns = data.table("rates").columns
    having = {
        force
        for force, its in zip(columns["force"], columns["source"], strict=True)
        if its == source
    }
    return source if having.issuperset(selection.forces) else None


def _for_people_alone(section: Section) -> Section:
    """Return a table that is no part of the page's machine rows."""
    return section._replace(records=(), people=section.shown)


class _Drawn(NamedTuple):
    """Tables with their pictures, and why some have none."""

    sections: list[Section]
    left_out: list[Item]


def _drawn(
    data: Dataset, selection: Selection, sections: Sequence[Section], of_all: str | None
) -> _Drawn:
    """Return a page's tables with their pictures."""
    sources = {section.title: _source([section]) for section in sections if section.shown}
    rates_among = next((s.title for s in reversed(sections) if s.title.startswith("Rates")), "")
    counted = selection._replace(
        source=of_all or sources.get(rates_among), metric=_measure(sections)
    )

    def of(title: str) -> Selection:
        return selection._replace(source=sources[title])

    wanted: list[tuple[str, str, Callable[[], Picture]]] = [
        ("Rates", "bars", lambda: bars(data, "rates", of("Rates"))),
        ("Satisfaction", "satisfaction", lambda: satisfaction(data, of("Satisfaction"))),
        (rates_among, "trend", lambda: trend(data, counted._replace(period=None))),
        (rates_among, "funnel", lambda: funnel(data, counted, overdispersed=True)),
        (rates_among, "rank", lambda: rank(data, counted)),
    ]
    said = {note.text for section in sections for note in section.notes}
    pictures: dict[str, list[Picture]] = {}
    left_out = []
    titles = {section.title for section in sections}
    for title, kind, draw in wanted:
        if title not in titles:
            continue
        try:
            picture = draw()
        except CrimecmpError as error:  # the page is without it, and says why
            left_out.append(Item(f"{error.message}. {error.hint}", f"Picture left out: {kind}"))
            continue
        kept = tuple(line for line in picture.notes if line not in said)
        pictures.setdefault(title, []).append(picture._replace(notes=kept))
    return _Drawn(
        [section._replace(pictures=tuple(pictures.get(section.title, ()))) for section in sections],
        left_out,
    )


def _measure(sections: Sequence[Section]) -> str | None:
    """Return the measure whose trend, funnel and ranking are drawn: the first of the rates."""
    return next(
        (
            str(record["metric"])
            for section in sections
            if section.title.startswith("Rates")
            for record in section.shown
        ),
        None,
    )
