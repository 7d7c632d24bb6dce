"""The tables in which the command line looks names up, for completion and for advice."""

from typing import TYPE_CHECKING

from crimecmp.errors import CrimecmpError

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


def tables_with_names(path: str | None) -> "Dataset":
    """Return a user's own tables where they are sound, or else the bundled ones.

    Standard input is not read: it can be read once, and the command needs it.
    """
    from crimecmp.tables.files import STANDARD_INPUT
    from crimecmp.tables.loading import load

    try:
        return load(None if path == STANDARD_INPUT else path)
    except CrimecmpError:
        return load()
