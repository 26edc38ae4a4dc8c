"""Lines to the servers of a mailbox, through the one door (`core.dialling`)."""

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from lingzhi.contacts.models import Mailbox, place_of_mailbox
from lingzhi.core.addresses import is_inside
from lingzhi.core.dialling import open_line
from lingzhi.core.egress import NotAllowed, NotPublic
from lingzhi.core.encryption import CannotOpen, unseal
from lingzhi.files.services import NoRoom

SECONDS = 10.0
Safety = Mailbox.Safety
# Whatever goes wrong on a line; `in_words` says it to people.
WRONG = (
    OSError, NotAllowed, ImapToolsError, imaplib.IMAP4.error, smtplib.SMTPException, CannotOpen,
    ValueError, NoRoom,
)  # fmt: skip


class NotSafe(OSError):
    """A password must not go over an open line that leaves the house."""


class NoToken(OSError):
    """The file with the token of this mailbox is not there."""


class _Imap(imaplib.IMAP4):
    """imaplib over the checked line; TLS from the start where it is meant so."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        super().__init__(box.imap_host, box.imap_port, SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return _opened(self.host, self.port, self.box.imap_safety)


class _Smtp(smtplib.SMTP):
    """smtplib over the checked line."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        own = box.address.rpartition("@")[2]
        super().__init__(box.smtp_host, box.smtp_port, own, SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _opened(host, port, self.box.smtp_safety)


def _opened(host: str, port: int, safety: str) -> socket.socket:
    line = open_line(host, port, purpose="mail", seconds=SECONDS)
    try:
        if safety == Safety.NONE and not is_inside(line.getpeername()[0]):
            raise NotSafe(host)
        return _context().wrap_socket(line, server_hostname=host) if safety == Safety.TLS else line
    except BaseException:
        line.close()
        raise


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


class _MailBox(BaseMailBox):
    """imap-tools over our own line."""

    def __init__(self, box: Mailbox) -> None:
        self.box = box
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Imap(self.box)
        if self.box.imap_safety == Safety.STARTTLS:
            client.starttls(_context())
        return client


@contextmanager
def imap_of(box: Mailbox) -> Iterator[BaseMailBox]:
    """Signed in, the folder open. Raises one of WRONG."""
    mailbox = _MailBox(box)
    try:
        if box.sign_in == Mailbox.SignIn.TOKEN:
            mailbox.xoauth2(box.user, token_of(box), initial_folder=None)
        else:
            mailbox.login(box.user, password_of(box), initial_folder=None)
        _introduce(mailbox.client)
        mailbox.folder.set(box.folder)
        yield mailbox
    finally:
        with suppress(*WRONG):
            mailbox.logout()


def _introduce(client: imaplib.IMAP4) -> None:
    """Say who we are (RFC 2971): the servers of 163, 126 and others refuse strangers."""
    client.capabilities = client.capability()[1][0].decode("ascii", "replace").upper().split()
    if "ID" in client.capabilities:
        client.xatom("ID", '("name" "lingzhi" "vendor" "lingzhi")')


@contextmanager
def smtp_of(box: Mailbox) -> Iterator[smtplib.SMTP]:
    """Signed in where the server wants that. Raises one of WRONG."""
    client = _Smtp(box)
    try:
        client.ehlo()
        if box.smtp_safety == Safety.STARTTLS:
            client.starttls(context=_context())
            client.ehlo()
        if client.has_extn("auth"):
            _sign_in(client, box)
        yield client
    finally:
        with suppress(*WRONG):
            client.quit()


def _sign_in(client: smtplib.SMTP, box: Mailbox) -> None:
    if box.sign_in != Mailbox.SignIn.TOKEN:
        client.login(box.user, password_of(box))
        return
    said = f"user={box.user}\1auth=Bearer {token_of(box)}\1\1"
    client.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")


def password_of(box: Mailbox) -> str:
    """The app password in the clear."""
    return unseal(box.sealed_password, place_of_mailbox(box.address))


def token_of(box: Mailbox) -> str:
    """The newest OAuth token: whatever renews it writes it into the file named as the address."""
    path = Path(settings.MAIL_TOKENS) / box.address if settings.MAIL_TOKENS else None
    if path is None or not path.is_file():
        raise NoToken(box.address)
    return path.read_text().strip()


def in_words(problem: Exception) -> str:
    """What went wrong, in a sentence for whoever set the mailbox up."""
    for kinds, sentence in _sentences():
        if isinstance(problem, kinds):
            return sentence
    said = " ".join(str(problem).split())[:160]
    return _("The server answered: %(words)s") % {"words": said or type(problem).__name__}


def _sentences() -> list[tuple[type[Exception] | tuple[type[Exception], ...], str]]:
    return [
        (NotPublic, _("This address is inside; it must be opened in EGRESS_NETWORKS.")),
        (NotAllowed, _("This server and port are not in MAIL_ALLOW.")),
        (NotSafe, _("Without encryption only servers inside the house may be used.")),
        (NoToken, _("The file with the token was not found: see MAIL_TOKENS.")),
        (NoRoom, str(NoRoom.message)),
        (CannotOpen, _("The app password cannot be opened: enter it again.")),
        (ssl.SSLCertVerificationError, _("The server's certificate was not accepted.")),
        (ssl.SSLError, _("No encryption could be agreed on: look at port and encryption.")),
        (socket.gaierror, _("A server of this name was not found.")),
        (TimeoutError, _("The server does not answer.")),
        (ConnectionError, _("The server refuses the connection: look at port and encryption.")),
        (MailboxFolderSelectError, _("The folder is not there.")),
        (
            (smtplib.SMTPAuthenticationError, MailboxLoginError),
            _("User name or app password were refused."),
        ),
        (smtplib.SMTPServerDisconnected, _("The server ended the connection.")),
        (imaplib.IMAP4.abort, _("The server ended the connection.")),
    ]
