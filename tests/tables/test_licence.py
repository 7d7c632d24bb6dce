"""The licence of the figures is declared once, and everybody uses that declaration."""

from __future__ import annotations

import json
from pathlib import Path

from tabling import DATA

import crimecmp
from crimecmp.tables.files import bundled_folder
from crimecmp.tables.licence import OGL


def test_the_bundled_figures_are_under_the_licence() -> None:
    """Every bundled source names the licence by its title, and the folder's description has it."""
    assert {row["licence"] for row in DATA.rows("sources")} == {OGL.title}
    described = json.loads((bundled_folder() / "datapackage.json").read_text("utf-8"))
    assert described["licenses"] == [{"name": OGL.name, "title": OGL.title, "path": OGL.path}]


def test_the_licence_is_declared_once() -> None:
    """No other module of the package writes the licence's title or address out."""
    package = Path(crimecmp.__file__).parent
    for text in (OGL.title, OGL.path):
        modules = [path for path in package.rglob("*.py") if text in path.read_text("utf-8")]
        assert modules == [package / "tables" / "licence.py"]
