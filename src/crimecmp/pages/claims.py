"""The page of claims about the figures, and whether the figures support them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from crimecmp.comparison.claims import claims_of
from crimecmp.comparison.request import Request, no_figures
from crimecmp.comparison.row import Claim, columns
from crimecmp.document.brief import Brief, Offer
from crimecmp.document.report import Note, Report
from crimecmp.pages.page import page_of
from crimecmp.pages.part import Part, Shown, section
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words
from crimecmp.wording.answers import support_words
from crimecmp.wording.cycles import with_publication
from crimecmp.wording.figure_words import figures_words
from crimecmp.wording.labels import full_names, name_of
from crimecmp.wording.methods import method_label
from crimecmp.wording.notes import Place, found_in
from crimecmp.wording.sentences import claim_verdict


def claims_page(data: Dataset, request: Request) -> Report:
    """Return the page of claims about the forces, and whether the figures support them.

    Raises
    ------
    NoFiguresError
        Where the data have no claim about them.
    """
    data = data.printed or data
    part = claims_part(data, request)
    if part is None:
        raise no_figures(data, "claims", request)
    names = full_names(data, request.forces)
    title = f"{names}: claims, and whether the figures support them"
    title = with_publication(data, title, (row.source for row in part.rows))
    page = page_of(data, title, [part], columns(Claim))
    return page._replace(brief=partial(_brief, data, request, part))


def _brief(data: Dataset, request: Request, part: Part) -> Brief:
    from crimecmp.pages.brief.lists import claims_brief

    claims = [row for row in part.rows if isinstance(row, Claim)]
    return claims_brief(data, request, claims)._replace(offers=(Offer("notes"),))


class _NumberedClaim(NamedTuple):
    number: int
    claim: Claim


def claims_part(data: Dataset, request: Request) -> Part | None:
    """Return the table of claims about the forces; None where there are none."""
    claims = claims_of(data, request)
    if not claims:
        return None
    counted = Counter(support_words(claim) for claim in claims)
    tally = in_words(f"{number} {support}" for support, number in counted.items())
    known = [claim.figures for claim in claims if claim.figures]
    places = [
        Place(
            claim.source,
            claim.locator,
            name_of(data, claim.figures, known) if claim.figures else claim.statement,
        )
        for claim in claims
    ]
    notes = [Note(f"In all: {tally}."), *_reasons(claims), *found_in(data, places)]
    numbered = [_NumberedClaim(number, claim) for number, claim in enumerate(claims, start=1)]
    return Part(section("claims", "Claims", _COLUMNS, numbered, notes), claims)


_COLUMNS: tuple[Shown[_NumberedClaim], ...] = (
    Shown("No.", lambda row: str(row.number), "id"),
    Shown("Claim", lambda row: row.claim.statement),
    Shown(
        "Figures",
        lambda row: figures_words(row.claim.figures) if row.claim.figures else "no figures",
    ),
    Shown("Verdict", lambda row: claim_verdict(row.claim)),
    Shown("Support", lambda row: support_words(row.claim)),
    Shown("Method", lambda row: method_label(row.claim.method)),
)


def _reasons(claims: Sequence[Claim]) -> list[Note]:
    """Return notes on why claims are supported or not, one for each reason."""
    reasons: dict[str, list[str]] = {}
    for number, claim in enumerate(claims, start=1):
        reasons.setdefault(claim.reason, []).append(str(number))
    return [
        Note(f"Claim{'s' * (len(numbers) > 1)} {in_words(numbers)}: {reason}")
        for reason, numbers in reasons.items()
    ]
