"""The page of what is claimed of the figures, and whether they bear it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crimecmp.compare import records
from crimecmp.comparison.columns import CLAIM_ROW
from crimecmp.explain import method_label
from crimecmp.pages.notes import found_in
from crimecmp.pages.page import page_of
from crimecmp.pages.wording import full_names
from crimecmp.report import Column, Note, Record, Report, Section
from crimecmp.selection import Selection, no_figures
from crimecmp.sentences import figures_words, verdict_and_basis
from crimecmp.support import claimed
from crimecmp.tables.dataset import Dataset
from crimecmp.text import in_words


def claims_page(data: Dataset, selection: Selection) -> Report:
    """Return the page of what is claimed of the forces, and whether the figures support it.

    Raises
    ------
    NoFiguresError
        Where the data hold no claim about them.
    """
    section = claims_section(data, selection)
    if section is None:
        raise no_figures(data, "claims", selection)
    title = f"{full_names(data, selection.forces)}: what is claimed, and what the figures bear out"
    return page_of(data, title, [section], CLAIM_ROW)


def claims_section(data: Dataset, selection: Selection) -> Section | None:
    """Return the table of what is claimed of the forces; None where nothing is."""
    rows = records(claimed(data, selection))
    if not rows:
        return None
    shown = [
        {
            **record,
            "number": str(number),
            "figures_words": figures_words(record),
            "method_words": method_label(str(record["method"])),
            "verdict_and_basis": verdict_and_basis({**record, "reading": None}),
        }
        for number, record in enumerate(rows, start=1)
    ]
    columns = (
        Column("No.", "number", "id"),
        Column("Claim", "statement"),
        Column("Figures", "figures_words"),
        Column("Verdict", "verdict_and_basis"),
        Column("Support", "support"),
        Column("Method", "method_words"),
    )
    counted = Counter(str(record["support"]) for record in rows)
    tally = in_words(f"{number} {support}" for support, number in counted.items())
    notes = [Note(f"In all: {tally}."), *_reasons(rows), *found_in(data, rows)]
    return Section("Claims", columns, shown, tuple(notes))


def _reasons(rows: Sequence[Record]) -> list[Note]:
    """Return why each claim is supported or not, claims of one reason together."""
    reasons: dict[str, list[str]] = {}
    for number, record in enumerate(rows, start=1):
        reasons.setdefault(str(record["reason"]), []).append(str(number))
    return [Note(f"On {in_words(numbers)}: {reason}") for reason, numbers in reasons.items()]
