"""Rules of `crimecmp chart`: into a file of the form it names, or in characters where it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bundled import COUNTS, JUNE_2014, Done, Program, write
from picturing import DATA, RATES_OF, request_of

import crimecmp
from crimecmp.charts.bars import bars
from crimecmp.charts.cartogram import cartogram
from crimecmp.charts.funnel import funnel
from crimecmp.charts.rank import rank
from crimecmp.charts.satisfaction import satisfaction
from crimecmp.charts.spine import spine
from crimecmp.charts.trend import trend
from crimecmp.cli import charts, output
from crimecmp.cli import run as cli
from crimecmp.cli.exit_codes import FAILED, OK, USAGE
from crimecmp.comparison.request import requested
from crimecmp.document.picture import Picture

KINDS = ("bars", "trend", "funnel", "rank", "map", "spine", "satisfaction")
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
FIRST_LINES = {
    "bars": "Durham against England and Wales: lower on 4 of 6 measures; higher on ",
    "trend": (
        "Crime in Durham: the number recorded fell in each of the three years to June 2013, then "
        "rose 12.5% in the year to June 2014"
    ),
    "funnel": "Crime: Durham is not unusual among forces",
    "rank": "Crime: Durham is 20th highest of 42 forces, 11.1% below England and Wales",
    "satisfaction": "Victim satisfaction is higher (better) in Durham than in England and Wales",
    "map": "Crime: Durham is in the middle fifth of 42 forces",
    "spine": "Durham is lower than England and Wales on 4 of 6 measures",
}

DRAW_ALL = """
import sys
from crimecmp.cli import run as cli
for kind in sys.argv[2].split():
    for end in sys.argv[3].split():
        assert cli.run(["chart", kind, "durham", "-o", f"{sys.argv[1]}/{kind}.{end}"]) == 0
    assert cli.run(["chart", kind, "durham"]) == 0
"""

RUN_ALL = """
import io, json, sys
from crimecmp.cli import run as cli
done = []
for arguments in json.loads(sys.argv[1]):
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code = cli.run(arguments)
    texts = []
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    done.append([*texts, code])
json.dump(done, sys.__stdout__)
"""
"""Commands in one process of their own: what each of them wrote, and how it ended."""


Drawn = Callable[..., Picture]


@pytest.fixture
def picture_of(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Return a function that runs `chart` and returns the picture that it would have written."""

    def picture(*arguments: str) -> Picture:
        pictures: list[Picture] = []
        monkeypatch.setattr(output, "write_picture", lambda found, *_, **__: pictures.append(found))
        assert cli.run(["chart", *arguments]) == 0
        [found] = pictures
        return found

    return picture


def environment(**changed: str) -> dict[str, str]:
    """Return an environment without what may be set of crimecmp, of matplotlib and of a screen."""
    unset = ("CRIMECMP_", "MPL", "MATPLOTLIBRC", "DISPLAY", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unset)}
    return {**kept, "PYTHONIOENCODING": "utf-8", **changed}


