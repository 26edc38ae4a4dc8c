"""Real mail servers for tests: Dovecot keeps what customers send, aiosmtpd takes what we send."""

import asyncio
import imaplib
import os
import shutil
import signal
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path
from pwd import getpwuid
from socket import create_connection, create_server
from tempfile import mkdtemp
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Mailbox
from lingzhi.contacts.services.mailboxes import save_mailbox
from lingzhi.core.clock import now
from lingzhi.org.models import Unit

PASSWORD = "app-password"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
log_path = {home}/log
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {safe}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
}}
auth_failure_delay = 0
first_valid_uid = 1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
"""


@dataclass
class Office:
    """A running Dovecot: `home` has its certificate."""

    home: Path
    plain: int
    safe: int

    @contextmanager
    def sign_in(self, user: str) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.plain, timeout=5)
        client.login(user, PASSWORD)
        client.select("INBOX")
        yield client
        client.logout()

    def deliver(self, user: str, *mails: bytes) -> None:
        with self.sign_in(user) as client:
            for raw in mails:
                assert client.append("INBOX", "", None, raw)[0] == "OK"

    def folder(self, user: str, search: str = "ALL", name: str = "INBOX") -> int:
        """How many mails of the folder fit."""
        with self.sign_in(user) as client:
            client.select(name)
            return len(client.search(None, search)[1][0].split())


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _write_certificate(home: Path) -> None:
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now() - timedelta(days=1))
    made = made.not_valid_after(now() + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = made.add_extension(names, critical=False)
    certificate = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    (home / "cert.pem").write_bytes(certificate)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (home / "key.pem").write_bytes(secret)


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One Dovecot for the session, with a mailbox for whoever signs in."""
    dovecot = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    if dovecot is None:
        assert not os.environ.get("CI"), "dovecot-imapd is missing: see tests/prepare-machine"
        pytest.skip("dovecot-imapd is not installed: tests/prepare-machine installs it")
    home = Path(mkdtemp(prefix="lz-mail-"))
    is_root = os.getuid() == 0
    user = "nobody" if is_root else getpwuid(os.getuid()).pw_name
    (home / "mail").mkdir()
    _write_certificate(home)
    if is_root:
        home.chmod(0o755)
        shutil.chown(home / "mail", "nobody", "nogroup")
    group = "nogroup" if is_root else subprocess.check_output(["id", "-gn"], text=True).strip()
    made = Office(home, free_port(), free_port())
    config = home / "dovecot.conf"
    given = {"home": home, "password": PASSWORD, "user": user, "group": group}
    config.write_text(CONFIG.format(**given, plain=made.plain, safe=made.safe))
    server = subprocess.Popen([dovecot, "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(made, server)
        yield made
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(office: Office, server: subprocess.Popen[bytes]) -> None:
    for _try in range(100):
        try:
            create_connection(("127.0.0.1", office.safe), 1).close()
        except OSError:
            log = office.home / "log"
            assert server.poll() is None, log.read_text() if log.exists() else "dovecot ended"
            time.sleep(0.05)
        else:
            return
    raise AssertionError("dovecot does not answer")


@dataclass
class Counter:
    """A mail server's counter: it answers the next recipients with `refusals`, then takes all.

    It falls silent when it has heard a word of `silent_at` (RCPT, DATA), once each, until who
    spoke has gone.
    """

    got: list[EmailMessage] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    silent_at: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:
        await self._silence("RCPT")
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        await self._silence("DATA")
        return "250 OK"

    async def _silence(self, word: str) -> None:
        if word in self.silent_at:
            self.silent_at.remove(word)
            await asyncio.Event().wait()


def _lets_in(_server, _session, _envelope, _mechanism, said: LoginPassword) -> AuthResult:
    return AuthResult(success=said.password == PASSWORD.encode(), handled=False)


@contextmanager
def opened_counter(silent_at: Sequence[str] = (), **how: Any) -> Iterator[Counter]:
    """An SMTP server, `how` as aiosmtpd's controller takes it."""
    made = Counter(port=free_port(), silent_at=list(silent_at))
    server = Controller(made, hostname="127.0.0.1", port=made.port, **how)
    server.start()
    try:
        yield made
    finally:
        server.stop()


@pytest.fixture
def counter(office: Office) -> Iterator[Counter]:
    """An SMTP server with TLS from the start, which wants the app password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(office.home / "cert.pem", office.home / "key.pem")
    safety = {"ssl_context": context, "authenticator": _lets_in, "auth_require_tls": False}
    with opened_counter(**safety) as made:
        yield made


@pytest.fixture
def mailbox(cast, office, counter, settings, monkeypatch, request) -> Mailbox:
    """A mailbox of the first team on both servers; Ada is responsible."""
    monkeypatch.setenv("SSL_CERT_FILE", str(office.home / "cert.pem"))
    settings.MAIL_ALLOW = [f"localhost:{office.safe}", f"localhost:{counter.port}"]
    settings.EGRESS_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    user = f"u{abs(hash(request.node.nodeid))}"
    return open_mailbox(office, counter, user, unit=cast.first, responsible=cast.ada)


def open_mailbox(
    office: Office, counter: Counter, user: str, *, unit: Unit, responsible: User
) -> Mailbox:
    """A mailbox on both servers."""
    made = Mailbox(
        address="service@centre.example", name="云栖客服", unit=unit, responsible=responsible,
        case_type="enquiry", from_on=date(2020, 1, 1),
        imap_host="localhost", imap_port=office.safe, smtp_host="localhost",
        smtp_port=counter.port, user=user, signature="云栖热线 400-000-0000",
    )  # fmt: skip
    return save_mailbox(made, PASSWORD, by=None)


def letter(
    text: str = "订单三天没有送到",
    *,
    subject: str = "投诉：订单未送达",
    number: int = 1,
    **headers: str,
) -> bytes:
    """A customer's mail; `headers` with underscores for dashes."""
    mail = EmailMessage()
    given = {
        "From": "李雷 <li@example.com>", "To": "service@centre.example", "Subject": subject,
        "Message-ID": f"<m{number}@example.com>", "Date": "Mon, 23 Nov 2026 10:00:00 +0800",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }  # fmt: skip
    for name, value in given.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()
