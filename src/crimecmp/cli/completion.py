"""What the shell offers for a word half typed: ids of forces, groups and metrics."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from crimecmp.errors import CrimecmpError

if TYPE_CHECKING:
    from crimecmp.tables.names import Names

Offers = Iterator[tuple[str, str]]
"""Ids, each with its label."""


def complete_force(ctx: typer.Context, incomplete: str) -> Offers:
    """Return the forces whose name begins as typed."""
    return _complete(ctx, "forces", incomplete)


def complete_group(ctx: typer.Context, incomplete: str) -> Offers:
    """Return the groups whose name begins as typed."""
    return _complete(ctx, "groups", incomplete)


def complete_benchmark(ctx: typer.Context, incomplete: str) -> Offers:
    """Return the forces and the groups whose name begins as typed."""
    yield from _complete(ctx, "forces", incomplete)
    yield from _complete(ctx, "groups", incomplete)


def complete_metric(ctx: typer.Context, incomplete: str) -> Offers:
    """Return the metrics whose name begins as typed."""
    return _complete(ctx, "metrics", incomplete)


def _complete(context: typer.Context, table: str, typed: str) -> Offers:
    """Return ids of one table of names.

    The names come from the user's own tables where they are sound; standard input is not read.
    """
    from crimecmp.tables.files import STANDARD_INPUT
    from crimecmp.tables.loading import load

    path = context.params.get("data")
    try:
        data = load(None if path == STANDARD_INPUT else path)
    except CrimecmpError:
        data = load()
    names: Names = data.names(table)
    begun = typed.casefold()
    for name in names:
        if any(form.casefold().startswith(begun) for form in (name.id, name.label, *name.forms)):
            yield name.id, name.label