# --- The same bytes, whatever stands around a process


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, bytes, bytes]]:
    """Draw everything in two processes, one of them with all that can go wrong with matplotlib.

    Its backend asks for a screen that is not there, some of its settings are broken and the others
    strange, and its folder cannot be made since it is in a file; hashes, zone and day differ.

    Returns
    -------
    list
        For each process its folder, standard output and standard error.
    """
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "a-file").write_bytes(b"")
    broken = folder / "matplotlibrc"
    broken.write_text(
        "font.size: huge\nnot a setting\nno.such.setting: 1\nlines.linewidth: 40\n"
        "pdf.compression: 0\npath.sketch: 3, 100, 2\ntext.antialiased: False\n"
    )
    surroundings = (
        environment(PYTHONHASHSEED="1", MPLCONFIGDIR=str(folder / "settings")),
        environment(
            PYTHONHASHSEED="2",
            MPLBACKEND="TkAgg",
            MPLCONFIGDIR=str(folder / "a-file" / "settings"),
            MATPLOTLIBRC=str(broken),
            TZ="Pacific/Auckland",
            SOURCE_DATE_EPOCH="1",
        ),
    )
    processes = []
    for number, around in enumerate(surroundings):
        place = folder / str(number)
        place.mkdir()
        arguments = [str(place), " ".join(KINDS), " ".join(MAGIC)]
        process = subprocess.Popen(
            [sys.executable, "-c", DRAW_ALL, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=around,
        )
        processes.append((place, process))
    done = []
    for place, process in processes:
        out, err = process.communicate()
        assert process.returncode == 0, err.decode()
        done.append((place, out, err))
    return done


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", MAGIC)
def test_a_file_is_what_its_ending_says(
    twice: list[tuple[Path, bytes, bytes]], kind: str, form: str
) -> None:
    """SVG, PNG and PDF begin as such files do."""
    content = (twice[0][0] / f"{kind}.{form}").read_bytes()
    assert content.startswith(MAGIC[form])
    assert len(content) > 4000
    if form == "svg":
        assert FIRST_LINES[kind] in content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", MAGIC)
def test_two_processes_draw_the_same_bytes(
    twice: list[tuple[Path, bytes, bytes]], kind: str, form: str
) -> None:
    """Neither settings of matplotlib, nor hashes, day or zone change a byte of a file."""
    first, second = (place / f"{kind}.{form}" for place, _, _ in twice)
    assert first.read_bytes() == second.read_bytes()


def test_two_processes_draw_the_same_characters(twice: list[tuple[Path, bytes, bytes]]) -> None:
    """What is drawn on the terminal is the same as well, each picture one behind the other."""
    (_, first, _), (_, second, _) = twice
    assert first == second
    assert first.decode().count("Source: ") == len(KINDS)


def test_nothing_is_said_of_settings_and_screens(twice: list[tuple[Path, bytes, bytes]]) -> None:
    """A backend without a screen, broken settings and no folder for caches are no news."""
    for _, _, err in twice:
        lines = err.decode().splitlines()
        assert len(lines) == len(KINDS) * len(MAGIC)
        assert all(line.startswith("wrote ") for line in lines)


# --- Without the extras


@pytest.fixture(scope="module")
def without(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], tuple[Path, dict[str, Done]]]:
    """Return what commands do in a process in which a package is not installed.

    Of each package asked for there are the folder that the commands ran in, and what each did.
    """
    known: dict[str, tuple[Path, dict[str, Done]]] = {}
    commands = {
        "svg": ["chart", "bars", "durham", "-o", "bars.svg"],
        "png": ["chart", "funnel", "durham", "-o", "funnel.png"],
        "html": ["report", "durham", "-f", "html", "-o", "page.html"],
        "html out": ["report", "durham", "-f", "html"],
        "terminal": ["chart", "bars", "durham"],
        "markdown": ["report", "durham", "-f", "markdown"],
    }

    def runs(package: str) -> tuple[Path, dict[str, Done]]:
        if package not in known:
            stub, place = (tmp_path_factory.mktemp(f"{name}-{package}") for name in ("no", "in"))
            (stub / package).mkdir()
            said = f"raise ModuleNotFoundError('No module', name={package!r})\n"
            (stub / package / "__init__.py").write_text(said)
            paths = [str(stub), *filter(None, [os.environ.get("PYTHONPATH")])]
            done = subprocess.run(
                [sys.executable, "-c", RUN_ALL, json.dumps(list(commands.values()))],
                capture_output=True,
                check=True,
                cwd=place,
                env=environment(PYTHONPATH=os.pathsep.join(paths)),
            )
            assert done.stderr == b""
            found = [Done(*each) for each in json.loads(done.stdout)]
            known[package] = place, dict(zip(commands, found, strict=True))
        return known[package]

    return runs


