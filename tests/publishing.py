"""A publisher on this machine: an HTTP server with the answers that a test gives it.

The library asks the real addresses, through the real client. Only the last step is another: the
transport of a test asks the server here, under a path that begins with the real host.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from crimecmp.fetching import transport
from crimecmp.fetching.asking import Asking, Clock
from crimecmp.fetching.reading import Pages
from crimecmp.fetching.remembering import Memory
from crimecmp.fetching.transport import Answer

NOW = datetime(2026, 7, 24, 9, tzinfo=UTC)
GOV_UK, ASSETS, ONS = "www.gov.uk", "assets.publishing.service.gov.uk", "www.ons.gov.uk"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


class Said(NamedTuple):
    """One answer.

    Parameters
    ----------
    status, headers, body
        What is sent. The length is that of the body unless the headers say another.
    endless
        Whether the body is sent again and again until nobody listens.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    endless: bool = False


class Asked(NamedTuple):
    """One request: its address, and its headers with names in lower case."""

    address: str
    headers: dict[str, str]


Answering = Said | Callable[[Asked], Said]


class Publisher:
    """The answers of the server by address, in turn; the last one is given ever after."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answering]] = {}

    def says(self, address: str, *answers: Answering) -> None:
        """Give the answers of an address."""
        self._answers[address] = list(answers)

    def object(self, address: str, value: object, **headers: str) -> None:
        """Give an object of JSON as the answer of an address."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        self.says(address, Said(body=json.dumps(value).encode(), headers=named))

    def addresses(self) -> list[str]:
        """Return the addresses that were asked, in order."""
        return [each.address for each in self.asked]

    def answer(self, asked: Asked) -> Said:
        """Return the answer to a request."""
        self.asked.append(asked)
        answers = self._answers.get(asked.address)
        if not answers:
            return Said(404, b"<!DOCTYPE html><title>Page not found</title>")
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer(asked) if callable(answer) else answer


@contextmanager
def serving(publisher: Publisher) -> Iterator[str]:
    """Run a server with a publisher's answers, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = publisher.answer(Asked(f"https:/{self.path}", headers))
            self.send_response(said.status)
            named = {name.lower() for name in said.headers}
            if "content-length" not in named and not said.endless:
                self.send_header("Content-Length", str(len(said.body)))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(said.body)
                while said.endless:
                    self.wfile.write(said.body)
            except OSError:  # nobody listens any more
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Standing(Clock):
    """A clock that goes on only where something waits, and by as much."""

    def __init__(self) -> None:
        self.time = NOW
        self.waits: list[float] = []

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def wait(self, seconds: float) -> None:
        """Go on at once."""
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)


def mapped(server: str) -> transport.Transport:
    """Return the real transport, with every host on the server of the test."""
    over = transport.over_https()

    def ask(address: str, headers: Mapping[str, str]) -> AbstractContextManager[Answer]:
        return _as_if_from(address, over(f"{server}/{address.removeprefix('https://')}", headers))

    return ask


@contextmanager
def _as_if_from(address: str, asked: AbstractContextManager[Answer]) -> Iterator[Answer]:
    with asked as answer:
        yield answer._replace(address=address)


class Desk(NamedTuple):
    """All that is needed to ask a publisher in a test."""

    publisher: Publisher
    clock: Standing
    asking: Asking
    pages: Pages
    said: list[str]


def desk_at(publisher: Publisher, server: str, memory: Memory) -> Desk:
    """Return a desk from which the server is asked."""
    clock = Standing()
    said: list[str] = []
    asking = Asking(mapped(server), clock, said.append)
    return Desk(publisher, clock, asking, Pages(asking, memory), said)


# --- Answers in the publishers' shapes

PAGE = "/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables"
CONTENT = f"https://{GOV_UK}/api/content{PAGE}"
PFA = "/peoplepopulationandcommunity/crimeandjustice/datasets/policeforceareadatatables"
RECORDED = "prc-pfa-mar2013-onwards-tables-230726.ods"
NEIGHBOURS = (
    (
        "prc-csp-mar2016-onwards-tables-230726.ods",
        "Police recorded crime Community Safety Partnership open data tables",
    ),
    ("prc-pfa-supplementary-metrics-230726.ods", "Police recorded crime supplementary metrics"),
    (
        "prc-pfa-mar2013-onwards-tables-alternate-offences-230726.ods",
        "Police recorded crime Police Force Area open data tables, alternate offences",
    ),
    ("prc-firearms-open-data-230726.ods", "Police recorded crime firearms open data tables"),
    ("prc-pfa-knives-tables-230726.ods", "Knife crime open data tables"),
    (
        "prc-pfa-mar2013-onwards-tables-vawg-230726.ods",
        "Police recorded crime Police Force Area open data tables, VAWG",
    ),
    ("prc-drug-subcodes-2026.ods", "Drug offences by subcode"),
    ("recrime-geo-pfa.csv", "Reference data: geography"),
)
"""Other files on the page of open data, with their titles."""


def attachment(name: str, title: str = "", **others: object) -> dict[str, Any]:
    """Return an attachment as the content API gives it."""
    return {
        "attachment_type": "file",
        "id": name,
        "content_type": ODS,
        "url": f"https://{ASSETS}/media/0123abcd/{name}",
        "filename": name,
        "title": title or name,
        "file_size": 123_456,
        "accessible": False,
        **others,
    }


def content(*attachments: dict[str, Any], **others: object) -> dict[str, Any]:
    """Return a page as the content API gives it, with the near neighbours among its files."""
    around = [attachment(*each) for each in NEIGHBOURS]
    return {
        "base_path": PAGE,
        "schema_name": "statistical_data_set",
        "document_type": "statistical_data_set",
        "title": "Police recorded crime and outcomes open data tables",
        "locale": "en",
        "public_updated_at": "2026-07-23T08:30:00Z",
        "withdrawn_notice": {},
        "details": {"body": "<div></div>", "attachments": [*around, *attachments]},
        "links": {},
        **others,
    }


def workbook(fill: str = "figures") -> bytes:
    """Return a small file that begins as every ods and xlsx does."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(zipfile.ZipInfo("content.xml"), fill)  # the same bytes each time
    return raw.getvalue()


def landing_page(publisher: Publisher, *editions: str, **others: object) -> None:
    """Give the page of the police force area tables, with a page for each edition."""
    value = {
        "type": "dataset_landing_page",
        "uri": PFA,
        "description": {
            "title": "Police force area data tables",
            "releaseDate": "2026-07-22T23:00:00.000Z",
            "nextRelease": "To be announced",
        },
        "datasets": [{"uri": f"{PFA}/{edition}"} for edition in editions],
        **others,
    }
    publisher.object(f"https://{ONS}{PFA}/data", value)


def edition_page(publisher: Publisher, edition: str, *files: str, **others: object) -> None:
    """Give the page of one edition and its files, and the page that leads to it."""
    landing_page(publisher, edition)
    uri = f"{PFA}/{edition}"
    downloads = [{"file": file} for file in files]
    value = {"type": "dataset", "uri": uri, "downloads": downloads, **others}
    publisher.object(f"https://{ONS}{uri}/data", value)
