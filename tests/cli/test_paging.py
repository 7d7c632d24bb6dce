"""What is longer than the screen goes through the person's pager, and is never lost in it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from terminal import crimecmp_run, on_terminal

from crimecmp.cli import paging

LONG = ("metrics", "--no-color")
"""A command with more lines than the terminal of the tests, which has 24."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return the file that `keeping` writes."""
    return tmp_path / "kept"


@pytest.fixture
def keeping(tmp_path: Path, kept: Path) -> str:
    """Return a PAGER that keeps what it is given, with LESS before it, and says that it ran."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\n(echo "LESS=$LESS"; cat) > {kept}\necho paged\n')
    script.chmod(0o755)
    return str(script)


def test_a_long_page_goes_to_the_pager(keeping: str, kept: Path) -> None:
    """The pager gets the whole page, as wide as the terminal, and the program ends as ever."""
    plain = on_terminal(*LONG)
    assert plain.out.count("\n") > 24
    done = on_terminal(*LONG, environment={"PAGER": keeping})
    assert done == ("paged\n", "", 0)
    assert kept.read_text("utf-8").partition("\n")[2] == plain.out


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--no-pager",), {}),
        (("--format", "csv"), {}),
        (("--format", "json"), {}),
        (("--format", "markdown"), {}),
        ((), {"LINES": "1000"}),
        ((), {"TERM": "dumb"}),
    ],
)
def test_what_is_not_to_be_paged_is_printed(
    keeping: str, kept: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    """What fits the screen, what is for machines and what is asked for so is printed."""
    plain = on_terminal(*LONG, *arguments, environment=environment)
    done = on_terminal(*LONG, *arguments, environment={"PAGER": keeping, **environment})
    assert done == plain
    assert not kept.exists()


@pytest.mark.parametrize("command", ["", "cat", "/bin/cat", "cat -v", " "])
def test_a_pager_that_is_none_is_not_used(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """An empty PAGER and `cat` mean that there is none."""
    monkeypatch.setenv("PAGER", command)
    assert paging.pager() == []
    monkeypatch.delenv("PAGER")
    assert paging.pager() == []


def test_nothing_is_paged_off_a_terminal(keeping: str, kept: Path, tmp_path: Path) -> None:
    """A pipe and a file get the page itself."""
    assert crimecmp_run(*LONG, PAGER=keeping) == crimecmp_run(*LONG)
    file = tmp_path / "page.txt"
    done = on_terminal(*LONG, "-o", str(file), environment={"PAGER": keeping})
    assert done.out == ""
    assert file.is_file()
    assert not kept.exists()


def test_a_page_that_just_fills_the_screen_is_paged(
    keeping: str, kept: Path, tmp_path: Path
) -> None:
    """The line on which the next command is typed is a line of the screen, too."""
    lines = on_terminal(*LONG).out.count("\n")
    for height, paged in ((lines + 1, False), (lines, True)):
        on_terminal(*LONG, environment={"PAGER": keeping, "LINES": str(height)})
        assert kept.exists() is paged


# --- Colour


@pytest.mark.parametrize(
    ("name", "less", "coloured"),
    [
        ("less", None, True),
        ("less", "R", True),
        ("less", "-SRX", True),
        ("less", "S", False),
        ("less", "", False),
        ("more", None, False),
    ],
)
def test_colour_is_for_a_pager_that_shows_it(
    keeping: str, kept: Path, name: str, less: str | None, coloured: bool
) -> None:
    """`less` gets colour where it is asked to show it, and is asked for it if nobody says more."""
    command = Path(keeping).rename(Path(keeping).with_name(name))
    environment = {"PAGER": f"{command} --some-option"} | ({} if less is None else {"LESS": less})
    assert on_terminal("metrics", environment=environment).code == 0
    setting, _, page = kept.read_text("utf-8").partition("\n")
    assert setting == f"LESS={'FRX' if less is None else less}"
    assert ("\x1b[" in page) is coloured


def test_colour_can_be_refused_for_the_pager(keeping: str, kept: Path) -> None:
    """`--no-color` holds for what the pager gets as well."""
    command = Path(keeping).rename(Path(keeping).with_name("less"))
    on_terminal(*LONG, environment={"PAGER": str(command)})
    assert "\x1b" not in kept.read_text("utf-8")


# --- A pager that does not do what it should


@pytest.mark.parametrize(
    "command",
    ["no-such-pager", "/", "false", "'", "sh -c 'exit 3'", "sh -c 'kill -KILL $$'"],
)
def test_a_pager_that_does_not_work_loses_nothing(command: str) -> None:
    """The page is printed where the pager cannot be started or fails, and a line says so."""
    plain = on_terminal(*LONG)
    done = on_terminal(*LONG, environment={"PAGER": command})
    assert (done.out, done.code) == (plain.out, 0)
    first = shlex.split(command)[0] if command != "'" else command
    assert done.err == f"the pager did not work: {first}\n"


@pytest.mark.parametrize("command", ["true", "head -1", "sh -c 'exec <&-; echo closed'"])
def test_a_pager_may_be_closed_early(command: str) -> None:
    """Who has read enough closes the pager: that is no error, and nothing more is printed."""
    done = on_terminal(*LONG, environment={"PAGER": command})
    assert (done.err, done.code) == ("", 0)
    assert done.out.count("\n") <= 1


def test_the_exit_code_is_the_programs_own(keeping: str) -> None:
    """A run that fails on a verdict does so behind a pager as well."""
    arguments = ("compare", "--all", "-m", "burglary", "--fail-on", "lower")
    done = on_terminal(*arguments, environment={"PAGER": keeping})
    assert (done.out, done.code) == ("paged\n", 3)


@pytest.mark.parametrize("code", [0, 2, -2])
def test_an_interrupt_closes_the_pager_and_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int
) -> None:
    """Interrupts go to the pager too: the program waits for it, and does not print the page."""
    waited: list[str] = []

    class Interrupted(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            super().wait(timeout)
            waited.append("once more")
            if len(waited) < 3:
                raise KeyboardInterrupt
            return code

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    file = tmp_path / "shown"
    command = [sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(input())", str(file)]
    assert paging.show(b"page\n", command)
    assert file.read_text() == "page"
    assert len(waited) == 3


def test_a_page_that_cannot_be_kept_for_the_pager_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where there is no room for a temporary file the page is not lost."""

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert not paging.show(b"page\n", ["cat"])
