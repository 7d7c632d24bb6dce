"""Choices of options are those of the library, and no others."""

from __future__ import annotations

from typing import get_args

from terminal import COMMANDS

from crimecmp.cli.failing import SIGNAL
from crimecmp.cli.options import Finding, Level, PictureFile
from crimecmp.comparison.request import LEVELS
from crimecmp.comparison.verdict_words import READINGS, VERDICTS
from crimecmp.document.picture import FORMS


def test_a_run_can_fail_on_every_verdict_and_reading() -> None:
    """`--fail-on` takes each verdict and reading, a blank in it being a hyphen, and a signal."""
    assert [finding.replace("-", " ") for finding in Finding] == [*VERDICTS, *READINGS, SIGNAL]


def test_the_levels_are_those_of_the_verdicts() -> None:
    """`--level` takes the levels that verdicts are given at."""
    choices, _ = get_args(Level)
    assert tuple(float(choice) for choice in get_args(choices)) == LEVELS


def test_the_help_names_every_form_of_picture() -> None:
    """What `--output` of a picture says of endings is all that can be drawn."""
    _, option = get_args(PictureFile)
    for form in FORMS:
        assert f".{form}" in option.help


def test_an_option_is_the_same_in_every_command() -> None:
    """A name is one option: its short form and kind of value are the same wherever it stands."""
    seen: dict[str, tuple[list[str], str]] = {}
    for command in COMMANDS.values():
        for parameter in command.params:
            if parameter.opts[0].startswith("-"):
                form = (sorted(parameter.opts), parameter.type.name)
                for option in parameter.opts:
                    assert seen.setdefault(option, form) == form
    assert {"--metric", "-m", "--format", "--overwrite"} <= set(seen)
