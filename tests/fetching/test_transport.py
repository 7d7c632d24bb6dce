"""The real client: certificates are checked, faults are told apart, and it may be missing."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import which
from typing import NamedTuple

import pytest
import urllib3
from publishing import Publisher, Said, serving

from crimecmp.errors import FetchError, MissingExtraError
from crimecmp.fetching.transport import PassingError, over_https


def asked(address: str) -> bytes:
    """Ask an address, and return the body."""
    with over_https()(address, {}) as answer:
        return b"".join(answer.chunks)


class Secure(NamedTuple):
    """A server over HTTPS: its address, and its certificate, which nobody vouches for."""

    address: str
    certificate: Path


class Greeting(BaseHTTPRequestHandler):
    """Answers everything with a word."""

    def do_GET(self) -> None:
        """Say hello."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    """Return a server with a certificate of its own making."""
    if not which("openssl"):
        pytest.skip("needs the openssl program, to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), Greeting) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Secure(f"https://localhost:{server.server_port}/", certificate)
        finally:
            server.shutdown()
            thread.join()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Secure) -> None:
    """The right host with a certificate of its own making is not believed, nor asked again."""
    with pytest.raises(FetchError, match="its certificate is not accepted"):
        asked(secure.address)


def test_certificates_of_a_network_can_be_trusted(
    secure: Secure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate in the file that `SSL_CERT_FILE` names is believed, for its own host."""
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.certificate))
    assert asked(secure.address) == b"hello"
    with pytest.raises(FetchError, match="its certificate is not accepted"):
        asked(secure.address.replace("localhost", "127.0.0.1"))


def test_a_host_that_nobody_knows_is_no_fault_that_passes() -> None:
    """Without a network a host cannot be found: that is said at once."""
    with pytest.raises(
        FetchError, match=r"no-such-host\.invalid cannot be found; there may be no network"
    ):
        asked("https://no-such-host.invalid/")


def test_a_refused_connection_is_a_fault_that_passes() -> None:
    """A host that does not listen just now may do so later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PassingError, match="the connection failed"):
        asked(f"http://127.0.0.1:{port}/")


def test_no_redirect_is_followed() -> None:
    """Where an answer leads elsewhere, who asked decides whether to go there."""
    publisher = Publisher()
    with serving(publisher) as server:
        publisher.says("https://host/a", Said(302, headers={"Location": "/b"}))
        with over_https()(f"{server}/host/a", {}) as answer:
            assert (answer.status, answer.headers["location"]) == (302, "/b")
    assert publisher.addresses() == ["https://host/a"]


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_a_proxy_is_asked_where_one_is_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Where the network has a proxy, addresses are asked of it, and certificates are checked."""
    made: list[tuple[str, dict[str, object]]] = []

    def proxy(address: str, **given: object) -> urllib3.PoolManager:
        made.append((address, given))
        return urllib3.PoolManager()

    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.setattr(urllib3, "ProxyManager", proxy)
    over_https()
    assert made == []
    monkeypatch.setenv(name, "http://proxy.example:3128")
    over_https()
    assert made[0][0] == "http://proxy.example:3128"
    assert made[0][1]["cert_reqs"] == "CERT_REQUIRED"


def test_without_the_client_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named with the command that installs it."""
    monkeypatch.setitem(sys.modules, "urllib3", None)
    with pytest.raises(MissingExtraError) as caught:
        over_https()
    assert caught.value.message == "downloads need urllib3, which is not installed"
    assert caught.value.hint == "Install it with: pip install 'crimecmp[fetch]'"