@pytest.mark.parametrize(
    ("package", "command"),
    [
        ("matplotlib", "svg"),
        ("matplotlib", "png"),
        ("matplotlib", "html"),
        ("matplotlib", "html out"),
        ("jinja2", "html"),
        ("jinja2", "html out"),
    ],
)
def test_a_missing_extra_is_one_line_and_what_to_type(
    without: Callable[[str], tuple[Path, dict[str, Done]]], package: str, command: str
) -> None:
    """Exit code 1, the package and the command that brings it, no traceback, nothing written."""
    place, done = without(package)
    out, err, code = done[command]
    assert (out, code) == ("", FAILED)
    message, hint = err.splitlines()
    assert message.startswith("crimecmp: error: ")
    assert package in message
    assert "pip install 'crimecmp[charts]'" in hint
    assert not {"bars.svg", "funnel.png", "page.html"} & {path.name for path in place.iterdir()} - (
        {"bars.svg", "funnel.png"} if package == "jinja2" else set()
    )


@pytest.mark.parametrize("package", ["matplotlib", "jinja2"])
def test_what_takes_no_extra_works_without(
    without: Callable[[str], tuple[Path, dict[str, Done]]], package: str
) -> None:
    """Pictures in characters and pages in Markdown are made as ever."""
    _, done = without(package)
    assert done["terminal"].code == done["markdown"].code == 0
    assert done["terminal"].err == done["markdown"].err == ""
    assert " ".join(done["terminal"].out.split()).startswith(FIRST_LINES["bars"])
    assert "54.0" in done["markdown"].out


def test_pictures_do_not_take_what_pages_take(
    without: Callable[[str], tuple[Path, dict[str, Done]]],
) -> None:
    """Without jinja2 a picture is drawn into its file all the same."""
    place, done = without("jinja2")
    assert (done["svg"].code, done["svg"].err) == (0, "wrote bars.svg\n")
    assert (place / "bars.svg").read_bytes().startswith(MAGIC["svg"])


BROKEN_SETTINGS = {
    "backend": ({"MPLBACKEND": "nonsense"}, "'nonsense' is not a valid value for backend"),
    "encoding": ({"MATPLOTLIBRC": "settings"}, "'utf-8' codec can't decode byte 0xff"),
}
"""Settings with which matplotlib does not load, and what it says of them."""


@pytest.mark.parametrize("broken", BROKEN_SETTINGS)
def test_matplotlib_that_does_not_load_is_an_error_that_says_why(
    tmp_path: Path, broken: str
) -> None:
    """Exit code 1, the reason and where it may lie, no traceback and no file; text needs none."""
    (tmp_path / "settings").write_bytes(b"font.family: \xff\xfe\n")
    changed, reason = BROKEN_SETTINGS[broken]
    commands = [
        ["chart", "bars", "durham", "-o", "bars.svg"],
        ["report", "durham", "-f", "html", "-o", "page.html"],
        ["chart", "bars", "durham"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL, json.dumps(commands)],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment(**changed),
    )
    *failed, drawn = (Done(*each) for each in json.loads(done.stdout))
    for out, err, code in failed:
        assert (out, code) == ("", FAILED)
        message, hint = err.splitlines()
        lead = "crimecmp: error: pictures need a package that does not load: "
        assert message.startswith(lead)
        assert reason in message
        assert "MPLBACKEND" in hint
        assert "matplotlibrc" in hint
    assert (drawn.err, drawn.code) == ("", OK)
    assert done.stderr == b""
    assert [path.name for path in tmp_path.iterdir()] == ["settings"]


# --- Where a picture goes


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_file_it_is_drawn_in_characters(run: Program, kind: str) -> None:
    """In a pipe: title, signs, sources, no colour, and nothing on standard error."""
    done = run("chart", kind, "durham")
    assert (done.err, done.code) == ("", 0)
    assert " ".join(done.out.split()).startswith(FIRST_LINES[kind])
    assert "Durham" in done.out
    assert "Source: " in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize("name", ["x.gif", "x.html", "x", "", ".svg", "x.svg.gz", "svg"])
