"""Functions about what can be named: areas, metrics, groups and sources, and what a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crimecmp.api.arguments import tables_of, text
from crimecmp.api.frames import frame_of
from crimecmp.pages.names import explanation_page, names_page
from crimecmp.tables.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd


def explain(
    data: Dataset | None = None, name: str | None = None, *, drop_empty: bool = False
) -> pd.DataFrame:
    """Return what a metric or a method of verdict is.

    Parameters
    ----------
    data, drop_empty
        As for `rates`.
    name
        Any name of a metric or a method, such as `burglary` or `rounding`.

    Returns
    -------
    DataFrame
        Columns `item`, what is explained, and `text`.

    Raises
    ------
    RequestError
        Where an argument is not of its type.
    UnknownNameError
        Where neither a metric nor a method is called so; its hint lists the methods.
    """
    data = tables_of(data, "name='burglary'")
    page = explanation_page(data, text("name", name))
    return frame_of(data, page, drop_empty=drop_empty)


def forces(data: Dataset | None = None, *, drop_empty: bool = False) -> pd.DataFrame:
    """Return the areas that can be named.

    Parameters
    ----------
    data, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        One row for each area: `force` is its id, `territorial` tells forces from other areas.

    Raises
    ------
    RequestError
        Where an argument is not of its type.
    """
    return _names(data, "forces", drop_empty=drop_empty)


def metrics(data: Dataset | None = None, *, drop_empty: bool = False) -> pd.DataFrame:
    """Return the metrics that can be named, defined.

    Parameters
    ----------
    data, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        One row for each metric: `metric` is its id, then label, unit, base, polarity, aliases and
        definition.

    Raises
    ------
    RequestError
        Where an argument is not of its type.
    """
    return _names(data, "metrics", drop_empty=drop_empty)


def groups(data: Dataset | None = None, *, drop_empty: bool = False) -> pd.DataFrame:
    """Return the groups of forces that can be compared with.

    Parameters
    ----------
    data, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        One row for each group: `group` is its id, `forces` has the ids in it, separated by
        semicolons.

    Raises
    ------
    RequestError
        Where an argument is not of its type.
    """
    return _names(data, "groups", drop_empty=drop_empty)


def sources(data: Dataset | None = None, *, drop_empty: bool = False) -> pd.DataFrame:
    """Return the publications that the figures come from.

    Parameters
    ----------
    data, drop_empty
        As for `rates`.

    Returns
    -------
    DataFrame
        One row for each source: `source` is its id, then title, publisher, licence and address.

    Raises
    ------
    RequestError
        Where an argument is not of its type.
    """
    return _names(data, "sources", drop_empty=drop_empty)


def _names(data: Dataset | None, table: str, *, drop_empty: bool) -> pd.DataFrame:
    data = tables_of(data)
    return frame_of(data, names_page(data, table), drop_empty=drop_empty)
