"""The sheets of a page to hand over: what is seen first and printed, before everything else."""

from __future__ import annotations

from typing import NamedTuple

from crimecmp.document.brief import BriefTable
from crimecmp.document.picture import Picture


class Badge(NamedTuple):
    """One judgment of the inspectors, on its scale.

    Parameters
    ----------
    question
        What was judged.
    judgment
        The category.
    step, steps
        Its place on the scale, 1 being the best, and the number of categories.
    """

    question: str
    judgment: str
    step: int
    steps: int


class Badges(NamedTuple):
    """The judgments of one force in one cycle, the best first.

    Parameters
    ----------
    force
        The name of the force and that of the cycle; empty where the page has one.
    badges
        Its judgments; empty where none is known.
    """

    force: str
    badges: tuple[Badge, ...]


class Fact(NamedTuple):
    """One figure that is larger than its words.

    Parameters
    ----------
    figure
        The figure as people read it.
    name
        What it is of, where and when.
    beside
        What it is compared with, and the verdict; may be empty.
    """

    figure: str
    name: str
    beside: str


class Group(NamedTuple):
    """Statements of one kind under their heading."""

    title: str
    statements: tuple[str, ...]


class Block(NamedTuple):
    """One part of a sheet under its heading.

    Parameters
    ----------
    key
        Its name within the program, such as `changes`.
    title
        Its heading.
    judgments, facts, groups, tables, picture
        What it holds; what is empty is not shown.
    cautions
        Cautions of the page that bear on it, again, for whoever has its sheet alone.
    remarks
        What its marks mean, and what kind of verdicts it gives.
    """

    key: str
    title: str
    judgments: tuple[Badges, ...] = ()
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    tables: tuple[BriefTable, ...] = ()
    picture: Picture | None = None
    cautions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Sheets(NamedTuple):
    """What a page to hand over shows first; the sections and passages of the page are behind it.

    Parameters
    ----------
    cautions
        What a reader would be misled without; they come before any figure.
    answer
        The answer, in a sentence or two for each force.
    first, second
        The blocks of each sheet, in order.
    sources
        Where the figures are from and their licence, a line each.
    made
        How the page was made, in one line.
    full
        Whether everything behind the sheets is open, and printed.
    several
        Whether forces stand side by side: the sheets then follow one another on paper.
    """

    cautions: tuple[str, ...]
    answer: tuple[str, ...]
    first: tuple[Block, ...]
    second: tuple[Block, ...]
    sources: tuple[str, ...]
    made: str
    full: bool = False
    several: bool = False
