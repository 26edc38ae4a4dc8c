"""Signing in by OAuth: the newest token from its file, at both servers; no open line outside."""

import base64
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from ipaddress import ip_network
from socket import create_server
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from lingzhi.contacts.mailing.lines import NotSafe, imap_of
from lingzhi.contacts.models import Mailbox
from lingzhi.contacts.services.mailboxes import try_mailbox
from lingzhi.contacts.tests.post_office import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAID = "user=box\1auth=Bearer new-token\1\1"


class Imap(Thread):
    """As much of an IMAP server as signing in needs; `heard` is what came as proof."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.server = create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.heard = ""

    def run(self) -> None:
        line, _address = self.server.accept()
        with suppress(OSError), line, line.makefile("rwb", buffering=0) as file:
            file.write(b"* OK here\r\n")
            while asked := file.readline():
                tag, word, *_rest = asked.split()
                if word == b"AUTHENTICATE":
                    file.write(b"+ \r\n")
                    self.heard = base64.b64decode(file.readline()).decode()
                said = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", b"LOGOUT": b"* BYE\r\n"}
                file.write(said.get(word, b"") + tag + b" OK done\r\n")


class Smtp:
    """An SMTP server that knows XOAUTH2."""

    heard = ""

    async def auth_XOAUTH2(self, _server, words) -> AuthResult:
        self.heard = base64.b64decode(words[1]).decode()
        return AuthResult(success=True)


@pytest.fixture
def servers() -> Iterator[tuple[Imap, Smtp, int]]:
    imap, smtp, port = Imap(), Smtp(), free_port()
    imap.start()
    counter = Controller(smtp, hostname="127.0.0.1", port=port, auth_require_tls=False)
    counter.start()
    yield imap, smtp, port
    counter.stop()
    imap.server.close()


def test_the_newest_token_is_shown_to_both_servers(cast, servers, settings, tmp_path):
    imap, smtp, port = servers
    settings.MAIL_ALLOW = [f"127.0.0.1:{imap.port}", f"127.0.0.1:{port}"]
    settings.EGRESS_NETWORKS = [ip_network("127.0.0.0/8")]
    settings.MAIL_TOKENS = str(tmp_path)
    box = Mailbox.objects.create(
        address="box@centre.example", name="?", unit=cast.first, responsible=cast.ada,
        case_type="enquiry", from_on=date(2020, 1, 1), imap_host="127.0.0.1", smtp_host="127.0.0.1",
        imap_port=imap.port, smtp_port=port, imap_safety="none", smtp_safety="none", user="box",
        sign_in="token",
    )  # fmt: skip
    (tmp_path / box.address).write_text("new-token\n")
    assert try_mailbox(box, by=cast.sol) == []
    assert (imap.heard, smtp.heard) == (SAID, SAID)


def test_no_password_goes_over_an_open_line_outside(cast, servers, settings, monkeypatch):
    imap, _smtp, _port = servers
    settings.MAIL_ALLOW = [f"127.0.0.1:{imap.port}"]
    settings.EGRESS_NETWORKS = [ip_network("127.0.0.0/8")]
    monkeypatch.setattr("lingzhi.contacts.mailing.lines.is_inside", lambda _address: False)
    box = Mailbox(imap_host="127.0.0.1", imap_port=imap.port, imap_safety="none", address="a@b.c")
    with pytest.raises(NotSafe), imap_of(box):
        pytest.fail("signed in")
    assert imap.heard == ""
