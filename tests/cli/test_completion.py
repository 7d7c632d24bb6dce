"""What the shell is offered for a word half typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import crimecmp_run


def completed(words: str, **environment: str) -> list[str]:
    """Return what bash would offer for the last of some words."""
    done = crimecmp_run(
        _CRIMECMP_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(words.split(" ")) - 1),
        **environment,
    )
    assert done.err == ""
    return done.out.split()


def test_forces_and_metrics_are_completed() -> None:
    """The shell completes forces, benchmarks and metrics by their ids."""
    assert completed("crimecmp rates dur") == ["durham"]
    assert completed("crimecmp rates north-") == ["north-wales", "north-yorkshire"]
    assert completed("crimecmp compare kent d") == [
        "derbyshire", "devon-and-cornwall", "dorset", "durham", "dyfed-powys",
    ]  # fmt: skip
    assert completed("crimecmp compare --metric b") == ["burglary-in-a-dwelling", "bicycle-theft"]
    assert completed("crimecmp trend --metric burg") == ["burglary-in-a-dwelling"]
    assert completed("crimecmp trend dur") == completed("crimecmp reproduce dur") == ["durham"]
    assert completed("crimecmp rates --benchmark engl") == ["england-and-wales"]


def test_own_names_are_completed(tmp_path: Path) -> None:
    """Names that somebody's own tables add are completed; tables with faults do no harm."""
    (tmp_path / "forces.csv").write_text("force,name\natlantis,Atlantis Police\n")
    words = f"crimecmp rates --data {tmp_path} atl"
    assert completed(words) == ["atlantis"]
    (tmp_path / "forces.csv").write_text("nonsense\n")
    assert completed(words) == []
    assert completed(words.replace(" atl", " durh")) == ["durham"]


def test_sources_with_figures_are_completed() -> None:
    """A source that only describes what others rest on is not offered: it cannot be chosen."""
    assert completed("crimecmp rates --source ") == ["hmic-2014-durham", "published-counts"]
    assert completed("crimecmp rates --source pub") == ["published-counts"]
    assert completed("crimecmp rates --source ons") == []
    for source in completed("crimecmp chart rank --source "):
        assert crimecmp_run("report", "durham", "--source", source).code == 0


def test_periods_are_completed() -> None:
    """Months in which a year with figures ends are offered, the latest first, each once."""
    every = completed("crimecmp rates --period ")
    assert every[0] == "2014-06"
    assert every == sorted(set(every), reverse=True)
    assert completed("crimecmp compare --period 2013") == [
        "2013-12", "2013-09", "2013-06", "2013-03",
    ]  # fmt: skip
    of_report = completed("crimecmp rates --source hmic-2014-durham --period ")
    assert of_report == ["2014-06", "2014-03", "2013-06"]
    for period in completed("crimecmp rates --source published-counts --period 2012"):
        done = crimecmp_run("rates", "--source", "published-counts", "--period", period)
        assert (done.err, done.code) == ("", 0)


def test_periods_of_own_tables_are_completed(tmp_path: Path) -> None:
    """Somebody's own figures have their own periods and sources."""
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\ndurham,crime,2020-03-31,5\n"
    )
    assert completed(f"crimecmp rates --data {tmp_path} --period ") == ["2020-03"]


def test_data_sets_are_completed() -> None:
    """What can be fetched is offered by its id."""
    assert completed("crimecmp fetch ") == ["recorded-crime", "outcomes", "ons-pfa", "population"]
    assert completed("crimecmp fetch population o") == ["outcomes", "ons-pfa"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [("crimecmp rates dur", "durham"), ("crimecmp rates --period 2014-06", "2014-06")],
)
def test_completion_loads_no_library(words: str, offered: str) -> None:
    """The shell waits for neither frames nor Rich nor drawing."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "crimecmp"],
        capture_output=True,
        check=False,
        text=True,
        env={
            **os.environ,
            "_CRIMECMP_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
    )
    assert done.stdout.split() == [offered]
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "crimecmp.tables.dataset" in loaded
    assert not loaded & {"pandas", "numpy", "rich.console", "matplotlib", "jinja2"}
