"""Names that stand where others are expected, each answered with the command that fits.

Each function returns the error to raise in place of the first one. Names are looked up in the
tables here, which may take a while: something is known to be wrong by then.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from crimecmp.cli import typed
from crimecmp.cli.lookup import tables_with_names
from crimecmp.cli.typed import attempt, command_line, help_of
from crimecmp.errors import CrimecmpError, NoFiguresError, RequestError, UnknownNameError
from crimecmp.tables.cells import split_list
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.tables.schema import FIGURE_TABLES
from crimecmp.text import in_words, visible

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset

KINDS = {
    "force": ("forces", "a force"),
    "metric": ("metrics", "a measure"),
    "group": ("groups", "a group of forces"),
}
"""What a word can name: the table of its names, and what people call it."""

FOR_NAMES = {"": ("report", "compare"), "chart": ("chart bars", "chart trend")}
"""Where names stand in place of a command: the commands for one force, and for anything else."""

JOINING = frozenset({"&", "against", "and", "or", "to", "v", "versus", "vs", "with"})
"""Words that people put between the names of forces."""

OF_REPORT_ALONE = frozenset({"claims", "judgments"})
"""Commands about what a report says of a force, which no later edition does."""

CHANGES_FROM = {"changes": "rates"}
"""The table of counts that changes are calculated from."""

OPTIONS_FOR_COMMANDS = {"help": "--help", "version": "--version"}
"""Words that are no commands here, and the options that do what they do elsewhere."""

_WORKBOOK = "policeforceareatables.xlsx"
_OF_GROUPS, _OF_OFFENCES, _OF_OUTCOMES = (
    f"rec-crime-pfa.csv {_WORKBOOK}",
    f"prc-pfa-mar2013-onwards-tables.csv {_WORKBOOK}",
    "prc-outcomes-open-data.csv",
)
FILES_WITH = {
    "arson": _OF_OFFENCES,
    "criminal-damage": _OF_OFFENCES,
    "other-sexual-offences": _OF_OFFENCES,
    "possession-of-drugs": _OF_OFFENCES,
    "rape-offences": _OF_OFFENCES,
    "robbery-of-business-property": _OF_OFFENCES,
    "robbery-of-personal-property": _OF_OFFENCES,
    "theft-from-a-vehicle": _OF_OFFENCES,
    "theft-of-a-motor-vehicle": _OF_OFFENCES,
    "trafficking-of-drugs": _OF_OFFENCES,
    "vehicle-interference": _OF_OFFENCES,
}
"""Measures that the files with most of them lack, and the files to import for each."""


class Word(NamedTuple):
    """A word that was typed, and what it names.

    Parameters
    ----------
    kind
        A key of `KINDS`; empty where it names nothing.
    name
        A name that is sure to be found: the word itself where that is one.
    """

    kind: str
    name: str


# --- In place of a command


def unknown_command(context: typer.Context, arguments: Sequence[str]) -> RequestError:
    """Return the error for a first word that is no command.

    Parameters
    ----------
    context
        The group of commands that was asked for it.
    arguments
        The word, and all that follows it.
    """
    word, *rest = arguments
    path = typed.path_of(context)
    commands: Any = getattr(context.command, "commands", {})
    message = f"{context.command_path} has no command '{visible(word)}'"
    if word in OPTIONS_FOR_COMMANDS:
        asked = [name for name in rest[:1] if name in commands]
        return RequestError(message, attempt(path, asked, OPTIONS_FOR_COMMANDS[word]))
    turned = [name for name in rest[:1] if name in commands]
    if turned:
        return RequestError(message, attempt(path, turned, word, rest[1:]))
    data = tables_with_names(os.environ.get("CRIMECMP_DATA") or None)
    known = _exactly(data, word)
    if not known.kind:
        ways = {name: ["chart", name] for name in getattr(commands.get("chart"), "commands", {})}
        ways.update({name: [*path, name] for name in commands})
        near = get_close_matches(word, ways, n=1)
        if near:
            return RequestError(message, attempt(ways[near[0]], rest))
        known = _known(data, word)
    if known.kind:
        message = f"'{visible(word)}' is {KINDS[known.kind][1]}, not a command"
    else:
        known = _near(data, word)
    end = next((place for place, part in enumerate(rest) if part.startswith("-")), len(rest))
    others = _without_joining(rest[:end])
    found = _as_forces(data, [known, *(_known(data, part) for part in others)])
    for_one, for_more = FOR_NAMES[" ".join(path)]
    command = for_one if [each.kind for each in found] == ["force"] else for_more
    return RequestError(message, _fitting(data, command, found, rest[end:]) or help_of(context))


# --- Words that a command does not take


def too_many(context: typer.Context, extra: Sequence[str]) -> RequestError:
    """Return the error for more words than a command takes.

    Parameters
    ----------
    context
        The command, what it takes being understood.
    extra
        The words that are left over.
    """
    left, words = in_words(f"'{visible(word)}'" for word in extra), typed.words(context)
    message = f"{context.command_path} does not take {left}{' as well' if words else ''}"
    advice = ""
    if "force" in context.params:
        data = _tables(context)
        found = _words(data, [*words, *extra])
        found += [_known(data, word, "metric") for word in _metric(context)]
        advice = _for_command(context, data, found)
    return RequestError(message, advice or help_of(context))


def other_names(context: typer.Context, error: CrimecmpError) -> CrimecmpError:
    """Return the error for names that are not found, or for figures that there are none of.

    Parameters
    ----------
    context
        The command.
    error
        What it raised. It is returned as it is where nothing better is known.
    """
    if not {"force", "forces"} & set(context.params):
        return error
    path, forces, metric = typed.path_of(context), typed.words(context), _metric(context)
    data = _tables(context)
    if isinstance(error, NoFiguresError):
        bundled = not (context.params["data"] or _by_periods(context))
        advice = bundled and (
            _other_editions(context) or _files(data, metric, path, forces, typed.options(context))
        )
        return NoFiguresError(error.message, advice) if advice else error
    if "help" in forces:
        return UnknownNameError(error.message, attempt(path, "--help"))
    if JOINING.intersection(forces) or _one_force(data, forces):
        found = [*_words(data, forces), *(_known(data, word, "metric") for word in metric)]
        return UnknownNameError(error.message, _for_command(context, data, found) or error.hint)
    words = [*((word, "force") for word in forces), *((word, "metric") for word in metric)]
    found = [_known(data, word, kind) for word, kind in words]
    for (word, kind), known in zip(words, found, strict=True):
        if known.kind not in ("", kind):
            message = f"'{visible(word)}' is {KINDS[known.kind][1]}, not {KINDS[kind][1]}"
            return UnknownNameError(message, _for_command(context, data, found) or error.hint)
    return error


def _by_periods(context: typer.Context) -> bool:
    """Return whether a command charts months, quarters or years, which only some editions have."""
    given, command = context.params, typed.path_of(context)[-1]
    charted = command == "control" or (command == "trend" and given.get("by"))
    return bool(charted or given.get("signals"))


def _tables(context: typer.Context) -> "Dataset":
    """Return the tables that a command looks at."""
    latest = bool(context.params.get("latest"))
    return tables_with_names(context.params.get("data"), latest=latest)


def _other_editions(context: typer.Context) -> str:
    """Return the command with the bundled editions that it does not look at, if they have it."""
    given, tables = context.params, typed.path_of(context)
    latest = bool(given.get("latest"))
    by_setting = latest and not typed.given(context, "latest")
    if by_setting or not OF_REPORT_ALONE.isdisjoint(tables):
        return ""
    others = tables_with_names(None, latest=not latest)
    wanted = "outcomes" if given.get("of") == "outcomes" else tables[-1]

    def has(data: "Dataset") -> bool:
        """Return whether some of the forces have a figure for the year asked for."""
        named = (data.forces.exact(word) for word in typed.words(context))
        ends = data.ends_with_figures(
            *([CHANGES_FROM.get(wanted, wanted)] if wanted in FIGURE_TABLES else []),
            forces=[force for force in named if force] or [DEFAULT_FORCE],
            source=given.get("source"),
            metric=given.get("metric") and data.metrics.find(given["metric"]),
        )
        return any(end.startswith(given.get("period") or "") for end in ends)

    try:
        offered = has(others) and not has(_tables(context))
    except UnknownNameError:
        return ""
    command = (tables, typed.words(context), typed.options(context, without=("latest",)))
    if not offered:
        return ""
    return _IN_2014.format(command_line(*command)) if latest else _in_newest(*command)


_IN_2014 = "The figures up to 2014 have it: {}"


def _in_newest(*parts: Iterable[str]) -> str:
    """Return advice to type a command with the newest figures."""
    return f"The newest figures have it: {command_line(*parts, '--latest')}"


def _metric(context: typer.Context) -> list[str]:
    """Return the measure that was typed as an option, in a list; an empty list for none."""
    return [context.params["metric"]] if typed.given(context, "metric") else []


def _for_command(context: typer.Context, data: "Dataset", found: Sequence[Word]) -> str:
    """Return the same command with these words, if it takes them, or else `compare` with them."""
    found = _as_forces(data, found)
    several = [word.kind for word in found].count("force") > 1
    takes = {*context.params, *(["force"] if "forces" in context.params else [])}
    needs = {"forces" if several and word.kind == "force" else word.kind for word in found}
    command = typed.path_of(context)
    if needs == {"forces"} and "benchmark" not in takes:
        found = found[:1]  # a command without figures to compare, such as `judgments`
    elif not needs <= takes:
        command = ["compare"]
    options = typed.options(context, without=("metric",))
    return _fitting(data, " ".join(command), found, options)


# --- What words name, and command lines with them


def _exactly(data: "Dataset", word: str) -> Word:
    """Return what has exactly this name."""
    kinds = (kind for kind, (table, _) in KINDS.items() if data.names(table).exact(word))
    return Word(next(kinds, ""), word)


def _without_joining(words: Sequence[str]) -> list[str]:
    """Return words but those that people put between names."""
    return [word for word in words if word not in JOINING]


def _one_force(data: "Dataset", words: Sequence[str]) -> list[Word]:
    """Return the force that two words or more name together, in a list; empty for none."""
    found = data.forces.exact(" ".join(words)) if len(words) > 1 else None
    return [Word("force", found)] if found else []


def _words(data: "Dataset", words: Sequence[str]) -> list[Word]:
    """Return what words name: one force all together, or each its own."""
    together = _one_force(data, words)
    return together or [_known(data, word) for word in _without_joining(words)]


def _known(data: "Dataset", word: str, kind: str = "force") -> Word:
    """Return what has this name, or the one thing of a kind that has it in its name."""
    exact = _exactly(data, word)
    if not exact.kind:
        with suppress(UnknownNameError):
            return Word(kind, data.names(KINDS[kind][0]).find(word))
    return exact


def _near(data: "Dataset", word: str) -> Word:
    """Return what has a name like this one."""
    near = ((kind, data.names(table).near(word)) for kind, (table, _) in KINDS.items())
    return next((Word(kind, names[0]) for kind, names in near if names), Word("", word))


def _as_forces(data: "Dataset", found: Sequence[Word]) -> list[Word]:
    """Return words with the forces of a group in its place where no force is to compare with it.

    The area that all are compared with goes without saying.
    """
    kinds = [word.kind for word in found]
    if "force" in kinds or "group" not in kinds:
        area = [data.forces.exact(word.name) == DEFAULT_BENCHMARK for word in found]
        return [word for word, default in zip(found, area, strict=True) if not default]
    groups = data.names("groups")
    spelt: list[Word] = []
    for word in found:
        if word.kind == "group":
            forces = split_list(data.by_id("groups")[groups.find(word.name)]["forces"])
            spelt += [Word("force", force) for force in forces]
        else:
            spelt.append(word)
    return spelt


def _fitting(data: "Dataset", command: str, found: Sequence[Word], options: Sequence[str]) -> str:
    """Return advice to type a command with these words; empty where they do not go together."""
    forces, metrics, groups = ([word.name for word in found if word.kind == kind] for kind in KINDS)
    if not found or not all(word.kind for word in found) or max(len(metrics), len(groups)) > 1:
        return ""
    parts = (
        command.split(),
        forces,
        [part for metric in metrics for part in ("--metric", metric)],
        [part for group in groups for part in ("--group", group)],
        options,
    )
    return _files(data, metrics, *parts) or attempt(*parts)


def _files(data: "Dataset", metrics: Sequence[str], *parts: Iterable[str]) -> str:
    """Return where the figures of a measure are, and the command then; empty if it has figures.

    They are in the newest figures, or in files to import.

    Parameters
    ----------
    data
        The figures that there are. Nothing is advised where they are somebody's own.
    metrics
        The measure in a list; an empty list for none.
    parts
        The command that is to show it.
    """
    if not metrics or data.bundled is not None:
        return ""
    metric = data.metrics.find(metrics[0])
    if data.areas_with_figures(metric=metric):
        return ""
    if tables_with_names(None, latest=True).areas_with_figures(metric=metric):
        return _in_newest(*parts)
    row = data.by_id("metrics")[metric]
    files = FILES_WITH.get(metric, _OF_OUTCOMES if row["unit"] == "%" else _OF_GROUPS)
    return "\n".join(
        (
            f"{row['label']} is a known measure that the bundled figures do not have. Import it:",
            command_line("import", files.split(), "--to", "mine"),
            command_line(*parts, "--data", "mine"),
        )
    )
