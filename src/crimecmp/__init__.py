"""Compare a police force with England and Wales, from published figures.

>>> import crimecmp
>>> data = crimecmp.load()
>>> crimecmp.rates(data, "durham")[["metric", "force_value", "benchmark_value"]]

Each command of crimecmp has a function of its name, which takes what `load` returns and gives the
rows that the command prints as a frame. The frame's `attrs` hold the page's title, notes, sources
and licence, and `show` puts them together as a table for people. `methods` has the statistics by
themselves. All errors are `CrimecmpError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crimecmp import statistics as methods
    from crimecmp.api.comparing import (
        changes,
        compare,
        outcomes,
        rates,
        report,
        satisfaction,
        side_by_side,
        trend,
    )
    from crimecmp.api.naming import (
        explain,
        forces,
        groups,
        metrics,
        sources,
    )
    from crimecmp.api.published import (
        claims,
        judgments,
        reproduce,
    )
    from crimecmp.api.showing import show
    from crimecmp.errors import (
        CrimecmpError,
        DataError,
        FetchError,
        MethodError,
        MissingExtraError,
        NoFiguresError,
        OutputError,
        RequestError,
        UnknownNameError,
    )
    from crimecmp.tables.dataset import Dataset
    from crimecmp.tables.loading import load

__version__ = "0.2.0"

_HOMES = {
    "CrimecmpError": "errors",
    "DataError": "errors",
    "Dataset": "tables.dataset",
    "FetchError": "errors",
    "MethodError": "errors",
    "MissingExtraError": "errors",
    "NoFiguresError": "errors",
    "OutputError": "errors",
    "RequestError": "errors",
    "UnknownNameError": "errors",
    "changes": "api.comparing",
    "claims": "api.published",
    "compare": "api.comparing",
    "explain": "api.naming",
    "forces": "api.naming",
    "groups": "api.naming",
    "judgments": "api.published",
    "load": "tables.loading",
    "metrics": "api.naming",
    "outcomes": "api.comparing",
    "rates": "api.comparing",
    "report": "api.comparing",
    "reproduce": "api.published",
    "satisfaction": "api.comparing",
    "show": "api.showing",
    "side_by_side": "api.comparing",
    "sources": "api.naming",
    "trend": "api.comparing",
}

__all__ = [
    "CrimecmpError",
    "DataError",
    "Dataset",
    "FetchError",
    "MethodError",
    "MissingExtraError",
    "NoFiguresError",
    "OutputError",
    "RequestError",
    "UnknownNameError",
    "changes",
    "claims",
    "compare",
    "explain",
    "forces",
    "groups",
    "judgments",
    "load",
    "methods",
    "metrics",
    "outcomes",
    "rates",
    "report",
    "reproduce",
    "satisfaction",
    "show",
    "side_by_side",
    "sources",
    "trend",
]


def __getattr__(name: str) -> object:
    # Loaded when first used: a name costs nothing until it is wanted.
    if name == "methods":
        return import_module(f"{__name__}.methods")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
