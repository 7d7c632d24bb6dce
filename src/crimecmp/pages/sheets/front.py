"""The front of a page to hand over: its title, cautions and answer, and its two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from crimecmp import __version__
from crimecmp.comparison.row import Claim, Comparison, Judgment, Row
from crimecmp.document.attribution import attribution, publisher_words
from crimecmp.document.sheets import Sheets
from crimecmp.pages.sheets.first import judged, over_time, rates, results
from crimecmp.pages.sheets.found import Found, by_force
from crimecmp.pages.sheets.second import changes, claimed, ranking
from crimecmp.tables.dataset import described_sources
from crimecmp.wording.answers import among_forces, lower_first, standing
from crimecmp.wording.cautions import empty_areas, every_caution
from crimecmp.wording.labels import headline, opponent_in_sentence
from crimecmp.wording.row_marks import with_year


class Front(NamedTuple):
    """The title and the sheets of a page."""

    title: str
    sheets: Sheets


def front(found: Found, rows: Sequence[Row], *, full: bool) -> Front:
    """Return the title and the sheets of a page to hand over.

    Parameters
    ----------
    found
        The findings on the forces.
    rows
        The rows of the page's tables, for the judgments, the claims and the sources.
    full
        Whether everything behind the sheets is open and printed.
    """
    figures = found.rows()
    judgments = [row for row in rows if isinstance(row, Judgment)]
    claims = [row for row in rows if isinstance(row, Claim)]
    sheets = Sheets(
        tuple(dict.fromkeys(_cautions(found, figures))),
        tuple(_answer(found)),
        (*judged(found, judgments), *rates(found), *over_time(found), *results(found)),
        (*changes(found), *claimed(found, claims), *ranking(found)),
        tuple(_sources(found, [*figures, *rows])),
        f"Made with crimecmp {__version__}; every verdict is by the strongest test that its "
        "figures allow.",
        full,
        found.several,
    )
    return Front(with_year(headline(found.data, found.request), figures), sheets)


def _cautions(found: Found, rows: Sequence[Comparison]) -> Iterable[str]:
    """Yield what a reader would be misled without."""
    yield from empty_areas(found.data, found.request, rows)
    yield from by_force(found, rows, partial(every_caution, found.data))


def _answer(found: Found) -> Iterable[str]:
    """Yield how the rates of each force compare, and which are outside the range among forces."""
    against = opponent_in_sentence(found.data, found.request)
    for force in found.request.forces:
        its = [each for each in found.findings.get("rates", ()) if each.shown.force == force]
        if its:
            said = " ".join(standing(found.data, [each.row for each in its], against))
            among = among_forces(found.data, [each.tested for each in its])
            said = " ".join(filter(None, [said, among]))
            label = found.data.forces[force].label
            yield f"{label}: {lower_first(said)}" if found.several else said


def _sources(found: Found, rows: Iterable[Row]) -> Iterable[str]:
    """Yield a line for each source, then what its licence asks for."""
    sources = described_sources(found.data, found.data.in_order(row.source for row in rows))
    described = found.data.by_id("sources")
    for row in sources:
        file = "" if row["source"] in described else row["source"]  # a file that is its own source
        named = (file, row["title"] or row["source"], publisher_words(row))
        yield ". ".join(filter(None, named)) + "."
    yield from attribution(sources)
