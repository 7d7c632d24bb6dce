"""The whole command line: all commands together, `--version` and the options of every command."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

import typer
from typer.models import CommandInfo

from crimecmp import __version__
from crimecmp.cli import charts, checking, commands, fetching, importing
from crimecmp.cli.classes import Group
from crimecmp.cli.options import Debug, NoColour


class _Program(Group):
    """The whole program."""

    command_groups: ClassVar = {
        "One force": (
            "report", "rates", "changes", "outcomes", "satisfaction", "judgments", "claims",
            "reproduce",
        ),
        "Several forces or years": ("compare", "trend", "chart"),
        "What there is": ("forces", "groups", "metrics", "sources", "explain"),
        "Your own figures": ("fetch", "import", "check"),
    }  # fmt: skip


def _empty() -> typer.Typer:
    return typer.Typer(
        name="crimecmp",
        cls=_Program,
        # Help drawn by Rich would take as long to load as everything else at the start.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help"], "max_content_width": 100},
    )


PARTS = (commands.app, checking.app, importing.app, fetching.app)
GROUPS = {"chart": charts.app}

app = _empty()
for part in PARTS:
    app.add_typer(part)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """Return the app to run: only the command that the first arguments name, or else the whole.

    Typer makes all commands and all their options before it runs one, which takes a quarter of
    the time that crimecmp needs beyond its imports.
    """
    first, second = [*arguments[:2], "", ""][:2]
    alone = _empty()
    alone.registered_callback = app.registered_callback
    alone.registered_commands = _named(first, *PARTS)
    if first in GROUPS and (named := _named(second, GROUPS[first])):
        only = typer.Typer(cls=Group)
        only.registered_callback = GROUPS[first].registered_callback
        only.registered_commands = named
        alone.add_typer(only, name=first)
    return alone if alone.registered_commands or alone.registered_groups else app


def _named(wanted: str, *parts: typer.Typer) -> list[CommandInfo]:
    return [each for part in parts for each in part.registered_commands if each.name == wanted]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crimecmp {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    no_color: NoColour = False,
    debug: Debug = False,
) -> None:
    """Compare a police force with England and Wales, from published figures.

    Figures to June 2014 come with it; fetch and import bring those of later years.

    \b
    crimecmp report durham                one force at a glance
    crimecmp rates durham                 its crime rates beside the national ones
    crimecmp compare durham cleveland     two forces side by side
    crimecmp chart trend durham           one measure over the years, as a picture
    crimecmp rates durham -o durham.csv   the figures for a spreadsheet or script
    """
