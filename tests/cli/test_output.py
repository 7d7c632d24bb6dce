"""Rules of where an answer goes: written whole or not at all, and nothing lost on the way."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crimecmp import OutputError
from crimecmp.cli import output
from crimecmp.cli.output import colour_wanted, write
from crimecmp.cli.streams import prepare
from crimecmp.comparison.row import Output
from crimecmp.document.report import Column, Report, Section
from crimecmp.render import Format

COMMAND = [sys.executable, "-m", "crimecmp"]
REPORT = Report(
    "Title",
    (Section("rates", "Rates", (Column("Measure"),), [["±"]]),),
    (Output("Measure", name="label"),),
    [("±",)],
)
CSV = "label\n±\n".encode()
FULL = Path("/dev/full")
NOWHERE = Path("/dev/null")


def write_csv(path: Path | str, *, overwrite: bool = False) -> None:
    """Write the report as CSV."""
    write(REPORT, "csv", str(path), overwrite=overwrite, no_colour=True)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


# --- A file


def test_a_file_holds_the_answer_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The answer is in the file, in UTF-8 with plain line feeds, and no other file is left."""
    write_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == CSV
    assert os.listdir(tmp_path) == ["out.csv"]  # noqa: PTH208 - names are all that is asked


def test_a_table_in_a_file_has_its_natural_width_and_no_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file gets the table that a pipe gets, also when the command is given on a terminal."""
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr(sys, "stdout", Terminal())
    label = "a long label " * 10 + "end"
    section = Section("rates", "Rates", (Column("Measure"),), [[label]])
    path = tmp_path / "out.txt"
    page = Report("Title", (section,), (), ())
    write(page, "table", str(path), overwrite=False, no_colour=False)
    assert label in path.read_text("utf-8")
    assert b"\x1b" not in path.read_bytes()


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    """An existing file is not replaced, and the error names the option that would do it."""
    path = tmp_path / "out.csv"
    path.write_text("precious")
    with pytest.raises(OutputError) as raised:
        write_csv(path)
    assert "out.csv" in raised.value.message
    assert "--overwrite" in raised.value.hint
    assert path.read_text() == "precious"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_is_replaced_when_asked(tmp_path: Path) -> None:
    """With `overwrite` the old content is gone, a longer one too."""
    path = tmp_path / "out.csv"
    path.write_text("old " * 1000)
    write_csv(path, overwrite=True)
    assert path.read_bytes() == CSV
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    """Who may read a file does not change when it is replaced."""
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_csv(path, overwrite=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_of_new_files(tmp_path: Path) -> None:
    """A new file has the mode that any other new file has."""
    (tmp_path / "other").touch()
    write_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What a symbolic link points to is replaced; the link stays one."""
    target, link = tmp_path / "target" / "real.csv", tmp_path / "link.csv"
    target.parent.mkdir()
    target.write_text("old")
    link.symlink_to(target)
    write_csv(link, overwrite=True)
    assert link.is_symlink()
    assert target.read_bytes() == CSV
    assert [file.name for file in target.parent.iterdir()] == ["real.csv"]


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    """A link whose target is not there yet is a name for a new file."""
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real.csv")
    write_csv(link)
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == CSV


def test_a_link_to_itself_is_an_error(tmp_path: Path) -> None:
    """A link that leads nowhere is a clear error of the output."""
    link = tmp_path / "link.csv"
    link.symlink_to(link)
    with pytest.raises(OutputError, match=r"link\.csv"):
        write_csv(link)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused, with advice, and with `overwrite` too."""
    for overwrite in (False, True):
        with pytest.raises(OutputError, match="folder") as raised:
            write_csv(tmp_path, overwrite=overwrite)
        assert raised.value.hint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".", "..", "/", "", "./"])
def test_a_folder_by_any_name_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Names that can only be folders are refused like any other folder."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError):
        write_csv(name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    """A file in a folder that is not there is an error that names the file."""
    with pytest.raises(OutputError, match=r"nowhere.*No such file"):
        write_csv(tmp_path / "nowhere" / "out.csv")
    assert not list(tmp_path.iterdir())


def test_a_file_as_a_folder_is_an_error(tmp_path: Path) -> None:
    """A file below another file is an error of the output, whatever the system calls it."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="out"):
        write_csv(tmp_path / "file" / "out.csv")


def test_the_longest_of_names_is_written(tmp_path: Path) -> None:
    """Any name that the folder can hold will do, also one as long as names can be."""
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    path = tmp_path / ("a" * (longest - 4) + ".csv")
    path.touch()
    write_csv(path, overwrite=True)
    assert path.read_bytes() == CSV


def test_an_error_while_rendering_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where rendering fails no file is made, and an old one stays as it was."""

    def fail(report: object, form: object, stream: io.TextIOBase, screen: object) -> None:
        stream.write("half of it")
        raise RuntimeError("broken")

    monkeypatch.setattr("crimecmp.cli.output.render", fail)
    old = tmp_path / "old.csv"
    old.write_text("old")
    for path in (old, tmp_path / "new.csv"):
        with pytest.raises(RuntimeError):
            write_csv(path, overwrite=True)
    assert [file.name for file in tmp_path.iterdir()] == ["old.csv"]
    assert old.read_text() == "old"


def test_an_error_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new file cannot take the old one's place, the old stays and nothing else does."""

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    old = tmp_path / "old.csv"
    old.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(OutputError, match="No space left"):
            write_csv(old, overwrite=True)
    assert [file.name for file in tmp_path.iterdir()] == ["old.csv"]
    assert old.read_text() == "old"


