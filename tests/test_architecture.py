"""Who may know whom: the imports of every module, held against the rules of the design.

An import inside a function counts unless a rule says otherwise; one under `TYPE_CHECKING` is never
run and does not count.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import crimecmp

PACKAGE = Path(crimecmp.__file__).parent
READING = (
    "tables.checked", "tables.checking", "tables.csv_text", "tables.dataset", "tables.files",
    "tables.finding", "tables.loading", "tables.merging",
)  # fmt: skip
"""What finds, reads, checks and holds tables."""
PICTURES = ("bars", "trend", "funnel", "rank", "satisfaction")
FORMATS = ("ons_tables", "rolling_year", "recorded_crime", "crime_outcomes")
PURE = {
    "errors", "text", "comparison.columns", "tables.cells", "tables.licence", "tables.names",
    "tables.schema", "report", "picture",
}  # fmt: skip
THIRD_PARTY = {"typer", "rich", "pandas"}
EXTRAS = {"matplotlib": "charts", "jinja2": "render.html"}
"""The packages of the extra, each with the part of crimecmp that knows it."""


class Import(NamedTuple):
    """One import of one module.

    Parameters
    ----------
    importer
        The module's name within the package: `cli`, `render.table`.
    imported
        The full name of what is imported.
    lazy
        Whether it is inside a function.
    """

    importer: str
    imported: str
    lazy: bool


def is_type_checking(node: ast.AST) -> bool:
    """Return whether a node is an `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in (
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    )


def imports_in(nodes: Iterable[ast.AST], importer: str, lazy: bool = False) -> Iterator[Import]:
    """Yield all imports that can happen in some parts of a module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(importer, alias.name, lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{importer} imports relatively"
            assert node.module
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = node.module.startswith("crimecmp") and exists(full)
                yield Import(importer, full if is_module else node.module, lazy)
        elif is_type_checking(node):
            assert isinstance(node, ast.If)
            yield from imports_in(node.orelse, importer, lazy)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_in(ast.iter_child_nodes(node), importer, lazy or inside)


def exists(module: str) -> bool:
    """Return whether the package has a module of this full name."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def module_name(path: Path) -> str:
    """Return a file's name as a module within the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = {module_name(path): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
IMPORTS = [found for name, tree in MODULES.items() for found in imports_in([tree], name)]


def imported_by(*modules: str) -> set[str]:
    """Return all that some modules import, whenever they do."""
    assert set(modules) <= set(MODULES)
    return {found.imported for found in IMPORTS if found.importer in modules}


def knows(modules: Iterable[str], *others: str) -> set[str]:
    """Return what some modules import of others of the package and of all that is inside them."""
    return {
        name
        for name in imported_by(*modules)
        for other in others
        if f"{name}.".startswith(f"crimecmp.{other}.")
    }


def inside(package: str) -> list[str]:
    """Return the modules of a package within the package."""
    return sorted(name for name in MODULES if name.startswith(f"{package}."))


def importers_of(library: str) -> set[str]:
    """Return the modules that import a library or a part of it."""
    return {found.importer for found in IMPORTS if found.imported.split(".")[0] == library}


def test_the_reader_of_imports_sees_them_all() -> None:
    """Plain, lazy and conditional imports are found; those for type checkers alone are not."""
    code = (
        "import a.b\n"
        "from crimecmp import errors\n"
        "from crimecmp.text import visible\n"
        "if TYPE_CHECKING:\n    import c\nelse:\n    import d\n"
        "def f():\n    try:\n        import e\n    finally:\n        pass\n"
        "class G:\n    import g\n"
    )
    assert list(imports_in([ast.parse(code)], "m")) == [
        ("m", "a.b", False),
        ("m", "crimecmp.errors", False),
        ("m", "crimecmp.text", False),
        ("m", "d", False),
        ("m", "e", True),
        ("m", "g", False),
    ]


def test_every_module_is_looked_at() -> None:
    """The rules below hold for modules that are there: each of those that they name."""
    assert {"compare", "dataset", "reproduction", "support"} <= set(MODULES)
    assert {"cli.run", "cli.output", "cli.progress", "cli.importing"} <= set(MODULES)
    assert {"pages.figures", "pages.imports", "render.table", "importers.files"} <= set(MODULES)
    assert {f"importers.{form}" for form in FORMATS} <= set(MODULES)
    assert {f"pictures.{kind}" for kind in PICTURES} <= set(MODULES)
    assert {"picture", "extras", "attribution", "render.html", "charts.files"} <= set(MODULES)
    assert {"pages.handout", "pages.findings", "pages.closing"} <= set(MODULES)
    assert len(IMPORTS) > 100


@pytest.mark.parametrize("module", sorted(PURE | {"request"} & set(MODULES)))
def test_the_ground_floor_knows_the_standard_library_and_itself(module: str) -> None:
    """Errors, text, names, schema, pages and pictures as data know each other and no more."""
    own = {f"crimecmp.{name}" for name in PURE}
    strange = {
        name
        for name in imported_by(module)
        if name.split(".")[0] not in sys.stdlib_module_names and name not in own
    }
    assert not strange


def test_only_the_cli_knows_typer() -> None:
    """Options, arguments and help are the command line's business alone."""
    knowing = importers_of("typer")
    assert knowing
    assert knowing <= set(inside("cli"))


def test_nobody_knows_click() -> None:
    """Typer no longer depends on Click, so nothing may import it."""
    assert not importers_of("click")


def test_only_what_is_for_the_terminal_knows_rich() -> None:
    """What tables, and pictures in characters, look like is the business of their renderers."""
    knowing = importers_of("rich")
    assert "render.table" in knowing
    assert {name for name in knowing if not f"{name}.".startswith("render.drawing.")} == {
        "render.table"
    }


@pytest.mark.parametrize("package", EXTRAS)
def test_an_extra_is_known_to_one_part_alone(package: str) -> None:
    """Matplotlib is the business of the charts, jinja2 that of pages in HTML."""
    knowing = importers_of(package)
    assert knowing
    assert {name for name in knowing if not f"{name}.".startswith(f"{EXTRAS[package]}.")} == set()


def full_name(module: str) -> str:
    """Return the full name of a module of the package, given that within it."""
    return f"crimecmp.{module.removesuffix('.__init__')}"


def name_within(full: str) -> str:
    """Return the name within the package of a module or package, given its full name."""
    name = full.removeprefix("crimecmp.")
    return name if name in MODULES else f"{name}.__init__"


def loaded_by(*starts: str) -> set[str]:
    """Return all that loading some modules loads at once: themselves, and what those import.

    What stands above a module is loaded before it.
    """
    names = {full_name(module): module for module in MODULES if module != "__init__"}
    reached: set[str] = set()
    waiting = {full_name(start) for start in starts}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        above = {name.rpartition(".")[0]} if name.startswith("crimecmp.") else set()
        imported = {
            found.imported
            for found in IMPORTS
            if found.importer == names.get(name) and not found.lazy
        }
        waiting |= (above | imported) - reached
    return reached


def test_the_reader_of_what_is_loaded_follows_imports() -> None:
    """What a module imports at once is reached through others; what a function imports is not."""
    reached = loaded_by("pictures.funnel")
    assert {"crimecmp.charts.funnel", "crimecmp.charts", "crimecmp.methods"} <= reached
    assert "math" in reached
    assert "pandas" not in reached
    assert "matplotlib.figure" in loaded_by("charts.canvas")


def test_an_extra_is_loaded_when_something_is_drawn_with_it() -> None:
    """No module but those of the charts loads an extra by being loaded, the ways in included."""
    drawing = [name for name in inside("charts") if name != "charts.__init__"]
    others = [name for name in MODULES if name not in (*drawing, "__init__", "__main__")]
    assert {"charts.__init__", "render.html", "pages.handout"} <= set(others)
    assert {"cli.run", "cli.output"} <= set(others)
    libraries = {name.split(".")[0] for name in loaded_by(*others)}
    assert not libraries & set(EXTRAS)
    assert "typer" in libraries


WITHOUT_EXTRAS = """
import io, sys
from crimecmp.cli import run as cli
shown, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
for words in ("rates durham", "report durham", "chart bars durham", "report durham -f html"):
    assert cli.run(words.split()) == 0
    loaded = [name for name in ("matplotlib", "jinja2", "pandas") if name in sys.modules]
    print(words, *loaded, sep=",", file=shown)
"""


def test_what_is_shown_on_the_terminal_loads_no_extra() -> None:
    """Rates, a page and a picture in characters load pandas alone; a page in HTML loads all."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS], capture_output=True, check=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "rates durham,pandas",
        "report durham,pandas",
        "chart bars durham,pandas",
        "report durham -f html,matplotlib,jinja2,pandas",
    ]


def test_a_missing_extra_is_told_wherever_one_is_loaded() -> None:
    """Each import of an extra, and of what draws with it, is under the words that name it."""
    for module, tree in MODULES.items():
        guarded = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.With) and "needed_for(" in ast.unparse(node.items[0])
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            names = (
                {found.imported for found in imports_in([node], module)}
                if is_import(node)
                else set()
            )
            roots = {name.split(".")[0] for name in names}
            if module == "charts.__init__":
                wanted = bool(names & {full_name(name) for name in inside("charts")})
            else:
                wanted = bool(roots & set(EXTRAS)) and not module.startswith("charts.")
            assert not wanted or id(node) in guarded, module


def is_import(node: ast.AST) -> bool:
    """Return whether a node is an import."""
    return isinstance(node, ast.Import | ast.ImportFrom)


@pytest.mark.parametrize("module", inside("pictures"))
def test_pictures_say_what_and_not_how(module: str) -> None:
    """A picture is data: it knows no format, no stream, no command line and makes no frame."""
    assert not knows([module], "render", "charts", "cli", "extras")
    assert not imported_by(module) & {
        "typer", "rich", "pandas", "matplotlib", "jinja2", "sys", "os", "io", "pathlib",
    }  # fmt: skip


@pytest.mark.parametrize("module", inside("charts"))
def test_charts_draw_only(module: str) -> None:
    """A chart gets a finished picture: it knows no tables, comparisons, pages or methods."""
    assert not knows(
        [module], "among", "changing", "choosing", "checking", "cli", "compare", "dataset",
        "grouping", "importers", "methods", "names", "pages", "pictures", "reading",
        "render", "report", "reproduction", "schema", "request", "sentences",
        "support", "verdicts",
    )  # fmt: skip
    assert not imported_by(module) & {"typer", "rich", "pandas", "sys", "os", "pathlib"}


def test_charts_never_meet_a_screen() -> None:
    """Nothing of matplotlib that opens windows or keeps figures for others is imported."""
    imported = {found.imported for found in IMPORTS if found.imported.startswith("matplotlib")}
    assert not {name for name in imported if name.startswith(("matplotlib.pyplot", "pylab"))}
    assert not {name for name in imported if re.search(r"backend_(tk|qt|gtk|wx|mac|web)", name)}


def test_only_tables_and_comparisons_know_pandas() -> None:
    """Frames are made of tables, pairs and figures worked out; workbooks are opened with pandas."""
    assert importers_of("pandas") <= {
        "tables.checked", "tables.figures", "compare", "support", "reproduction", "importers.files",
    }  # fmt: skip
    assert {"compare", "importers.files"} <= importers_of("pandas")


def test_pandas_is_imported_where_it_is_needed() -> None:
    """Every import of pandas is inside a function, so that help and lists never load it."""
    assert all(found.lazy for found in IMPORTS if found.imported.split(".")[0] == "pandas")


def test_no_other_library_is_used() -> None:
    """The package needs Typer, Rich and pandas at run time, its extra two more, and no others."""
    libraries = {found.imported.split(".")[0] for found in IMPORTS}
    assert libraries - sys.stdlib_module_names - {"crimecmp"} == THIRD_PARTY | set(EXTRAS)


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.startswith("render")))
def test_renderers_never_compute(module: str) -> None:
    """A renderer gets a finished page: it knows no tables, comparisons, pages or frames."""
    assert not knows(
        [module], "compare", "dataset", "pages", "pictures", "request", "checking", "reading",
        "cli", "importers", "among", "changing", "choosing", "grouping", "methods",
        "reproduction", "support", "verdicts",
    )  # fmt: skip
    assert "pandas" not in imported_by(module)


RENDERERS = ("csv", "json", "markdown", "table", "html", "drawing")


@pytest.mark.parametrize("form", RENDERERS)
def test_no_renderer_knows_another(form: str) -> None:
    """Each format is one module, or one package, that works without the others."""
    own = [name for name in MODULES if f"{name}.".startswith(f"render.{form}.")]
    assert own
    assert not knows(own, *(f"render.{other}" for other in RENDERERS if other != form))


def test_only_pages_in_html_know_the_charts() -> None:
    """Pictures are drawn for a page in HTML and for a file, and for nothing else."""
    outside = {
        found.importer
        for found in IMPORTS
        if f"{found.imported}.".startswith("crimecmp.render.matplotlib.")
        and not found.importer.startswith("charts.")
    }
    assert outside == {"render.html", "cli.output"}


def test_comparisons_read_no_files() -> None:
    """Pairing is pure: it knows nothing that reads files, asks the system or talks to people."""
    reached = {"compare"}
    while True:
        more = {
            name_within(found.imported)
            for found in IMPORTS
            if found.importer in reached and found.imported.startswith("crimecmp.")
        } - reached
        if not more:
            break
        reached |= more
    everything = imported_by(*reached)
    assert not everything & READERS
    assert not knows(reached, "importers", "cli")
    assert not everything & {"os", "pathlib", "io", "sys", "typer", "rich", "subprocess"}
    called = {
        node.func.id
        for name in reached
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"open", "print", "input"}


def test_only_the_command_line_ends_the_process() -> None:
    """Exit codes and signals are known to the command line and to nobody else."""
    enders = {
        name
        for name, tree in MODULES.items()
        if re.search(r"\b(?:sys\.exit|SystemExit|os\._exit|signal\.signal)\b", ast.unparse(tree))
    }
    assert enders == importers_of("signal") == {"__main__"}


@pytest.mark.parametrize("module", inside("pages"))
def test_pages_say_what_and_not_how(module: str) -> None:
    """A page is data: it knows no format, no stream, no command line and makes no frame."""
    assert not knows([module], "render", "charts", "cli", "extras")
    assert not imported_by(module) & {
        "typer", "rich", "pandas", "matplotlib", "jinja2", "sys", "os",
    }  # fmt: skip


@pytest.mark.parametrize("module", inside("importers"))
def test_importers_talk_to_nobody(module: str) -> None:
    """An importer turns files into rows: it knows no page, format, command line or screen."""
    assert not knows([module], "cli", "pages", "render", "report")
    assert not imported_by(module) & {"typer", "rich"}


@pytest.mark.parametrize("module", inside("importers"))
def test_importers_read_no_tables_of_the_data_model(module: str) -> None:
    """Importers are handed the names that they need, and compare no figures."""
    assert not knows([module], *READING, "compare", "request")


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_that_is_imported_knows_another(form: str) -> None:
    """Each published format is one module that works without those of the others."""
    others = {f"importers.{other}" for other in FORMATS if other != form}
    assert not knows([f"importers.{form}"], *others)


def test_only_import_knows_the_importers() -> None:
    """What reads published files is loaded by the command `import` alone; its page knows types."""
    outside = {
        found
        for found in IMPORTS
        if f"{found.imported}.".startswith("crimecmp.importers.")
        and not found.importer.startswith("importers.")
    }
    assert {found.importer for found in outside} <= {"cli.importing", "pages.imports"}
    assert all(found.lazy for found in outside if found.importer == "cli.importing")


def test_the_page_of_an_import_knows_types_alone() -> None:
    """The page takes of the importers nothing but names of types, for its annotations."""
    tree = MODULES["pages.imports"]
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crimecmp.importers")
        for alias in node.names
    }
    annotations = [
        note
        for node in ast.walk(tree)
        for note in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(note, ast.AST)
    ]
    in_annotations = {id(part) for note in annotations for part in ast.walk(note)}
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names]
    assert {node.id for node in used} == names
    assert not [node.id for node in used if id(node) not in in_annotations]


def test_few_speak_on_standard_error() -> None:
    """Errors are the command line's to tell, and progress tells what takes long: nobody else."""
    speakers = {
        name
        for name, tree in MODULES.items()
        if re.search(r"\bsys\.stderr\b|\berr=True\b", ast.unparse(tree))
    }
    assert speakers == {"cli.messages", "cli.progress", "cli.run"}


def test_an_interruption_is_never_swallowed() -> None:
    """Who catches everything (a panic of a library is no `Exception`) passes on what is not his."""
    for name, tree in MODULES.items():
        for handler in ast.walk(tree):
            if not isinstance(handler, ast.ExceptHandler):
                continue
            caught = "" if handler.type is None else ast.unparse(handler.type)
            if handler.type is None or "BaseException" in caught:
                passed_on = [
                    node
                    for node in ast.walk(handler)
                    if isinstance(node, ast.Raise) and node.exc is None
                ]
                assert passed_on, name


def test_nobody_imports_the_command_line() -> None:
    """The library does not know its command line; only the way in does."""
    knowing = {
        found.importer
        for found in IMPORTS
        if f"{found.imported}.".startswith("crimecmp.cli.")
        and not found.importer.startswith("cli.")
    }
    assert knowing == {"__main__"}


def test_no_module_of_the_command_line_is_in_a_circle() -> None:
    """What a module of the command line imports never leads back to it."""
    known = {
        name: {other for other in inside("cli") if full_name(other) in imported_by(name)}
        for name in inside("cli")
    }
    assert known["cli.run"]
    while known:
        lowest = {name for name, others in known.items() if not others & set(known)}
        assert lowest, known
        known = {name: others for name, others in known.items() if name not in lowest}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_module_says_what_it_is_for(module: str) -> None:
    """Each module has a docstring."""
    assert ast.get_docstring(MODULES[module])
