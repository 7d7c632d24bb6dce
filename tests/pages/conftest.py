"""What tests of pages share: the page that a command would have written, and Durham's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bundled import dataset
from picturing import request_of

from crimecmp.cli import output
from crimecmp.cli import run as cli
from crimecmp.document.report import Report
from crimecmp.pages.handout import handout


@pytest.fixture
def page_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Return a function that runs the program and returns the page that it would have written."""

    def page(*arguments: str) -> Report:
        pages: list[Report] = []
        monkeypatch.setattr(output, "write", lambda report, *_, **__: pages.append(report))
        assert cli.run(arguments) == 0
        [found] = pages
        return found

    return page


@pytest.fixture(scope="session")
def durham() -> Report:
    """Return the page of Durham, as it is handed over in full."""
    return handout(dataset(), request_of("durham"), "html", full=True)