def test_a_file_that_is_no_picture_is_refused(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Before anything is read: a wrong command line, with the endings that there are."""
    monkeypatch.chdir(tmp_path)
    done = run("chart", "bars", "durham", "--data", "no/such/folder", "-o", name)
    assert (done.out, done.code) == ("", USAGE)
    assert done.err.startswith("crimecmp: error: ")
    assert ".svg, .png or .pdf" in done.err.splitlines()[1]
    assert not list(tmp_path.iterdir())


def test_an_ending_may_be_in_capitals(run: Program, tmp_path: Path) -> None:
    """PICTURE.SVG is SVG, and its name is all that is said."""
    path = tmp_path / "PICTURE.SVG"
    assert run("chart", "satisfaction", "durham", "-o", str(path)) == ("", f"wrote {path}\n", 0)
    assert path.read_bytes().startswith(MAGIC["svg"])


def test_a_file_that_is_there_is_kept(run: Program, tmp_path: Path) -> None:
    """It is replaced on request alone, and no part of a new one is left."""
    path = tmp_path / "mine.svg"
    path.write_text("mine")
    asked = ("chart", "satisfaction", "durham", "-o", str(path))
    done = run(*asked)
    assert (done.out, done.code) == ("", FAILED)
    assert "already exists" in done.err
    assert "--overwrite" in done.err
    assert path.read_text() == "mine"
    assert run(*asked, "--overwrite").code == 0
    assert path.read_bytes().startswith(MAGIC["svg"])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["no/such/folder/x.svg", "folder.svg"])
def test_where_no_file_can_be_there_is_an_error(run: Program, tmp_path: Path, place: str) -> None:
    """A missing folder, or one in the place of the file, is named and ends with 1."""
    (tmp_path / "folder.svg").mkdir()
    done = run("chart", "satisfaction", "durham", "-o", str(tmp_path / place))
    assert (done.out, done.code) == ("", FAILED)
    assert place in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.svg"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("chart", "satisfaction", "durham", "-o", "name.svg/"),
        ("chart", "satisfaction", "durham", "--overwrite", "-o", "name.pdf/"),
        ("satisfaction", "durham", "-f", "csv", "-o", "name.csv/"),
        ("report", "durham", "-f", "html", "--overwrite", "-o", "name.html/"),
    ],
)
@pytest.mark.parametrize("there", [False, True])
def test_what_ends_in_a_slash_is_a_folder(
    run: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    there: bool,
) -> None:
    """No file is written in its place, be there one of that name or not, and it ends with 1."""
    monkeypatch.chdir(tmp_path)
    named = arguments[-1]
    if there:
        Path(named.rstrip("/")).write_text("mine")
    done = run(*arguments)
    assert (done.out, done.code) == ("", FAILED)
    assert done.err.splitlines() == [
        f"crimecmp: error: {named} is a folder",
        "  Name a file in it.",
    ]
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"] * there


# --- What goes wrong


@pytest.mark.parametrize(
    ("arguments", "said", "advice"),
    [
        ("bars --metric weather", "'weather'", "crimecmp metrics"),
        ("trend durham -m weather", "'weather'", "crimecmp metrics"),
        ("rank atlantis", "'atlantis'", "crimecmp forces"),
        ("bars durham kent gwent essex", "3 forces", "fewer"),
        ("funnel durham kent gwent essex", "3 forces", "fewer"),
        ("bars durham --of judgments", "judgments", "crimecmp chart bars --help"),
        ("trend durham --period 2014-06", "--period", "crimecmp chart trend --help"),
        ("funnel durham --benchmark kent", "--benchmark", "crimecmp chart funnel --help"),
        ("rank durham --format svg", "--format", "crimecmp chart rank --help"),
        ("bars durham --benchmark durham", "itself", "--benchmark"),
        ("doughnut durham", "doughnut", "crimecmp chart --help"),
        ("bars durham --level 0.9", "0.9", "crimecmp chart bars durham --level 0.95"),
    ],
)
def test_what_cannot_be_understood_ends_with_2(
    run: Program, arguments: str, said: str, advice: str
) -> None:
    """A wrong command line is told on standard error, with what to type next."""
    done = run("chart", *arguments.split())
    assert (done.out, done.code) == ("", USAGE)
    assert said in done.err
    assert advice in done.err
    assert done.err.startswith("crimecmp: error: ")
    assert done.err.count("\n") <= 2


@pytest.mark.parametrize(
    ("arguments", "said", "advice"),
    [
        ("satisfaction kent", "Kent", "durham"),
        ("bars kent --of outcomes", "Kent", "--of outcomes"),
        ("trend durham -m detection", "no series", "two periods"),
        ("funnel durham --source hmic-2014-durham", "only Durham has a figure", "two forces"),
        ("rank durham --metric detection", "only Durham has a figure", "two forces"),
        ("funnel city-of-london", "City of London", "not compared with the others"),
        ("rank durham --period 1999-12", "1999-12", "Years with"),
        ("bars durham --data no/such/folder", "no/such/folder", "No such file"),
    ],
)
def test_what_has_no_picture_ends_with_1(
    run: Program, tmp_path: Path, arguments: str, said: str, advice: str
) -> None:
    """Where the data hold nothing to draw it is said of what, and no file is begun."""
    done = run("chart", *arguments.split(), "-o", str(tmp_path / "x.svg"))
    assert (done.out, done.code) == ("", FAILED)
    assert said in done.err
    assert advice in done.err
    assert not list(tmp_path.iterdir())


def test_a_chart_of_nothing_is_a_usage_error(run: Program) -> None:
    """`chart` alone lacks the kind of picture, and names the help that lists them."""
    done = run("chart")
    assert (done.out, done.code) == ("", USAGE)
    assert done.err.startswith("crimecmp: error: ")
    assert done.err.splitlines()[1:] == ["  Help: crimecmp chart --help"]


def test_its_help_lists_all_pictures(run: Program) -> None:
    """Each kind stands in the help with what it shows, and has a help of its own."""
    out = run("chart", "--help").out
    for kind in KINDS:
        assert f"\n  {kind} " in out
        assert f"crimecmp chart {kind} durham" in run("chart", kind, "--help").out


def examples() -> Iterator[tuple[str, ...]]:
    """Yield the commands of the help of `chart` and of its pictures."""
    shown = [charts.chart, charts.bars_picture, charts.trend_picture, charts.funnel_picture]
    every = (*shown, charts.rank_picture, charts.map_picture, charts.spine_picture)
    for command in (*every, charts.satisfaction_picture):
        for line in str(command.__doc__).splitlines():
            if line.strip().startswith("crimecmp chart "):
                yield tuple(line.split()[1:])


def test_the_examples_of_the_help_work(
    run: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that the help shows draws, here or into the file that it names."""
    monkeypatch.chdir(tmp_path)
    known = list(examples())
    assert {command[1] for command in known} == set(KINDS)
    for command in known:
        done = run(*command, "--overwrite")
        file = command[command.index("-o") + 1] if "-o" in command else ""
        assert (done.err, done.code) == (f"wrote {file}\n" if file else "", 0)
        assert bool(done.out) is not bool(file)
        assert not file or Path(file).stat().st_size


# --- What the options do


def test_it_is_of_durham_by_default(picture_of: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name it is of Durham, or of the force that the environment names."""
    assert picture_of("satisfaction") == picture_of("satisfaction", "durham")
    monkeypatch.setenv("CRIMECMP_FORCE", "devon & cornwall")
    assert "Devon" in picture_of("bars").title


def test_options_of_bars(picture_of: Drawn) -> None:
    """Kind of figure, forces, measure, source, period, level and benchmark are as asked."""
    assert picture_of("bars", "durham", "--of", "changes") == bars(
        DATA, "changes", request_of("durham")
    )
    asked = "bars durham kent -m burglary --period 2012-06 --level 0.998 --benchmark cleveland"
    options = {"metric": "burglary", "period": "2012-06", "level": 0.998, "benchmark": "cleveland"}
    request = request_of("durham", "kent", **options)
    assert picture_of(*asked.split()) == bars(DATA, "rates", request)
    asked = f"bars durham --source {COUNTS}"
    assert picture_of(*asked.split()) == bars(DATA, "rates", request_of("durham", source=COUNTS))


def test_options_of_a_trend(picture_of: Drawn) -> None:
    """All crime by default; others, level and a group together are as asked."""
    crime = {"metric": "crime"}
    assert picture_of("trend", "durham") == trend(DATA, request_of("durham", **crime))
    asked = "trend durham -m burglary --others --level 0.998 --group north-east --weighted"
    options = {"metric": "burglary", "level": 0.998, "group": "north-east", "weighted": True}
    assert picture_of(*asked.split()) == trend(DATA, request_of("durham", **options), others=True)


def test_options_of_a_funnel(picture_of: Drawn) -> None:
    """Limits of random variation, City of London and a period are as asked."""
    asked = "funnel durham -m asb --random-variation --with-city-of-london --period 2013-03"
    options = {"metric": "asb", "with_city_of_london": True, "period": "2013-03"}
    expected = funnel(DATA, request_of("durham", **options), overdispersed=False)
    assert picture_of(*asked.split()) == expected
    assert picture_of("funnel", "durham", "--overdispersed") == picture_of("funnel", "durham")
    assert picture_of("funnel", "durham") == funnel(DATA, request_of("durham", metric="crime"))


def test_options_of_a_ranking_and_of_a_survey(picture_of: Drawn) -> None:
    """Measure, benchmark, City of London and level are as asked."""
    asked = "rank durham -m sexual --benchmark kent --with-city-of-london"
    options = {"metric": "sexual", "benchmark": "kent", "with_city_of_london": True}
    assert picture_of(*asked.split()) == rank(DATA, request_of("durham", **options))
    asked = "satisfaction durham --level 0.998"
    assert picture_of(*asked.split()) == satisfaction(DATA, request_of("durham", level=0.998))


def test_options_of_a_map(picture_of: Drawn) -> None:
    """By fifths unless asked; measure, benchmark, level and City of London are as asked."""
    crime = request_of("durham", metric="crime")
    assert picture_of("map", "durham") == cartogram(DATA, crime, "fifth")
    asked = "map durham -m sexual --by verdict --benchmark kent --level 0.998 --with-city-of-london"
    options = {"metric": "sexual", "benchmark": "kent", "level": 0.998, "with_city_of_london": True}
    expected = cartogram(DATA, request_of("durham", **options), "verdict")
    assert picture_of(*asked.split()) == expected


def test_options_of_a_spine(picture_of: Drawn) -> None:
    """Forces, measure, source, period, level and benchmark are as asked."""
    assert picture_of("spine", "durham") == spine(DATA, request_of("durham"))
    asked = "spine durham kent -m burglary --period 2012-06 --level 0.998 --benchmark cleveland"
    options = {"metric": "burglary", "period": "2012-06", "level": 0.998, "benchmark": "cleveland"}
    assert picture_of(*asked.split()) == spine(DATA, request_of("durham", "kent", **options))
    asked = f"spine durham --source {COUNTS}"
    assert picture_of(*asked.split()) == spine(DATA, request_of("durham", source=COUNTS))


def test_a_users_own_figures_are_drawn(picture_of: Drawn, tmp_path: Path) -> None:
    """With --data the picture is of the user's tables."""
    folder = write(tmp_path, rates=[RATES_OF, f"kent,burglary,{JUNE_2014},6.0,,"])
    data = crimecmp.load(folder)
    assert picture_of("bars", "kent", "--data", folder) == bars(
        data, "rates", requested(data, ["kent"])
    )
