"""The tables in which the command line looks names up, for completion and for advice."""

from typing import TYPE_CHECKING

from crimecmp.errors import CrimecmpError

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def tables_with_names(path: str | None, *, latest: bool = False) -> "Dataset":
    """Return a user's own tables where they are sound, or else the bundled ones.

    Standard input is not read: it can be read once, and the command needs it.

    Parameters
    ----------
    path
        Where the user's tables are; None for the bundled ones.
    latest
        Whether the newest bundled ones are wanted.
    """
    from crimecmp.tables.files import STANDARD_INPUT
    from crimecmp.tables.loading import load

    try:
        return load(None if path == STANDARD_INPUT else path, latest=latest)
    except CrimecmpError:
        return load(latest=latest)
