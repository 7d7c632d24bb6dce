"""Rules of the Python interface: what `import crimecmp` gives is what the commands print."""

from __future__ import annotations

import inspect
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bundled import COUNTS, REPORT
from terminal import COMMANDS

import crimecmp
import crimecmp.errors
from crimecmp.cli.run import run

DATES = ["period_end", "base_period_end"]
COMPARING = ("rates", "changes", "outcomes", "satisfaction", "compare", "trend", "report")
PUBLISHED = ("judgments", "claims", "reproduce")
LISTS = ("forces", "metrics", "groups", "sources")


@pytest.fixture(scope="module")
def data() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def test_public_names_are_sorted() -> None:
    """The public names stand in order, each once."""
    assert crimecmp.__all__ == sorted(set(crimecmp.__all__))


def test_every_command_that_prints_a_page_of_figures_or_names_has_its_function() -> None:
    """The functions are called as the commands are, and are there beside loading and the errors."""
    commands = set(COMMANDS) - {"chart", "check", "fetch", "import"}
    assert commands == {*COMPARING, *PUBLISHED, *LISTS, "explain"}
    others = {"Dataset", "load", "methods", "show", "side_by_side"}
    errors = {name for name, thing in vars(crimecmp.errors).items() if name.endswith("Error")}
    assert set(crimecmp.__all__) == commands | others | errors


def test_no_function_has_the_name_of_a_module() -> None:
    """A module would take the place of a function of its name; `methods` is a module itself."""
    folder = Path(crimecmp.__file__).parent
    assert {path.stem for path in folder.iterdir()} & set(crimecmp.__all__) == {"methods"}


def test_the_functions_that_compare_have_one_signature() -> None:
    """What is learnt of one of them is true of all."""
    signatures = {str(inspect.signature(getattr(crimecmp, name))) for name in COMPARING}
    assert len(signatures) == 1
    [names] = {tuple(inspect.signature(getattr(crimecmp, name)).parameters) for name in COMPARING}
    assert names == (
        "data", "force", "metric", "benchmark", "group", "weighted", "period", "source", "level",
        "with_city_of_london", "drop_empty",
    )  # fmt: skip


@pytest.mark.parametrize("name", crimecmp.__all__)
def test_every_public_name_is_there_and_explained(name: str) -> None:
    """Each public name resolves, is called what it is called, and has a docstring of its own."""
    thing = getattr(crimecmp, name)
    assert thing.__name__ == name or thing is crimecmp.methods
    assert thing.__doc__
    assert name in dir(crimecmp)


@pytest.mark.parametrize(
    "name", [*COMPARING, *PUBLISHED, *LISTS, "explain", "load", "show", "side_by_side"]
)
def test_functions_say_what_they_return_and_raise(name: str) -> None:
    """A function's docstring says what goes in, what comes out, and what can go wrong."""
    text = inspect.getdoc(getattr(crimecmp, name)) or ""
    for part in ("Parameters\n", "Returns\n", "Raises\n"):
        assert part in text


def test_what_is_not_public_is_an_attribute_error() -> None:
    """A name that is not there is an AttributeError, as with any module."""
    with pytest.raises(AttributeError, match="weather"):
        _ = crimecmp.weather


def test_the_statistics_are_there_by_themselves() -> None:
    """After `import crimecmp`, `crimecmp.methods` has the intervals and tests, and their error."""
    code = (
        "import crimecmp; print(crimecmp.methods.rounding_interval('5.0'))\n"
        "try: crimecmp.methods.poisson_interval(-1)\n"
        "except crimecmp.MethodError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == [
        "Interval(low=4.95, high=5.05)",
        "count is -1: it must be a number from 0 to 1e+15",
    ]


