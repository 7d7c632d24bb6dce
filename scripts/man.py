"""Write the man page, `docs/crimecmp.1`, from the help of the commands.

Run `python scripts/man.py` after a change to a command, an option or the version. With `--check` it
writes nothing, and exits with 1 if the man page is out of date. `man -l docs/crimecmp.1` shows it.

The command tree says what each command takes. Only what no help says is written here: the
description, the exit codes and where to read on.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import typer

from crimecmp import __version__
from crimecmp.cli import exit_codes
from crimecmp.cli.app import app
from crimecmp.disk.whole import write_whole

PAGE = Path(__file__).parents[1] / "docs" / "crimecmp.1"
NAME = "crimecmp"

DESCRIPTION = (
    "Each command answers one question about a police force and prints a table, a page or a "
    "picture. A comparison says whether the force is higher or lower than its benchmark, which is "
    "England and Wales unless you choose another, and by which test. Every figure has its source "
    "and its period.",
    "Published figures of 2010 to 2014 come with the program. Your own tables, or the publishers' "
    "files after crimecmp fetch or crimecmp import has read them, take their place with --data.",
)

EXIT_STATUS = {
    exit_codes.OK: "It worked.",
    exit_codes.FAILED: (
        "The tables have faults or no such figure, a file could not be fetched, or the answer "
        "could not be written."
    ),
    exit_codes.USAGE: "The command line is wrong: an unknown option, force or measure.",
    exit_codes.FAILED_ON: "A row has what --fail-on names. The output is complete.",
    exit_codes.INTERRUPTED: "Interrupted.",
    exit_codes.PIPE_CLOSED: "The reader of the output stopped early.",
}

ENVIRONMENT = {
    "HTTPS_PROXY": "The proxy that crimecmp fetch asks.",
    "PAGER": "The program that shows a page longer than the screen.",
    "SSL_CERT_FILE": "A file of the certificates that crimecmp fetch trusts.",
    "TERM": "If it is dumb, there is no colour.",
    "XDG_CACHE_HOME": "The folder in which crimecmp fetch remembers answers.",
}
"""Variables that no option names."""

SEE_ALSO = (
    "crimecmp explain METHOD gives a method in words, its source and its limits. The README and "
    "the folder docs/ of the source say more: verdicts.md what each verdict means, output.md what "
    "the columns of machine output mean, own-tables.md how to compare your own figures, "
    "fetching.md what crimecmp fetch asks of whom."
)

SHARED_BY = 3
"""An option that so many commands describe alike is described once for all of them."""

_SPECIAL = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
}
_VARIABLE = re.compile(r"env var: ([A-Z_]+)")
_KEPT = "\b"
"""The mark at the start of a paragraph of help with lines that are kept as they are."""


class Entry(NamedTuple):
    """An argument or an option as the help shows it.

    Parameters
    ----------
    form
        How it is typed: `-o, --output FILE`.
    text
        What it does.
    panel
        The group of options that it is in, empty where there are no groups.
    is_option
        Whether it is an option, and not an argument.
    """

    form: str
    text: str
    panel: str
    is_option: bool


class Command(NamedTuple):
    """A command: what is typed, what follows it, its help, and what it takes."""

    name: str
    usage: str
    text: str
    entries: tuple[Entry, ...]

    def paragraphs(self) -> list[str]:
        """Return the paragraphs of the help that are text."""
        return [
            " ".join(part.split()) for part in self.text.split("\n\n") if not part.startswith(_KEPT)
        ]

    def examples(self) -> list[str]:
        """Return the lines of the help that are kept as they are: command lines."""
        kept = [part for part in self.text.split("\n\n") if part.startswith(_KEPT)]
        lines = [line.strip() for part in kept for line in part.removeprefix(_KEPT).splitlines()]
        return [line for line in lines if line]


def commands(command: Any, name: str = NAME, parent: Any = None) -> Iterator[Command]:
    """Yield a command and all commands below it, without those that are hidden."""
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    entries = []
    for parameter in command.get_params(context):
        shown = parameter.get_help_record(context)
        if shown is not None:
            panel = getattr(parameter, "rich_help_panel", None) or ""
            is_option = parameter.param_type_name == "option"
            entries.append(Entry(shown[0], " ".join(shown[1].split()), panel, is_option))
    usage = " ".join(command.collect_usage_pieces(context))
    text = f"{command.help or ''}\n\n{command.epilog or ''}".strip("\n")
    yield Command(name, usage, text, tuple(entries))
    for child in getattr(command, "commands", {}).values():
        if not child.hidden:
            yield from commands(child, f"{name} {child.name}", context)


def common_options(all_commands: Iterable[Command]) -> list[Entry]:
    """Return the options to describe once, in the order in which they first appear."""
    told = Counter(entry for one in all_commands for entry in one.entries if entry.is_option)
    common: dict[str, Entry] = {}
    for entry, times in told.items():
        known = common.get(entry.form)
        if times >= SHARED_BY and (known is None or times > told[known]):
            common[entry.form] = entry
    return list(common.values())


def escaped(text: str) -> str:
    """Return text as it is written in a man page, so that nothing in it is an instruction."""
    written = "".join(
        _SPECIAL.get(sign, sign if sign.isascii() else rf"\[u{ord(sign):04X}]") for sign in text
    )
    return rf"\&{written}" if written.startswith(".") else written


def typed(form: str) -> str:
    """Return what is typed: names of options and of the program in bold, the rest in italics."""
    return re.sub(
        r"[^\s,]+",
        lambda word: rf"\f{'B' if word[0].startswith('-') else 'I'}{escaped(word[0])}\fR",
        form,
    )


def listed(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of a list of terms, which are already escaped, and their texts."""
    for term, text in entries:
        yield from (".TP", term, escaped(text))


