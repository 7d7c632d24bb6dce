"""Command lines that nearly work are answered with the one that fits, and which works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundled import Program
from published_forms import MARCH_2018, OUTCOMES, RECORDED, ROLLING
from street_files import NAME, archive, sound
from terminal import COMMANDS, crimecmp_run

import crimecmp
from crimecmp.cli import near_options
from crimecmp.cli.near_misses import FILES_WITH, KINDS

NEAR_MISSES = [
    ("rates --no-notes", "rates --notes none"),
    # Words that are no commands
    ("durham", "report durham"),
    ("DURHAM", "report DURHAM"),
    ("durhm", "report durham"),
    ("devon", "report devon-and-cornwall"),
    ("'devon & cornwall'", "report 'devon & cornwall'"),
    ("durham cleveland", "compare durham cleveland"),
    ("durham burglary -f csv", "compare durham --metric burglary -f csv"),
    ("durham england-and-wales", "report durham"),
    ("burglary", "compare --metric burglary"),
    ("burglary durham kent", "compare durham kent --metric burglary"),
    ("north-east", "compare cleveland durham northumbria"),
    ("durham north-east", "compare durham --group north-east"),
    ("durham rates", "rates durham"),
    ("durham rates -f csv", "rates durham -f csv"),
    ("durham and cleveland", "compare durham cleveland"),
    ("help", "--help"),
    ("help rates", "rates --help"),
    ("help nonsense", "--help"),
    ("version", "--version"),
    ("rats", "rates"),
    ("comapre durham --metric asb", "compare durham --metric asb"),
    ("funnel durham", "chart funnel durham"),
    ("chart durham", "chart bars durham"),
    ("chart burglary", "chart trend --metric burglary"),
    ("chart trnd durham", "chart trend durham"),
    ("chart help trend", "chart trend --help"),
    # Words that a command does not take
    ("rates durham cleveland", "compare durham cleveland"),
    ("rates durham cleveland --level 0.998 -f csv",
     "compare durham cleveland --level 0.998 --format csv"),
    ("rates durham cleveland --weighted --group wales --fail-on better --fail-on worse",
     "compare durham cleveland --fail-on better --fail-on worse --group wales --weighted"),
    ("rates durham england-and-wales", "rates durham"),
    ("rates county durham", "rates durham"),
    ("rates greater manchester", "rates greater-manchester"),
    ("rates durham vs cleveland", "compare durham cleveland"),
    ("compare durham and cleveland -m burglary", "compare durham cleveland --metric burglary"),
    ("rates london", "compare city-of-london metropolitan"),
    ("rates durham north-east", "rates durham --group north-east"),
    ("rates durham burglary", "compare durham --metric burglary"),
    ("trend durham kent -m burglary", "compare durham kent --metric burglary"),
    ("trend durham burglary", "trend durham --metric burglary"),
    ("judgments durham cleveland", "judgments durham"),
    ("rates help", "rates --help"),
    # Names of other kinds than are expected
    ("compare burglary", "compare --metric burglary"),
    ("compare burglary durham", "compare durham --metric burglary"),
    ("rates burglary", "compare --metric burglary"),
    ("trend burglary", "trend --metric burglary"),
    ("chart funnel burglary", "chart funnel --metric burglary"),
    ("rates north-east", "compare cleveland durham northumbria"),
    ("compare wales -m anti-soc", "compare dyfed-powys gwent north-wales south-wales --metric "
     "anti-social-behaviour"),
    ("compare --metric durham", "compare durham"),
    ("compare kent --metric durham", "compare kent durham"),
    ("trend --metric durham", "trend durham"),
    ("trend kent --metric durham", "compare kent durham"),
    # Options and values
    ("rates --level 95", "rates --level 0.95"),
    ("rates --level=99.8", "rates --level=0.998"),
    ("rates --level 99.8%", "rates --level 0.998"),
    ("rates -f md", "rates -f markdown"),
    ("rates -fmd", "rates -fmarkdown"),
    ("rates durham --format txt", "rates durham --format table"),
    ("rates durham --format=text", "rates durham --format=table"),
    ("rates -f xlsx", "rates -f csv"),
    ("rates -f JSON", "rates -f json"),
    ("satisfaction --fail-on simlar --fail-on better",
     "satisfaction --fail-on similar --fail-on better"),
    ("chart bars --of chnages", "chart bars --of changes"),
    ("rates --metrik burglary", "compare --metric burglary"),
    ("rates durham -m burglary", "compare durham -m burglary"),
    ("rates durham -mburglary", "compare durham -mburglary"),
    ("rates durham -m", "compare durham -m burglary"),
    ("rates --force durham", "rates durham"),
    ("rates --force=durham", "rates durham"),
    ("rates durham --full", "rates durham --notes full"),
    ("rates durham --verbose", "rates durham --notes full"),
    ("rates --all", "compare --all"),
    ("compare --metrik=burglary kent", "compare --metric=burglary kent"),
    ("rates --csv", "rates --format csv"),
    ("rates --against kent", "rates --benchmark kent"),
    ("compare --measure=asb", "compare --metric=asb"),
    ("rates --no-colour", "rates --no-color"),
    ("--format csv rates durham", "rates --format csv durham"),
    ("--metric burglary", "compare --metric burglary"),
]  # fmt: skip
"""What was typed, and the command that fits, both without `crimecmp`."""


@pytest.mark.parametrize(("typed", "fitting"), NEAR_MISSES)
def test_a_near_miss_is_answered_with_the_command_that_fits(
    run: Program, typed: str, fitting: str
) -> None:
    """The second line of the error is a command to try, and that command works."""
    done = run(*shlex.split(typed))
    assert (done.out, done.code) == ("", 2)
    _, advice = done.err.splitlines()
    assert advice == f"  Try: crimecmp {fitting}"
    assert run(*shlex.split(fitting)).code in (0, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("durham", "'durham' is a force, not a command"),
        ("north-east", "'north-east' is a group of forces, not a command"),
        ("durhm", "crimecmp has no command 'durhm'"),
        ("chart durhm", "crimecmp chart has no command 'durhm'"),
        ("compare burglary", "'burglary' is a measure, not a force"),
        ("compare -m durham", "'durham' is a force, not a measure"),
        ("rates durham kent", "crimecmp rates does not take 'kent' as well"),
        ("forces durham kent", "crimecmp forces does not take 'durham' and 'kent'"),
        ("rates --metrik x", "crimecmp rates has no option --metrik"),
        ("--format csv rates", "crimecmp has no option --format: options follow a command"),
        ("rates -f md", "--format is table, csv, json, markdown or html, not 'md'"),
        ("rates -f xlsx", "--format is table, csv, json, markdown or html, not 'xlsx'"),
    ],
)
def test_the_message_says_what_is_wrong(run: Program, typed: str, said: str) -> None:
    """The first line says what was typed, and what is wrong with it."""
    assert run(*typed.split()).err.splitlines()[0] == f"crimecmp: error: {said}"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("xyzzy", "crimecmp --help"),
        ("chart xyzzy", "crimecmp chart --help"),
        ("england-and-wales", "crimecmp --help"),
        ("durham xyzzy", "crimecmp --help"),
        ("atlantis", "crimecmp --help"),
        ("burglary asb", "crimecmp --help"),
        ("forces durham", "crimecmp forces --help"),
        ("rates durham xyzzy", "crimecmp rates --help"),
        ("rates --xyzzy", "crimecmp rates --help"),
        ("rates -x", "crimecmp rates --help"),
        ("rates -f xyzzy", "crimecmp rates --help"),
        ("rates --benchmark", "crimecmp rates --help"),
        ("rates yorkshire", "Type more of the name that you mean."),
        ("compare atlantis --metric burglary", "All names: crimecmp forces"),
        ("explain durham", "crimecmp metrics"),
    ],
)
def test_what_is_near_nothing_has_no_suggestion(run: Program, typed: str, advice: str) -> None:
    """Where no command is sure to fit, none is suggested: the help or the names are."""
    done = run(*typed.split())
    assert (done.out, done.code) == ("", 2)
    assert "Try:" not in done.err
    assert advice in done.err.splitlines()[1]


def test_names_of_own_tables_are_known(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A force of somebody's own tables is a force here too, whichever way the tables are named."""
    (tmp_path / "forces.csv").write_text("force,name\natlantis,Atlantis Police\n")
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\natlantis,crime,2014-06-30,5\ndurham,crime,2014-06-30,5\n"
    )
    data = shlex.quote(str(tmp_path))
    done = run("rates", "durham", "atlantis", "--data", str(tmp_path))
    assert f"Try: crimecmp compare durham atlantis --data {data}" in done.err
    monkeypatch.setenv("CRIMECMP_DATA", str(tmp_path))
    assert "Try: crimecmp report atlantis" in run("atlantis").err


