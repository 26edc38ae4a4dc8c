"""Lines to mail servers: only to named hosts, never inside unless that was opened."""

import socket
from ipaddress import ip_network
from socket import create_server

import pytest

from lingzhi.core.addresses import is_inside
from lingzhi.core.dialling import open_line
from lingzhi.core.egress import NotAllowed, NotPublic


def leads_to(monkeypatch, *addresses: str) -> None:
    def found(_host: str, port: int, *_given: int, **_named: int) -> list[tuple]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (one, port)) for one in addresses]

    monkeypatch.setattr("socket.getaddrinfo", found)


def line(port: int = 993) -> socket.socket:
    return open_line("mail.example", port, purpose="test", seconds=2)


def test_only_named_servers_are_called(settings):
    settings.MAIL_ALLOW = ["mail.example:465"]
    with pytest.raises(NotAllowed):
        line()


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["127.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:10.0.0.1"], ["0.0.0.0"],
     ["224.0.0.1"], ["fe80::1%eth0"], ["93.184.216.34", "10.0.0.1"]],
)  # fmt: skip
def test_nothing_inside_is_called_however_the_name_leads_there(settings, monkeypatch, addresses):
    settings.MAIL_ALLOW, settings.EGRESS_NETWORKS = ["mail.example:993"], []
    leads_to(monkeypatch, *addresses)
    monkeypatch.setattr("socket.create_connection", pytest.fail)
    with pytest.raises(NotPublic):
        line()


def test_what_was_opened_is_called_at_the_address_that_was_looked_at(settings, monkeypatch):
    settings.EGRESS_NETWORKS = [ip_network("127.0.0.0/8")]
    with create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.MAIL_ALLOW = [f"Mail.Example:{port}"]
        leads_to(monkeypatch, "127.0.0.1")
        with line(port) as made:
            assert is_inside(made.getpeername()[0])
    assert not is_inside("10.0.0.1")
