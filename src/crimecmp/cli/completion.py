"""What the shell offers for a word half typed: names, sources and periods, as they are typed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from crimecmp.cli.lookup import tables_with_names

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset
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


def complete_source(ctx: typer.Context, incomplete: str) -> Offers:
    """Return the sources that have figures or judgments, and whose id or title begins as typed."""
    having = _tables(ctx).sources_with_figures()
    return (offer for offer in _complete(ctx, "sources", incomplete) if offer[0] in having)


def complete_period(ctx: typer.Context, incomplete: str) -> Iterator[str]:
    """Return the months in which a period with figures ends, the latest first."""
    data, source = _tables(ctx), ctx.params.get("source")
    forces = [name.id for name in data.forces]
    ends = data.ends_with_figures(forces=forces, source=source)
    months = dict.fromkeys(end[: len("2014-06")] for end in sorted(ends, reverse=True))
    return (month for month in months if month.startswith(incomplete))


def _tables(context: typer.Context) -> "Dataset":
    """Return the tables of the command that is being typed."""
    latest = bool(context.params.get("latest"))
    return tables_with_names(context.params.get("data"), latest=latest)


def _complete(context: typer.Context, table: str, typed: str) -> Offers:
    """Return ids of one table of names."""
    names: Names = _tables(context).names(table)
    begun = typed.casefold()
    for name in names:
        if any(form.casefold().startswith(begun) for form in (name.id, name.label, *name.forms)):
            yield name.id, name.label


def complete_data_set(incomplete: str) -> Offers:
    """Return the data sets that can be fetched and whose id begins as typed."""
    from crimecmp.fetching.catalogue import DATA_SETS

    return ((data.id, data.title) for data in DATA_SETS if data.id.startswith(incomplete))
