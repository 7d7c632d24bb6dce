"""The classes of commands: Typer's, with help in groups and errors that name what fits.

Typer hands its contexts and what it parsed to these methods; the types of both are its own.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from crimecmp.cli.help import SHORT, fit, write_commands, write_options, write_text
from crimecmp.errors import NoFiguresError, UnknownNameError


class Command(TyperCommand):
    """A command."""

    allow_extra_args = True

    def get_params(self, ctx: Any) -> list[Any]:
        """Return all parameters, with `-h`."""
        return [*super().get_params(ctx), SHORT]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help, no wider than the terminal."""
        fit(formatter)
        super().format_help(ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what it does, and examples."""
        del ctx
        write_text(self, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options in their groups."""
        write_options(self, ctx, formatter, grouped=True)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand what follows the command's name."""
        arguments = list(args)
        try:
            extra = super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise _better(error, ctx, arguments) from None
        if extra and not ctx.resilient_parsing:
            from crimecmp.cli.near_misses import too_many

            raise too_many(ctx, extra)
        return extra

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (UnknownNameError, NoFiguresError) as error:
            from crimecmp.cli.near_misses import other_names

            better = other_names(ctx, error)
            if better is error:
                raise
            raise better from error


class Group(TyperGroup):
    """Several commands under one name."""

    command_groups: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """The commands in the groups and in the order of the help; empty for one group of all."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return all parameters, with `-h`."""
        return [*super().get_params(ctx), SHORT]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help, no wider than the terminal."""
        fit(formatter)
        super().format_help(ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what it does, and examples."""
        del ctx
        write_text(self, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options and the commands."""
        write_options(self, ctx, formatter, grouped=False)
        write_commands(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand the options before a command."""
        arguments = list(args)
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise _better(error, ctx, arguments) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that the first argument names."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            from crimecmp.cli.near_misses import unknown_command

            raise unknown_command(ctx, args)
        return super().resolve_command(ctx, args)


def _better(error: typer.TyperException, context: Any, arguments: list[str]) -> Exception:
    from crimecmp.cli.near_options import better

    return better(error, context, arguments)