def options_listed(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of a list of arguments and options."""
    return listed((typed(entry.form), entry.text) for entry in entries)


def command_lines(command: Command, common: Iterable[Entry], everywhere: set[Entry]) -> list[str]:
    """Return the lines on one command: what it does, what it takes, and examples."""
    shared = [entry for entry in common if entry in command.entries]
    lines = [f'.SS "{escaped(command.name.removeprefix(f"{NAME} "))}"']
    lines += [rf"\fB{escaped(command.name)}\fR \fI{escaped(command.usage)}\fR"]
    for paragraph in command.paragraphs():
        lines += [".PP", escaped(paragraph)]
    lines += options_listed(entry for entry in command.entries if entry not in shared)
    also = [_longest(entry.form) for entry in shared if entry not in everywhere]
    if also:
        lines += [".PP", f"Common options: {', '.join(typed(name) for name in also)}."]
    if command.examples():
        lines += [".PP", ".nf", *(escaped(line) for line in command.examples()), ".fi"]
    return lines


def _longest(form: str) -> str:
    """Return the long name of an option."""
    names: list[str] = re.findall(r"-[\w-]+", form)
    return max(names, key=len)


def environment(all_commands: Iterable[Command]) -> dict[str, str]:
    """Return the environment variables that the options and arguments name, and the others."""
    found: dict[str, str] = {}
    for entry in (entry for command in all_commands for entry in command.entries):
        for name in _VARIABLE.findall(entry.text):
            does = _longest(entry.form) if entry.is_option else f"the argument {entry.form}"
            found.setdefault(name, f"The same as {does}.")
    return dict(sorted({**ENVIRONMENT, **found}.items()))


def wanted() -> str:
    """Return the text of the man page."""
    root, *rest = commands(typer.main.get_command(app))
    everything = [root, *rest]
    common = common_options(everything)
    everywhere = {entry for entry in common if all(entry in one.entries for one in everything)}
    summary = root.paragraphs()[0].rstrip(".")
    lines = [
        r".\" Made by scripts/man.py from the help: change that, and run the script.",
        f'.TH {NAME.upper()} 1 "" "{NAME} {escaped(__version__)}" "User Commands"',
        ".nh",
        ".ad l",
        ".SH NAME",
        rf"{NAME} \- {escaped(summary[:1].lower() + summary[1:])}",
        ".SH SYNOPSIS",
        rf"\fB{NAME}\fR \fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]",
        ".SH DESCRIPTION",
    ]
    lines += "\n.PP\n".join(escaped(paragraph) for paragraph in DESCRIPTION).split("\n")
    lines += [".SH OPTIONS"]
    lines += options_listed(entry for entry in root.entries if entry not in common)
    lines += [".SH COMMANDS"]
    for command in rest:
        lines += command_lines(command, common, everywhere)
    lines += [".SH COMMON OPTIONS"]
    for panel in sorted(dict.fromkeys(entry.panel for entry in common), key=bool):
        if panel:
            lines += [f'.SS "{escaped(panel)}"']
        lines += options_listed(entry for entry in common if entry.panel == panel)
    lines += [".SH ENVIRONMENT"]
    lines += listed((rf"\fB{name}\fR", text) for name, text in environment(everything).items())
    lines += [".SH EXIT STATUS"]
    lines += listed((rf"\fB{code}\fR", text) for code, text in EXIT_STATUS.items())
    lines += [".SH EXAMPLES"]
    for example in root.examples():
        shown, _, meaning = example.partition("  ")
        bold = rf"\fB{escaped(shown)}\fR"
        lines += listed([(bold, meaning.strip())]) if meaning else [".PP", bold]
    lines += [".SH SEE ALSO", escaped(SEE_ALSO)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check the man page, and return the exit code."""
    text = wanted()
    if "--check" not in sys.argv[1:]:
        write_whole(PAGE, text.encode())
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        return 0
    print(f"docs/{PAGE.name} is not what scripts/man.py writes")
    return 1


if __name__ == "__main__":
    sys.exit(main())
