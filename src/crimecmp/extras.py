"""Optional packages, which are imported only when they are used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crimecmp.errors import MissingExtraError


@contextmanager
def needed_for(what: str, extra: str = "charts") -> Iterator[None]:
    """Turn an import that fails into an error that says how to install the package.

    A module of crimecmp itself that cannot be imported is a bug, so that error is left as it is.

    Parameters
    ----------
    what
        What needs the package, in the plural: `pictures`.
    extra
        The extra that has the package.

    Raises
    ------
    MissingExtraError
        Where the package is not installed, or cannot be imported.
    """
    hint = f"Install it with: pip install 'crimecmp[{extra}]'"
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "a package").partition(".")[0]
        if package == "crimecmp":
            raise
        raise MissingExtraError(f"{what} need {package}, which is not installed", hint) from error
    except (ImportError, ValueError) as error:  # matplotlib reads its settings on import
        raise MissingExtraError(
            f"{what} need a package that does not load: {error}",
            f"{hint}{_SETTINGS.get(extra, '')}",
        ) from error


_SETTINGS = {
    "charts": "; settings of matplotlib are MPLBACKEND, MATPLOTLIBRC and matplotlibrc files."
}
"""What to look at where the packages of an extra do not load."""
