"""Functions about what was published: judgments, claims, and checks of printed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crimecmp.api.arguments import (
    FORCE_EXAMPLE,
    Names,
    forces_of,
    level_of,
    metrics_of,
    optional_text,
    tables_of,
)
from crimecmp.api.frames import frame_of_pages
from crimecmp.comparison.request import DEFAULT_LEVEL, requested
from crimecmp.pages.claims import claims_page
from crimecmp.pages.judgments import judgments_page
from crimecmp.pages.reproduction import reproduction_page
from crimecmp.tables.dataset import Dataset
from crimecmp.tables.names import DEFAULT_FORCE

if TYPE_CHECKING:
    import pandas as pd


def judgments(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    source: str | None = None,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return the inspectors' judgments of forces.

    Parameters
    ----------
    data, force, drop_empty
        As for `rates`.
    source
        Id of the source wanted; None for all, those of each source together.

    Returns
    -------
    DataFrame
        One row for each question and force, with the columns of
        `crimecmp.comparison.row.Judgment`. `rank` is the place on the scale of the source, 1 being
        best; `positive` says whether the category is a positive one; `summary` has the grounds,
        separated by semicolons.

    Raises
    ------
    RequestError
        Where an argument is not of its type, or there is no such source.
    UnknownNameError
        Where a force is not found, or fits several.
    NoFiguresError
        Where the data have no judgment of any of them.
    """
    data = tables_of(data, FORCE_EXAMPLE)
    request = requested(data, forces_of(data, force), source=optional_text("source", source))
    return frame_of_pages(data, judgments_page, [request], drop_empty=drop_empty)


def claims(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    source: str | None = None,
    level: float = DEFAULT_LEVEL,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return what is claimed of forces, and whether the figures support it.

    Parameters
    ----------
    data, force, metric, drop_empty
        As for `rates`.
    source
        Id of the source that makes the claims; None for all.
    level
        Level of confidence of the tests, 0.95 or 0.998.

    Returns
    -------
    DataFrame
        One row for each claim, in the order of their table, with the columns of
        `crimecmp.comparison.row.Claim`, then those of the comparison that it rests on. `support`
        is `supported` where a test supports the claim, `supported as printed but untestable` where
        the printed figures support it but random variation cannot be tested, `not supported`, or
        `cannot be told` where the figures do not answer.

    Raises
    ------
    RequestError, UnknownNameError
        As `rates` raises them.
    NoFiguresError
        Where the data have no claim about any of the forces.
    """
    data = tables_of(data, FORCE_EXAMPLE)
    requests = [
        requested(
            data,
            forces_of(data, force),
            metric=name,
            source=optional_text("source", source),
            level=level_of(level),
        )
        for name in metrics_of(metric)
    ]
    return frame_of_pages(data, claims_page, requests, drop_empty=drop_empty)


def reproduce(
    data: Dataset | None = None,
    force: Names = DEFAULT_FORCE,
    *,
    metric: Names | None = None,
    source: str | None = None,
    drop_empty: bool = False,
) -> pd.DataFrame:
    """Return published figures, each compared with what another source has for it.

    Printed figures are compared with those calculated from published counts. Where two sources
    have counts of the same crimes, the counts are compared instead.

    Parameters
    ----------
    data, force, metric, drop_empty
        As for `rates`.
    source
        Id of the source of the printed figures or first counts; None for the first with figures of
        the force.

    Returns
    -------
    DataFrame
        One row for each figure of the forces and of England and Wales, with the columns of
        `crimecmp.comparison.row.Reproduction`. `printed` and `worked_out` are in `unit`; `off` is
        `worked_out`, rounded as the other was printed, less `printed`; `result` is `matches`,
        `differs` or `cannot be worked out`. Of counts, `kind` is `count` and `percent_off` is
        `off` as a percentage of `printed`.

    Raises
    ------
    RequestError, UnknownNameError
        As `rates` raises them.
    NoFiguresError
        Where no figure of any of the forces was printed by one source and counted by another, or
        counted by two.
    """
    data = tables_of(data, FORCE_EXAMPLE)
    requests = [
        requested(data, forces_of(data, force), metric=name, source=optional_text("source", source))
        for name in metrics_of(metric)
    ]
    return frame_of_pages(data, reproduction_page, requests, drop_empty=drop_empty)