@pytest.mark.skipif(not NOWHERE.exists(), reason="the system has no /dev/null")
def test_the_null_device_takes_everything() -> None:
    """A device is written to and stays one; nobody has to say that it may be replaced."""
    write_csv(NOWHERE)
    assert stat.S_ISCHR(NOWHERE.stat().st_mode)


def test_a_named_pipe_is_written_to(tmp_path: Path) -> None:
    """A named pipe hands the answer to its reader, and stays one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        write_csv(pipe)
        assert reader.stdout
        assert reader.stdout.read() == CSV
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_named_pipe_without_a_reader_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A named pipe that nobody reads is an error after a while, and not waited for without end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(output, "READER_EXPECTED", 0.1)
    with pytest.raises(OutputError, match="no program has read from it"):
        write_csv(pipe)


def test_a_late_reader_of_a_named_pipe_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that comes while the program waits gets the answer."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    readers: list[subprocess.Popen[bytes]] = []

    def come(_: float) -> None:
        if not readers:
            readers.append(subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE))

    monkeypatch.setattr("crimecmp.cli.output.time.sleep", come)
    write_csv(pipe)
    assert readers[0].communicate()[0] == CSV


def test_a_file_in_place_of_a_device_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that comes to the place of a pipe at the last moment keeps what is in it."""
    pipe, precious = tmp_path / "pipe", tmp_path / "precious"
    os.mkfifo(pipe)
    precious.write_text("precious")
    opened = os.open

    def appear(path: Path, flags: int) -> int:
        pipe.unlink()
        pipe.symlink_to(precious)
        return opened(path, flags)

    monkeypatch.setattr("crimecmp.cli.output.os.open", appear)
    with pytest.raises(OutputError, match="already exists"):
        write_csv(pipe)
    assert precious.read_text() == "precious"


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
def test_a_full_device_is_an_error() -> None:
    """A device that takes nothing is an error that says so."""
    with pytest.raises(OutputError, match=r"/dev/full.*No space left"):
        write_csv(FULL)


def test_a_files_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """Control characters of a file's name are made visible in the message."""
    with pytest.raises(OutputError) as raised:
        write_csv(tmp_path / "no\x1b[31m" / "out.csv")
    assert "\x1b" not in raised.value.message


# --- Standard output


@pytest.mark.parametrize("path", [None, "-"])
def test_standard_output_is_the_default_and_a_dash(
    capsysbinary: pytest.CaptureFixture[bytes], path: str | None
) -> None:
    """Without a file, or with `-`, the answer goes to standard output."""
    write(REPORT, "csv", path, overwrite=False, no_colour=False)
    assert capsysbinary.readouterr() == (CSV, b"")


@pytest.mark.parametrize(("form", "expected"), [("csv", CSV), ("table", b"Title\n")])
def test_an_old_terminals_encoding_is_no_error(
    monkeypatch: pytest.MonkeyPatch, form: Format, expected: bytes
) -> None:
    """CSV is UTF-8 also where standard output has another encoding; a table is in that one."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write(REPORT, form, None, overwrite=False, no_colour=True)
    assert expected in raw.getvalue()
    assert form == "csv" or raw.getvalue().isascii()


def test_closed_standard_output_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no standard output the error says so and names the way out."""
    monkeypatch.setattr(sys, "stdout", None)
    prepare()
    with pytest.raises(OutputError, match="closed") as raised:
        write(REPORT, "csv", None, overwrite=False, no_colour=False)
    assert "--output" in raised.value.hint


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    ["rates", "outcomes --format csv", "forces --format json", "--help", "rates -h", "--version"],
)
def test_a_full_disk_is_one_line_and_exit_code_1(arguments: str) -> None:
    """Standard output that takes nothing ends the run with one line, for small answers too."""
    with FULL.open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


# --- Colour


def test_colour_goes_to_terminals_alone() -> None:
    """A stream that is no terminal, or none at all, has no colour."""
    assert colour_wanted(Terminal(), refused=False)
    assert not colour_wanted(io.StringIO(), refused=False)
    assert not colour_wanted(None, refused=False)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "0", False),
        ("NO_COLOR", "", True),
        ("TERM", "dumb", False),
        ("TERM", "xterm", True),
    ],
)
def test_the_environment_can_refuse_colour(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: bool
) -> None:
    """NO_COLOR with any text in it refuses colour, and so does a terminal that has none."""
    monkeypatch.setenv(name, value)
    assert colour_wanted(Terminal(), refused=False) is wanted


def test_the_option_refuses_colour() -> None:
    """What is refused on the command line is refused."""
    assert not colour_wanted(Terminal(), refused=True)
