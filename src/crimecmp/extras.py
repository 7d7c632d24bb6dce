"""What only some people need is an extra, loaded when it is used and missed in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crimecmp.errors import MissingExtraError


@contextmanager
def needed_for(what: str) -> Iterator[None]:
    """Say of an import that fails which extra brings the package; our own faults stay ours.

    Parameters
    ----------
    what
        What the package is needed for: `pictures`.

    Raises
    ------
    MissingExtraError
        Where it is not installed, or does not load.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "a package").partition(".")[0]
        if package == "crimecmp":
            raise
        raise MissingExtraError(f"{what} take {package}, which is not installed", _HINT) from error
    except (ImportError, ValueError) as error:  # matplotlib reads settings when it is loaded
        raise MissingExtraError(
            f"{what} take a package that does not load: {error}",
            f"{_HINT}; settings of matplotlib are MPLBACKEND, MATPLOTLIBRC and matplotlibrc files.",
        ) from error


_HINT = "Install it with: pip install 'crimecmp[charts]'"
