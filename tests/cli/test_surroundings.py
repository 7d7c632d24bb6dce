"""Wherever and however it is started, the program ends with a documented code and a clear line.

Each case is a script of the shell, run in a folder of its own with a table `mine.csv`. None may
end in a traceback, be called a fault of the program, hang, or leave a file that is not named.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from terminal import in_shell, on_terminal

PYTHON = shlex.quote(sys.executable)
TABLE = """\
force,metric,period_end,value,source
durham,crime-excluding-fraud,2014-06-30,54.0,hmic-2014-durham
england-and-wales,crime-excluding-fraud,2014-06-30,60.7,hmic-2014-durham
"""
ASCII = "LC_ALL=C PYTHONIOENCODING=ascii PYTHONUTF8=0 PYTHONCOERCECLOCALE=0"
CLOSED = "standard output is closed"
READ = "is being read, and would be lost"


class Case(NamedTuple):
    """A script, the code that it ends with, and what it says on standard error, if anything."""

    script: str
    code: int
    said: str = ""


CASES = [
    # Standard streams
    *(
        Case(f"crimecmp {arguments} >&-", 1, CLOSED)
        for arguments in ("rates", "chart rank", "--help", "--version", "check mine.csv", "fetch")
    ),
    Case("crimecmp check mine.csv >/dev/full", 1, "No space left"),
    Case("crimecmp rates -o new.csv >&-", 0, "wrote new.csv"),
    Case("crimecmp rates -o new.csv <&- >&- 2>&-; head -c 5 new.csv >&2", 0, "kind,"),
    Case("crimecmp rates --data - <&-", 1, "standard input: cannot be read: it is closed"),
    Case("crimecmp rates atlantis 2>/dev/full", 2),
    Case("crimecmp rates atlantis <&- >&- 2>&-", 2),
    # Where it writes
    Case("ulimit -f 0; crimecmp rates -o new.csv", 1, "cannot write new.csv: File too large"),
    Case("ulimit -f 0; crimecmp rates -o mine.csv --overwrite", 1, "File too large"),
    Case("crimecmp rates -o /dev/full", 1, "cannot write /dev/full: No space left"),
    Case("mkfifo pipe; cat pipe & crimecmp rates -o pipe; code=$?; rm pipe; exit $code", 0),
    Case("crimecmp rates -o >(cat)", 0),
    Case("crimecmp rates -o /sys/new.csv", 1, "cannot write /sys/new.csv: "),
    Case("crimecmp import mine.csv --to /sys/mine", 1, "cannot write /sys/mine"),
    Case("crimecmp rates --data mine.csv -o mine.csv --overwrite", 1, f"mine.csv {READ}"),
    Case("crimecmp rates --data mine.csv -o ./mine.csv --overwrite", 1, READ),
    Case("crimecmp rates --data - -o mine.csv --overwrite <mine.csv", 1, READ),
    Case(
        "ln -s mine.csv l.svg; crimecmp chart rank --data mine.csv -o l.svg --overwrite;"
        " code=$?; rm l.svg; exit $code",
        1,
        READ,
    ),
    Case(
        "mkdir d; ln mine.csv d/rates.csv; crimecmp rates --data d -o d/rates.csv --overwrite;"
        " code=$?; rm d/rates.csv; rmdir d; exit $code",
        1,
        READ,
    ),
    # Where it is
    Case("mkdir gone; cd gone; rmdir ../gone; crimecmp rates", 0),
    Case("mkdir gone; cd gone; rmdir ../gone; crimecmp rates -o new.csv", 1, "cannot write new"),
    Case("mkdir gone; cd gone; rmdir ../gone; crimecmp check .", 1, ". is not sound"),
    Case("mkdir gone; cd gone; rmdir ../gone; crimecmp import a.csv --to b", 1, "cannot write b"),
    Case("unset HOME; crimecmp fetch", 0),
    Case("unset HOME; crimecmp chart rank -o new.svg", 0, "wrote new.svg"),
    # What it is told
    Case(f"{ASCII} crimecmp rates", 0),
    Case(f"{ASCII} crimecmp rates atläntis", 2, "no force is called"),
    Case("cp mine.csv ä.csv; PYTHONIOENCODING=ascii crimecmp check ä.csv && rm ä.csv", 0),
    Case("MPLBACKEND=none crimecmp chart rank -o new.svg", 1, "MPLBACKEND"),
    Case("TERM=dumb crimecmp rates", 0),
    Case("PYTHONPATH=$PYTHONPATH:/no/such::$'\\xff' crimecmp rates", 0),
    Case(f"{PYTHON} -I -m crimecmp rates", 0),
    Case(f"{PYTHON} -W error -m crimecmp rates", 0),
    Case(f"{PYTHON} -OO -m crimecmp --help", 0),
    Case(f"{PYTHON} -OO -m crimecmp rates --help", 0),
    Case(f"{PYTHON} -W error -m crimecmp report -o new.html", 0, "wrote new.html"),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.script)
def test_it_ends_as_documented(tmp_path: Path, case: Case) -> None:
    """The exit code is the documented one, and one error is told, in at most two lines."""
    (tmp_path / "mine.csv").write_text(TABLE, "utf-8")
    done = in_shell(f"cd {shlex.quote(str(tmp_path))}; {case.script}")
    assert done.code == case.code, done.err
    assert case.said in done.err
    assert case.said or done.err == ""
    assert done.err.count("\n") <= (2 if case.code else 1), done.err
    assert not [word for word in ("Traceback", "fault of crimecmp") if word in done.err + done.out]
    assert (tmp_path / "mine.csv").read_text("utf-8") == TABLE
    expected = {"mine.csv", *(name for name in ("new.csv", "new.svg", "new.html") if not case.code)}
    assert {path.name for path in tmp_path.iterdir()} <= expected


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [("rates", "0"), ("rates", "1"), ("rates", "100000"), ("--help", "1"), ("chart rank", "1")],
)
def test_any_width_will_do(arguments: str, columns: str) -> None:
    """A terminal may say that it is as narrow or as wide as it likes."""
    done = on_terminal(*arguments.split(), environment={**os.environ, "COLUMNS": columns})
    assert done.code == 0
    assert "Traceback" not in done.out + done.err
    assert "fault of crimecmp" not in done.out + done.err
