"""What was asked for, out of a command's arguments and options."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crimecmp.names import DEFAULT_FORCE

if TYPE_CHECKING:
    from crimecmp.dataset import Dataset
    from crimecmp.selection import Selection


def named(forces: Sequence[str] | None) -> Sequence[str]:
    """Return the forces that were named, or the default one where none was."""
    # Read here and not by Typer, which would split the name of a force at its blanks.
    return forces or [os.environ.get("CRIMECMP_FORCE") or DEFAULT_FORCE]


def selected(data: "Dataset", forces: Sequence[str], given: dict[str, Any]) -> "Selection":
    """Return the selection that forces and the options given describe."""
    from crimecmp.selection import select

    out_of_spread = {"out_of_spread": ()} if given.pop("with_city", False) else {}
    return select(data, forces, **{**given, **out_of_spread, "level": float(given["level"])})
