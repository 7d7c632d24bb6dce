"""Compare a police force with England and Wales, from published figures.

>>> import crimecmp
>>> data = crimecmp.load()
>>> crimecmp.rates(data, "durham")[["metric", "force_value", "benchmark_value"]]

Each function takes what `load` returns and gives the frame that the command of its name prints.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crimecmp import statistics as methods
    from crimecmp.api import (
        changes,
        claims,
        judgments,
        outcomes,
        rates,
        reproduce,
        satisfaction,
        side_by_side,
        trend,
    )
    from crimecmp.errors import (
        CrimecmpError,
        DataError,
        MethodError,
        NoFiguresError,
        OutputError,
        RequestError,
        UnknownNameError,
    )
    from crimecmp.tables.dataset import Dataset
    from crimecmp.tables.loading import load

__version__ = "0.1.0"

_HOMES = {
    "Dataset": "tables.dataset",
    "load": "tables.loading",
    "CrimecmpError": "errors",
    "DataError": "errors",
    "MethodError": "errors",
    "NoFiguresError": "errors",
    "OutputError": "errors",
    "RequestError": "errors",
    "UnknownNameError": "errors",
    "changes": "api",
    "claims": "api",
    "judgments": "api",
    "outcomes": "api",
    "rates": "api",
    "reproduce": "api",
    "satisfaction": "api",
    "side_by_side": "api",
    "trend": "api",
}

__all__ = [
    "CrimecmpError",
    "DataError",
    "Dataset",
    "MethodError",
    "NoFiguresError",
    "OutputError",
    "RequestError",
    "UnknownNameError",
    "changes",
    "claims",
    "judgments",
    "load",
    "methods",
    "outcomes",
    "rates",
    "reproduce",
    "satisfaction",
    "side_by_side",
    "trend",
]


def __getattr__(name: str) -> object:
    # Loaded when first used: a name costs nothing until it is wanted.
    if name == "methods":
        return import_module(f"{__name__}.statistics")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
