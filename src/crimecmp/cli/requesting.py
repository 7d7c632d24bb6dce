"""What was asked for, out of a command's arguments and options."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crimecmp.tables.names import DEFAULT_FORCE

if TYPE_CHECKING:
    from crimecmp.comparison.request import Request
    from crimecmp.tables.dataset import Dataset


def named(forces: Sequence[str] | None) -> Sequence[str]:
    """Return the forces that were named, or the default one where none was."""
    # Read here and not by Typer, which would split the name of a force at its blanks.
    return forces or [os.environ.get("CRIMECMP_FORCE") or DEFAULT_FORCE]


def request_for(data: "Dataset", forces: Sequence[str], given: dict[str, Any]) -> "Request":
    """Return the request that forces and the options given describe."""
    from crimecmp.comparison.request import requested

    with_city = given.pop("with_city", False)
    level = float(given.pop("level"))
    return requested(data, forces, **given, level=level, with_city_of_london=with_city)