def test_a_wrong_setting_is_told_as_that(run: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value from the environment cannot be mended on the command line, and is named."""
    for name, choices in (
        ("CRIMECMP_FORMAT", "table, csv, json, markdown or html"),
        ("CRIMECMP_NOTES", "brief, full or none"),
    ):
        with monkeypatch.context() as setting:
            setting.setenv(name, "md")
            done = run("rates")
        assert (done.out, done.code) == ("", 2)
        first, second = done.err.splitlines()
        assert first.endswith(f"the environment variable {name} is {choices}, not 'md'")
        assert second == "  Set it to one of these, or unset it."


# --- Measures that are known and not at hand


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("compare --metric robbery", "compare --metric robbery"),
        ("robbery", "compare --metric robbery"),
        ("compare robbery durham", "compare durham --metric robbery"),
        ("trend durham -m robbery -f csv", "trend durham --metric robbery --format csv"),
        ("chart trend durham --metric robbery", "chart trend durham --metric robbery"),
        ("compare --metric rape", "compare --metric rape"),
        ("compare --metric outcome-charged-or-summonsed",
         "compare --metric outcome-charged-or-summonsed"),
    ],
)  # fmt: skip
def test_a_measure_that_is_not_at_hand_can_be_imported(
    run: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_file: Callable[[str], Path],
    typed: str,
    then: str,
) -> None:
    """The error says that it is known, and the two commands that show it work.

    This is so where the newest figures do not have it either: here, where there are none.
    """
    monkeypatch.setattr(
        "crimecmp.cli.near_misses.tables_with_names", lambda path, latest=False: crimecmp.load(path)
    )
    done = run(*typed.split())
    assert (done.out, done.code != 0) == ("", True)
    _, known, importing, showing = done.err.splitlines()
    assert "is a known measure that the bundled figures do not have" in known
    assert showing == f"  crimecmp {then} --data mine"
    names = {
        "rec-crime-pfa.csv": ROLLING,
        "policeforceareatables.xlsx": MARCH_2018,
        "prc-pfa-mar2013-onwards-tables.csv": RECORDED,
        "prc-outcomes-open-data.csv": OUTCOMES,
    }
    for name in shlex.split(importing)[2:-2]:
        kept = small_file(names[name])
        (tmp_path / f"{name}{'.gz' if kept.suffix == '.gz' else ''}").symlink_to(kept)
    monkeypatch.chdir(tmp_path)
    files = [str(file) for file in sorted(Path().iterdir())]
    assert run("import", *files, "--to", "mine").code == 0
    assert run(*shlex.split(showing)[1:]).code == 0


def test_own_tables_without_a_measure_are_not_to_be_imported(tmp_path: Path) -> None:
    """Nothing is known of where somebody's own figures are from: only what they lack is said."""
    (tmp_path / "rates.csv").write_text(
        "force,metric,period_end,value\ndurham,crime,2014-06-30,5\n"
    )
    for data in (str(tmp_path), "-"):
        given = (tmp_path / "rates.csv").read_text() if data == "-" else ""
        done = crimecmp_run("compare", "--metric", "robbery", "--data", data, given=given)
        assert done.code == 1
        assert done.err.splitlines()[1:] == [
            "  Robbery is a known metric, but no area has figures for it here."
        ]


def test_a_measure_that_others_have_is_not_to_be_imported(run: Program) -> None:
    """Where other forces have figures of the measure, the error names them."""
    done = run("compare", "kent", "--metric", "satisfaction")
    assert (done.code, "import" in done.err) == (1, False)
    assert "Areas with figures: england-and-wales and durham." in done.err


# --- What the tables of the near misses hold


def test_the_measures_to_import_are_known(run: Program) -> None:
    """Each measure that needs another file is a metric, and is not in the report of 2014."""
    known = run("metrics", "-f", "csv").out
    for metric in FILES_WITH:
        assert re.search(rf"^{metric},", known, re.MULTILINE)
        said = run("compare", "--metric", metric).err
        assert "is a known measure" in said or "The newest figures have it" in said


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("compare --metric robbery", "compare --metric robbery"),
        ("robbery", "compare --metric robbery"),
        ("compare robbery durham", "compare durham --metric robbery"),
        ("rates durham --period 2025-12", "rates durham --period 2025-12"),
        ("changes kent --period 2024-06", "changes kent --period 2024-06"),
        ("outcomes cleveland", "outcomes cleveland"),
        ("trend durham -m rape -f csv", "trend durham --metric rape --format csv"),
        ("chart trend durham -m shoplifting", "chart trend durham --metric shoplifting"),
    ],
)
def test_what_the_newest_figures_have_is_found_there(run: Program, typed: str, then: str) -> None:
    """The error gives a command with --latest, and that command works."""
    done = run(*typed.split())
    assert (done.out, done.code != 0) == ("", True)
    advice = done.err.splitlines()[1]
    assert advice == f"  The newest figures have it: crimecmp {then} --latest"
    assert run(*advice.partition("crimecmp ")[2].split()).code == 0


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("compare durham --latest -m detection", "compare durham --metric detection"),
        ("rates kent --latest --period 2012-06", "rates kent --period 2012-06"),
    ],
)
def test_what_only_older_figures_have_is_found_there(run: Program, typed: str, then: str) -> None:
    """The error gives the command without --latest, and that command works."""
    done = run(*typed.split())
    assert done.code != 0
    advice = done.err.splitlines()[1]
    assert advice == f"  The figures up to 2014 have it: crimecmp {then}"
    assert run(*advice.partition("crimecmp ")[2].split()).code == 0


