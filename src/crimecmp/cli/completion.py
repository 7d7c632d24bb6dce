"""What the shell offers for a word half typed: ids of forces, groups and metrics."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from crimecmp.cli.lookup import tables_with_names

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
    """Return ids of one table of names."""
    names: Names = tables_with_names(context.params.get("data")).names(table)
    begun = typed.casefold()
    for name in names:
        if any(form.casefold().startswith(begun) for form in (name.id, name.label, *name.forms)):
            yield name.id, name.label
