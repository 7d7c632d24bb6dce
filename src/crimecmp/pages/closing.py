"""The end of a page to hand over: its limits, methods and provenance."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from crimecmp import __version__
from crimecmp.comparison.methods import NONE
from crimecmp.comparison.request import DEFAULT_LEVEL, Request
from crimecmp.comparison.row import Claim, Comparison
from crimecmp.comparison.verdict_words import NOT_TESTED
from crimecmp.document.report import Item, Passage
from crimecmp.pages.part import Part
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.wording.labels import name_of
from crimecmp.wording.methods import AMONG, EXPLAINED, IN_GROUP, INTERVALS, YEARS, Method


def closing(
    data: Dataset,
    request: Request,
    form: str,
    parts: Sequence[Part],
    left_out: Sequence[Item],
    *,
    full: bool = False,
) -> tuple[Passage, ...]:
    """Return the passages after the tables of a page.

    Parameters
    ----------
    data, request, form
        The tables, the request and the format that the page was made from.
    parts
        The tables of the page.
    left_out
        What is missing from the page, each with its reason.
    full
        Whether the page was asked for in full.
    """
    rows = [row for part in parts for row in part.rows]
    comparisons = [row for row in rows if isinstance(row, Comparison)]
    claims = [row.figures for row in rows if isinstance(row, Claim) and row.figures]
    used = _methods_used(data, [*comparisons, *claims])
    return (
        Passage("Limits of these figures", tuple(_limitations(data, comparisons, used, left_out))),
        Passage("Methods in brief", tuple(_methods(used))),
        Passage("How to make this page again", tuple(_provenance(data, request, form, full=full))),
    )


def _limitations(
    data: Dataset,
    rows: Sequence[Comparison],
    used: Sequence[Method],
    left_out: Sequence[Item],
) -> Iterable[Item]:
    """Yield what was not tested and why, then what each method cannot know."""
    reasons: dict[tuple[str, str], None] = {}
    for row in rows:
        if row.tested.verdict == NOT_TESTED:
            force = data.forces[row.force].label
            reasons[f"{force}, {name_of(data, row, [])}", row.tested.reason] = None
    yield from (Item(reason, term) for term, reason in reasons)
    yield from left_out
    yield from (Item(method.unknown, method.label) for method in used)


def _methods(used: Sequence[Method]) -> Iterable[Item]:
    """Yield a short account of each method."""
    for method in used:
        yield Item(f"{method.when} {method.how} Source: {method.source}", method.label)


def _methods_used(data: Dataset, rows: Sequence[Comparison]) -> list[Method]:
    """Return the methods that some rows and their pictures use."""
    used = {row.tested.method for row in rows} - {NONE}
    for row in rows:
        from_counts = row.tested.force_low is not None and row.force_margin is None
        if from_counts:
            shares = data.by_id("metrics")[row.metric]["part_of_base"] == "true"
            used.add(_PROPORTION if row.kind == "outcome" and shares else _COUNT)
        if row.prediction.prediction_p is not None:
            used |= {method.id for method in AMONG}
        if row.beyond.usual_p is not None:
            used |= {method.id for method in YEARS}
        if row.in_group.group_p is not None:
            used |= {method.id for method in IN_GROUP}
    return [method for method in EXPLAINED if method.id in used]


_COUNT, _PROPORTION = (method.id for method in INTERVALS)


def _provenance(data: Dataset, request: Request, form: str, *, full: bool) -> Iterable[Item]:
    """Yield the version, the command, and the checksum of each table that was read."""
    yield Item(__version__, "crimecmp")
    in_full = " --full" if full else ""
    yield Item(f"{_command(data, request)}{in_full} --format {form}", "Command")
    yield from (Item(f"SHA-256 {digest}", file) for file, digest in data.checksums())


def _command(data: Dataset, request: Request) -> str:
    """Return the command that makes the page, without its format."""
    options = {
        "--benchmark": None if request.benchmark == DEFAULT_BENCHMARK else request.benchmark,
        "--group": request.group,
        "--source": request.source,
        "--period": request.period,
        "--level": None if request.level == DEFAULT_LEVEL else str(request.level),
        "--data": None if data.files else data.label,
    }
    flags = {
        "--latest": bool(data.choice.main),
        "--weighted": request.weighted,
        "--with-city-of-london": request.out_of_spread != data.without_resident_base(),
    }
    words = ["crimecmp", "report", *request.forces]
    words += [word for name, value in options.items() if value for word in (name, value)]
    words += [name for name, wanted in flags.items() if wanted]
    return shlex.join(words)
