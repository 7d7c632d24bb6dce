"""The end of a page to hand over: what cannot be told, the methods, and how it was made."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from crimecmp import __version__
from crimecmp.explain import AMONG, EXPLAINED, INTERVALS, Method
from crimecmp.pages.wording import name_of
from crimecmp.report import Item, Passage, Record, Section
from crimecmp.selection import DEFAULT_LEVEL, NO_RESIDENT_BASE, Selection
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_BENCHMARK
from crimecmp.verdicts import NONE, NOT_TESTED


def closing(
    data: Dataset,
    selection: Selection,
    form: str,
    sections: Sequence[Section],
    left_out: Sequence[Item],
) -> tuple[Passage, ...]:
    """Return what stands behind the tables of a page.

    Parameters
    ----------
    data, selection, form
        What the page is made of, and in which format.
    sections
        Its tables.
    left_out
        What the page would have shown but for a reason that these give.
    """
    rows = [record for section in sections for record in section.shown if record.get("verdict")]
    return (
        Passage("What cannot be told", tuple(_limits(data, rows, left_out))),
        Passage("Methods in short", tuple(_methods(rows))),
        Passage("How to make this page again", tuple(_made(data, selection, form))),
    )


def _limits(data: Dataset, rows: Sequence[Record], left_out: Sequence[Item]) -> Iterable[Item]:
    """Return what was not tested and why, then what each method cannot know."""
    reasons: dict[tuple[str, str], None] = {}
    for record in rows:
        if record["verdict"] == NOT_TESTED and not record.get("statement"):
            force = data.forces[str(record["force"])].label
            reasons[f"{force}, {name_of(data, record, [])}", str(record["reason"])] = None
    yield from (Item(reason, term) for term, reason in reasons)
    yield from left_out
    yield from (
        Item(method.unknown, f"By {method.label[0].lower()}{method.label[1:]}")
        for method in _used(rows)
    )


def _methods(rows: Sequence[Record]) -> Iterable[Item]:
    """Return the methods that the verdicts of some rows rest on."""
    for method in _used(rows):
        yield Item(f"{method.when} {method.how} Source: {method.source}", method.label)


def _used(rows: Sequence[Record]) -> list[Method]:
    """Return the methods that some rows and their pictures rest on."""
    used = {str(record["method"]) for record in rows} - {NONE}
    for record in rows:
        counted = record["force_low"] is not None and record["force_margin"] is None
        if counted:
            used.add(_PROPORTION if record["kind"] == "outcome" else _COUNT)
        if record.get("adjusted_z") is not None:
            used |= {method.id for method in AMONG}
    return [method for method in EXPLAINED if method.id in used]


_COUNT, _PROPORTION = (method.id for method in INTERVALS)


def _made(data: Dataset, selection: Selection, form: str) -> Iterable[Item]:
    """Return the version, the command, and the checksum of each table that was read."""
    yield Item(__version__, "crimecmp")
    yield Item(f"{_command(data, selection)} --format {form}", "Command")
    yield from (Item(f"SHA-256 {digest}", file) for file, digest in data.checksums())


def _command(data: Dataset, selection: Selection) -> str:
    """Return the command that makes the page, up to its format."""
    options = {
        "--benchmark": None if selection.benchmark == DEFAULT_BENCHMARK else selection.benchmark,
        "--group": selection.group,
        "--source": selection.source,
        "--period": selection.period,
        "--level": None if selection.level == DEFAULT_LEVEL else str(selection.level),
        "--data": None if data.files else data.label,
    }
    flags = {
        "--weighted": selection.weighted,
        "--with-city-of-london": selection.out_of_spread != NO_RESIDENT_BASE,
    }
    words = ["crimecmp", "report", *selection.forces]
    words += [word for name, value in options.items() if value for word in (name, value)]
    words += [name for name, wanted in flags.items() if wanted]
    return shlex.join(words)