def test_what_no_edition_has_is_not_offered(run: Program) -> None:
    """A period of which there are no newest figures either is answered as before."""
    assert "The newest figures" not in run("rates", "durham", "--period", "1999-12").err
    assert "The newest figures" not in run("satisfaction", "cleveland").err


def test_what_is_to_be_typed_is_there() -> None:
    """Options and values that are suggested are options and values of `compare`."""
    parameters = {option: each for each in COMMANDS["compare"].params for option in each.opts}
    assert set(near_options.OF_COMPARE) <= set(parameters)
    for instead in near_options.OTHER_OPTIONS.values():
        assert instead[0] in {*parameters, "--notes"}
    for name, others in near_options.OTHER_VALUES.items():
        [parameter] = [each for each in COMMANDS["compare"].params if each.name == name]
        kind: Any = parameter.type  # Typer types no choice
        choices = kind.choices
        assert set(others.values()) <= set(choices)
        assert not set(others) & set(choices)


def test_every_kind_of_name_is_a_command_that_lists_them() -> None:
    """What a word can name is what the lists of names hold."""
    assert {table for table, _ in KINDS.values()} <= set(COMMANDS)


LOADED = """
import sys
from crimecmp.cli.run import run
run(sys.argv[1:])
names = {"crimecmp.tables.loading", "pandas", "rich"}
print(sorted(names & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("typed", "loaded"),
    [
        ("rates -f md", []),
        ("rates --metrik crime", []),
        ("help rates", []),
        ("durham", ["crimecmp.tables.loading"]),
        ("compare burglary", ["crimecmp.tables.loading"]),
        ("compare --metric robbery", ["crimecmp.tables.loading"]),
    ],
)
def test_names_are_looked_up_only_where_they_help(typed: str, loaded: list[str]) -> None:
    """A wrong option needs no tables, and a name that stands in the wrong place no frames."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *typed.split()], capture_output=True, check=True, text=True
    )
    assert done.stderr.splitlines()[-1] == str(loaded)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("trend durham -m shoplifting --by month", "the archive of data.police.uk has them"),
        ("chart control durham -m detection", "Quarters are in the newest figures"),
        ("compare durham -m detection --signals", "Quarters are in the newest figures"),
    ],
)
def test_a_control_chart_without_counts_offers_no_other_edition(
    run: Program, typed: str, hint: str
) -> None:
    """Only some editions have counts of short periods, and the command looks in those already."""
    done = run(*shlex.split(typed))
    assert done.code == 1
    assert hint in done.err
    assert "--latest" not in done.err


def test_months_too_few_for_a_rate_are_told(run: Program, tmp_path: Path) -> None:
    """Counts of less than a year are no rate, and the error says what is missing."""
    archive(tmp_path / "a.zip", {NAME: sound()})
    assert run("import", str(tmp_path / "a.zip"), "--to", str(tmp_path / "mine")).code == 0
    done = run("rates", "durham", "--data", str(tmp_path / "mine"))
    assert done.code == 1
    assert done.err.endswith("a rate needs those of 12 months in a row.\n")
