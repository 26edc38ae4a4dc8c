"""Mail is fetched from a real server: each one once, whatever breaks off in between."""

from datetime import timedelta
from pathlib import Path

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Contact, Mail, Mailbox, MailPart
from lingzhi.contacts.services import fetching
from lingzhi.contacts.services.fetching import fetch_all
from lingzhi.contacts.services.mail import NotApart, take_after_all, take_mail
from lingzhi.contacts.services.mailboxes import save_mailbox, try_mailbox
from lingzhi.contacts.tests.post_office import PASSWORD, letter
from lingzhi.contacts.tests.ugly_mail import ugly_mails
from lingzhi.core.clock import today
from lingzhi.files.checks import rows_and_files
from lingzhi.files.models import StoredFile
from lingzhi.files.services import NoRoom
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_mail_is_taken_once_and_marked(cast, office, mailbox):
    office.deliver(
        mailbox.user, letter("手机13800002071，请回电"), letter(number=2, subject="再问")
    )
    assert fetch_all() == 2
    assert fetch_all() == 0
    first, second = Mail.objects.order_by("uid")
    assert (first.state, first.sender, first.marked_at is not None) == (
        "taken",
        "l***@example.com",
        True,
    )
    assert "li@example.com" not in f"{first.sealed_head}{first.subject}"
    assert first.contact.channel.code == "email"
    assert first.contact.unit == cast.first
    (turn,) = first.contact.turns.all()
    assert turn.text.startswith("投诉：订单未送达\n手机138****2071")
    assert "13800002071" in turn.spoken()
    assert second.contact != first.contact
    assert first.contact.customer == second.contact.customer
    assert Entry.objects.filter(action="contacts.mail_taken").count() == 2
    assert Job.objects.filter(name="cases.mail_arrived").count() == 2
    assert office.folder(mailbox.user, "SEEN") == 2
    mailbox.refresh_from_db()
    assert (mailbox.problem, mailbox.looked_at is not None) == ("", True)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    "where",
    [
        "lingzhi.contacts.services.mail.store_file",
        "lingzhi.contacts.services.growing.receive_contact",
        "lingzhi.contacts.services.mail.later",
        "lingzhi.contacts.services.fetching._mark",
    ],
)
def test_a_kill_loses_and_doubles_nothing(office, mailbox, monkeypatch, where):
    """Killed before, while and after it was kept; the next look goes on where it stood."""
    mailbox.after, mailbox.move_to = "move", "Done"
    save_mailbox(mailbox, "", by=None)
    with office.sign_in(mailbox.user) as client:
        client.create("Done")
    office.deliver(mailbox.user, letter(), letter(number=2))

    def killed(*_given, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(where, killed)
        with pytest.raises(Killed):
            fetch_all()
    fetch_all()
    fetch_all()
    assert Mail.objects.count() == Contact.objects.count() == 2
    assert Job.objects.filter(name="cases.mail_arrived").count() == 2
    assert (office.folder(mailbox.user), office.folder(mailbox.user, name="Done")) == (0, 2)
    assert list(rows_and_files()) == []


def test_without_room_a_mail_is_fetched_again_and_not_kept_apart(office, mailbox, monkeypatch):
    office.deliver(mailbox.user, letter())

    def full(*_given, **_named):
        raise NoRoom

    with monkeypatch.context() as patch:
        patch.setattr("lingzhi.contacts.services.mail.store_file", full)
        assert (fetch_all(), Mail.objects.count()) == (0, 0)
    mailbox.refresh_from_db()
    assert mailbox.problem == str(NoRoom.message)
    assert (fetch_all(), Mail.objects.get().state) == (1, "taken")


def test_what_came_before_the_day_stays_where_it_is(office, mailbox):
    Mailbox.objects.update(from_on=today() + timedelta(days=2))
    office.deliver(mailbox.user, letter())
    assert (fetch_all(), Mail.objects.count(), office.folder(mailbox.user, "SEEN")) == (0, 0, 0)


def test_what_the_server_forgets_to_number_anew_comes_once(mailbox):
    raw = letter()
    assert take_mail(mailbox, (1, 5), raw, len(raw)).state == "taken"
    assert take_mail(mailbox, (1, 5), raw, len(raw)) is None
    again = take_mail(mailbox, (2, 1), raw, len(raw))  # the server was made anew
    assert (again.state, again.reason) == ("apart", "duplicate")


APART = [
    ("bounce", {"Content_Type": "multipart/report; report-type=delivery-status; boundary=b"}),
    ("bounce", {"From": "MAILER-DAEMON@example.com"}),
    ("auto_reply", {"Auto_Submitted": "auto-replied"}),
    ("auto_reply", {"Precedence": "bulk"}),
    ("auto_reply", {"X_Autoreply": "yes"}),
    ("spam", {"X_Spam_Flag": "YES"}),
    ("loop", {"From": "Service@Centre.example"}),
    ("unreadable", {"From": ""}),
]


@pytest.mark.parametrize(("reason", "headers"), APART)
def test_what_nobody_should_answer_is_kept_apart(mailbox, reason, headers):
    raw = letter(**{**headers, "Content_Type": ""})
    if kind := headers.get("Content_Type"):
        raw = raw.replace(b"Content-Type: text/plain", f"Content-Type: {kind}".encode(), 1)
    mail = take_mail(mailbox, (1, 1), raw, len(raw))
    assert (mail.state, mail.reason, mail.contact) == ("apart", reason, None)
    assert mail.file.sha256
    assert not Job.objects.filter(name="cases.mail_arrived").exists()


def test_what_was_kept_apart_is_taken_after_all_once(cast, mailbox):
    raw = letter(X_Spam_Flag="YES")
    mail = take_mail(mailbox, (1, 1), raw, len(raw))
    take_after_all(mail, by=cast.ada)
    assert (mail.state, mail.reason, mail.contact is not None) == ("taken", "spam", True)
    with pytest.raises(NotApart):
        take_after_all(mail, by=cast.ada)
    assert Contact.objects.count() == 1


def test_attachments_are_kept_where_they_are_what_they_say(mailbox):
    mail = (
        b"From: li@example.com\r\nSubject: x\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1\r\n"
        b"--b\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\nMZ no\r\n"
        b"--b\r\nContent-Type: application/octet-stream; name=c.exe\r\n\r\nMZ\r\n--b--\r\n"
    )
    take_mail(mailbox, (1, 1), mail, len(mail))
    kept = {part.name: part.file is not None for part in MailPart.objects.all()}
    assert kept == {"a.pdf": True, "b.pdf": False, "c.exe": False}


def test_what_is_too_large_is_named_and_not_fetched(office, mailbox, settings):
    settings.MAIL_MEGABYTES = 0
    office.deliver(mailbox.user, letter())
    fetch_all()
    mail = Mail.objects.get()
    assert (mail.reason, mail.file, mail.subject) == ("too_large", None, "投诉：订单未送达")
    assert mail.size > 100


def test_two_hundred_ugly_mails_end_somewhere(mailbox, caplog):
    """None stops those behind it; taken twice, nothing changes."""
    mails = list(ugly_mails(200, seed=11))
    for _round in range(2):
        for uid, raw in enumerate(mails, start=1):
            fetching.kept(mailbox, (1, uid), raw, len(raw))
    assert Mail.objects.count() == 200
    assert Mail.objects.filter(state="taken").count() == Contact.objects.count()
    assert not Mail.objects.filter(state="apart", reason="").exists()
    assert Mail.objects.filter(state="taken").count() > 50
    assert StoredFile.objects.filter(name="mail.eml").count() >= 200
    assert "mail not taken" not in caplog.text


def test_the_samples_of_python_end_somewhere(mailbox):
    samples = pytest.importorskip("test.test_email").__path__[0]
    found = sorted(Path(samples, "data").glob("msg_*.txt"))
    if not found:
        pytest.skip("this Python ships without its test data")
    for uid, path in enumerate(found, start=1):
        raw = path.read_bytes()
        assert fetching.kept(mailbox, (1, uid), raw, len(raw)), path.name
    assert Mail.objects.count() == len(found)


def test_the_connection_is_tried_and_said_in_words(cast, office, mailbox, settings, monkeypatch):
    def said() -> list[str]:
        return [sentence for _server, sentence in try_mailbox(mailbox, by=cast.sol)]

    assert said() == []
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    assert len(set(said())) == 1  # the certificate, of both
    monkeypatch.setenv("SSL_CERT_FILE", str(office.home / "cert.pem"))
    save_mailbox(mailbox, "wrong", by=cast.sol)
    assert len(said()) == 2
    assert fetch_all() == 0
    mailbox.refresh_from_db()
    assert mailbox.problem
    to_do = Notice.objects.filter(person=cast.ada, matter=f"contacts.mailbox/{mailbox.pk}")
    assert to_do.filter(ended_at=None).count() == 1
    save_mailbox(mailbox, PASSWORD, by=cast.sol)
    fetch_all()
    assert not to_do.filter(ended_at=None).exists()
    settings.EGRESS_NETWORKS = []
    assert all("EGRESS_NETWORKS" in one for one in said())
    settings.MAIL_ALLOW = []
    assert all("MAIL_ALLOW" in one for one in said())
    assert "app-password" not in str(list(Entry.objects.values_list("after", "before")))
