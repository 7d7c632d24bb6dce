"""Which columns of a page scripts get: those that `--columns` names."""

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from crimecmp.errors import RequestError
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    from crimecmp.document.report import Report

DEFAULT = "default"
"""The word for the first columns, `DEFAULT_NUMBER` of them."""

DEFAULT_NUMBER = 13
"""How many columns say who, what, when, the two figures and their difference, and the source."""


def with_columns(page: "Report", wanted: str, header: str) -> "Report":
    """Return a page with some of its columns for machines.

    Parameters
    ----------
    page
        The page.
    wanted
        Names of columns between commas; `DEFAULT` stands for the first ones.
    header
        A command that prints the names of all columns.

    Raises
    ------
    RequestError
        Where a name is none of a column, or is there twice.
    """
    known = [column.name for column in page.columns]
    names = [
        name
        for part in wanted.split(",")
        for name in (known[:DEFAULT_NUMBER] if part.strip() == DEFAULT else [part.strip()])
    ]
    if not any(names):
        raise RequestError("--columns names no column", f"All columns: {header}")
    unknown = [name for name in names if name not in known]
    if unknown:
        near = in_words(get_close_matches(unknown[0], known), "or")
        raise RequestError(
            f"no column is called '{visible(unknown[0])}'",
            f"{f'Did you mean {near}? ' if near else ''}All columns: {header}",
        )
    [(most, times)] = Counter(names).most_common(1)
    if times > 1:
        raise RequestError(f"--columns names {most} {times} times", "Name each column once.")
    return page._replace(only=tuple(names))
