"""Comparisons made once while a page is made, which asks for some of them several times."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_MADE: ContextVar[dict[Hashable, Any] | None] = ContextVar("made", default=None)


@contextmanager
def made_once() -> Iterator[None]:
    """Keep what `once` makes until the end of the block, or of the function that it decorates."""
    token = _MADE.set({})
    try:
        yield
    finally:
        _MADE.reset(token)


def once(about: Hashable, make: Callable[[], T]) -> T:
    """Return what is made, or what was made of the same within `made_once`.

    Parameters
    ----------
    about
        What it is made of.
    make
        Makes it.
    """
    made = _MADE.get()
    if made is None:
        return make()
    if about not in made:
        made[about] = make()
    found: T = made[about]
    return found