def test_importing_loads_no_library() -> None:
    """`import crimecmp` loads neither pandas nor Typer nor Rich, not even for a name of it."""
    code = (
        "import sys, crimecmp; crimecmp.load; crimecmp.DataError; "
        "print(sorted({'pandas', 'numpy', 'typer', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> pd.DataFrame:
    """Return what a command prints as CSV, read back with its dates."""
    assert run([*words, "--format", "csv"]) == 0
    frame = pd.read_csv(io.StringIO(capsys.readouterr().out))
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DATES if name in frame})


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        *((name, {}, (name, "durham")) for name in (*COMPARING, *PUBLISHED)),
        *((name, {}, (name,)) for name in LISTS),
        ("explain", {"name": "rounding"}, ("explain", "rounding")),
        (
            "rates",
            {"group": "north-east", "weighted": True, "source": COUNTS, "level": 0.998},
            (
                "rates",
                "--group",
                "north-east",
                "--weighted",
                "--source",
                COUNTS,
                "--level",
                "0.998",
            ),
        ),
        (
            "compare",
            {"force": "all", "metric": "burglary", "with_city_of_london": True},
            ("compare", "--all", "--metric", "burglary", "--with-city-of-london"),
        ),
        (
            "compare",
            {"force": ("durham", "kent"), "metric": "asb", "period": "2014-03"},
            ("compare", "durham", "kent", "--metric", "asb", "--period", "2014-03"),
        ),
        ("trend", {"force": "kent", "metric": "asb"}, ("trend", "kent", "--metric", "asb")),
        ("claims", {"metric": "satisfaction"}, ("claims", "--metric", "satisfaction")),
        ("reproduce", {"source": REPORT}, ("reproduce", "--source", REPORT)),
    ],
)
def test_functions_return_what_commands_print(
    data: crimecmp.Dataset,
    capsys: pytest.CaptureFixture[str],
    name: str,
    given: dict[str, object],
    words: tuple[str, ...],
) -> None:
    """A function's frame and its command's CSV, read back, are the same table."""
    function: Callable[..., pd.DataFrame] = getattr(crimecmp, name)
    frame = function(data, **given)
    expected = printed(capsys, *words)
    pd.testing.assert_frame_equal(
        expected.astype(object).where(expected.notna(), None),
        frame.astype(object).where(frame.notna(), None),
        check_dtype=False,
    )


def test_side_by_side_is_compare_with_its_old_order(data: crimecmp.Dataset) -> None:
    """The name before `compare` still takes the metric first, then the forces."""
    frame = crimecmp.side_by_side(data, "crime", ["durham", "kent"], period="2014-06")
    expected = crimecmp.compare(data, ["durham", "kent"], metric="crime", period="2014-06")
    pd.testing.assert_frame_equal(frame, expected)


def test_without_data_the_bundled_figures_are_used(data: crimecmp.Dataset) -> None:
    """What `load` returns can be left out, as on the command line."""
    pd.testing.assert_frame_equal(crimecmp.rates(force="kent"), crimecmp.rates(data, "kent"))
    pd.testing.assert_frame_equal(crimecmp.forces(), crimecmp.forces(data))


def test_names_are_found_as_people_type_them(data: crimecmp.Dataset) -> None:
    """A force is found by its id, its full name and its code alike."""
    expected = crimecmp.rates(data, "durham")
    for name in ("Durham Constabulary", "E23000008", "DURHAM"):
        pd.testing.assert_frame_equal(crimecmp.rates(data, name), expected)


def test_choices_are_those_of_the_options(data: crimecmp.Dataset) -> None:
    """Metric, benchmark, source and period narrow a frame as their options narrow a page."""
    frame = crimecmp.rates(
        data,
        metric="burglary",
        benchmark="England and Wales",
        source="hmic-2014-durham",
        period="2014-06",
    )
    assert frame[["metric", "force_value"]].to_numpy().tolist() == [["burglary-in-a-dwelling", 5.0]]


def test_a_choice_that_is_none_is_a_type_error(data: crimecmp.Dataset) -> None:
    """A misspelt choice is an error, not ignored."""
    with pytest.raises(TypeError):
        crimecmp.rates(data, perod="2014-06")  # type: ignore[call-arg]  # the slip is what is tested


@pytest.mark.parametrize("error", [name for name in crimecmp.__all__ if name.endswith("Error")])
def test_every_error_is_a_crimecmp_error(error: str) -> None:
    """One except clause catches everything that crimecmp raises on purpose."""
    assert issubclass(getattr(crimecmp, error), crimecmp.CrimecmpError)


def test_the_version_is_a_version() -> None:
    """The version is there without installing anything, three numbers to begin with."""
    assert [part.isdigit() for part in crimecmp.__version__.split(".")[:2]] == [True, True]
