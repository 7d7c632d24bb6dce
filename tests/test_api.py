"""Rules of the Python interface: what `import crimecmp` gives is what the commands print."""

from __future__ import annotations

import inspect
import io
import subprocess
import sys
from collections.abc import Callable

import pandas as pd
import pytest
from crimecmp.schema import COMPARISON_ROW, JUDGMENT_ROW

import crimecmp
from crimecmp.cli.run import run

DATES = ["period_end", "base_period_end"]


@pytest.fixture(scope="module")
def data() -> crimecmp.Dataset:
    """Return the tables that come with crimecmp."""
    return crimecmp.load()


def test_public_names_are_sorted() -> None:
    """The public names stand in order, each once."""
    assert crimecmp.__all__ == sorted(set(crimecmp.__all__))


def test_public_names_are_what_a_notebook_needs() -> None:
    """Loading, each kind of comparison and the errors are public."""
    needed = {
        "load", "rates", "changes", "outcomes", "satisfaction", "judgments", "CrimecmpError",
        "DataError", "RequestError", "NoFiguresError", "OutputError", "UnknownNameError",
    }  # fmt: skip
    assert needed <= set(crimecmp.__all__)


@pytest.mark.parametrize("name", crimecmp.__all__)
def test_every_public_name_is_there_and_explained(name: str) -> None:
    """Each public name resolves, is called what it is called, and has a docstring of its own."""
    thing = getattr(crimecmp, name)
    assert thing.__name__ == name or thing is crimecmp.methods
    assert thing.__doc__
    assert name in dir(crimecmp)


@pytest.mark.parametrize("name", ["rates", "judgments", "side_by_side", "load"])
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


@pytest.mark.parametrize("name", ["rates", "changes", "outcomes", "satisfaction", "judgments"])
def test_functions_return_what_commands_print(
    data: crimecmp.Dataset, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A function's frame and its command's CSV, read back, are the same table."""
    function: Callable[..., pd.DataFrame] = getattr(crimecmp, name)
    frame = function(data, "durham")
    assert tuple(frame.columns) == (JUDGMENT_ROW if name == "judgments" else COMPARISON_ROW)
    assert run([name, "durham", "--format", "csv"]) == 0
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out))
    for column in DATES:
        if column in printed:
            printed[column] = pd.to_datetime(printed[column])
    pd.testing.assert_frame_equal(
        printed.astype(object).where(printed.notna(), None),
        frame.astype(object).where(frame.notna(), None),
        check_dtype=False,
    )


def test_side_by_side_returns_what_compare_prints(
    data: crimecmp.Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    """`compare --metric` prints the frame of `side_by_side`."""
    frame = crimecmp.side_by_side(data, "crime", ["durham"])
    assert run(["compare", "durham", "--metric", "crime", "--format", "csv"]) == 0
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out))
    for column in ("kind", "metric", "force_value", "benchmark_value", "difference", "source"):
        assert printed[column].tolist() == frame[column].tolist()


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
