"""Calls over HTTP: only listed origins, never inside, at the address that was looked at."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from structlog.testing import capture_logs

from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed, NotPublic, get_json, post_json
from lingzhi.core.tests.test_dialling import leads_to

LOOPBACK = ip_network("127.0.0.1")


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.hosts.append(self.headers["Host"])
        self.send_response(self.server.status)
        self.send_header("Location", "http://other.example/")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_GET(self) -> None:
        self.server.hosts.append(f"GET {self.headers['Host']} {self.headers['Content-Type']}")
        self.send_response(self.server.status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def server(settings) -> Iterator[HTTPServer]:
    """A server that some name leads to; its address inside is opened."""
    made = HTTPServer(("127.0.0.1", 0), _Answering)
    made.hosts, made.status = [], 200
    settings.EGRESS_NETWORKS = [LOOPBACK]
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def call(url: str) -> object:
    return post_json(url, {}, purpose="test", seconds=2)


def test_the_address_that_was_looked_at_is_called_once_and_by_its_name(
    settings, monkeypatch, server
):
    origin = f"http://hook.example:{server.server_port}"
    settings.EGRESS_ALLOW = [origin.upper().replace("HTTP", "http")]
    leads_to(monkeypatch, "127.0.0.1")
    with capture_logs() as logs:
        assert call(f"{origin}/hook/secret-path?key=secret") == {}
        assert get_json(f"{origin}/token?key=secret", purpose="test", seconds=2) == {}
    assert server.hosts[0] == f"hook.example:{server.server_port}"
    assert (logs[-1]["origin"], logs[-1]["status"]) == (origin, 200)
    assert server.hosts[1:] == [f"GET hook.example:{server.server_port} None"]
    assert "secret" not in repr(logs)
    server.status = 302
    with pytest.raises(Failed, match="status"):
        get_json(origin, purpose="test", seconds=2)
    with pytest.raises(Failed, match="status"):
        call(origin)
    assert len(server.hosts) == 4  # no redirect was followed
    with pytest.raises(NotAllowed):
        call(f"http://hook.example:{server.server_port + 1}/")


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["127.0.0.2"], ["169.254.169.254"], ["93.184.216.34", "::1"]]
)
def test_nothing_inside_is_called_however_the_name_leads_there(settings, monkeypatch, addresses):
    settings.EGRESS_ALLOW, settings.EGRESS_NETWORKS = ["http://hook.example"], [LOOPBACK]
    leads_to(monkeypatch, *addresses)
    monkeypatch.setattr("socket.create_connection", pytest.fail)
    with pytest.raises(NotPublic):
        call("http://hook.example/")


def test_a_name_without_addresses_is_no_connection(settings, monkeypatch):
    settings.EGRESS_ALLOW = ["http://hook.example"]

    def not_found(*_given: object, **_named: object) -> None:
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", not_found)
    with pytest.raises(Failed, match="connection"):
        call("http://hook.example/")


def test_the_certificate_must_be_that_of_the_name(settings, monkeypatch, server, tmp_path):
    files = _certificate_for("hook.example", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr("certifi.where", lambda: str(files[0]))
    leads_to(monkeypatch, "127.0.0.1")
    good, bad = (f"https://{name}.example:{server.server_port}" for name in ("hook", "other"))
    settings.EGRESS_ALLOW = [good, bad]
    assert call(good) == {}
    with pytest.raises(Failed, match="connection"):
        call(bad)
    assert len(server.hosts) == 1


def _certificate_for(host: str, folder: Path) -> tuple[Path, Path]:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1))
    made = made.not_valid_after(now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    files[1].write_bytes(secret)
    return files
