"""Looking into mailboxes (收取邮件): every mail is kept once, whatever breaks off in between.

A mail is kept in one transaction under the key its server gives it (UIDVALIDITY, UID); only then
the server hears of it. What died between both is found kept, and the server hears of it then.
"""

import re
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from imap_tools import AND, BaseMailBox, UidRange

from lingzhi.contacts.mailing.lines import WRONG, imap_of, in_words
from lingzhi.contacts.models import Mail, Mailbox
from lingzhi.contacts.services.mail import keep_unreadable, take_mail
from lingzhi.core.clock import now
from lingzhi.files.services import NoRoom
from lingzhi.notifications.services import settle_matter, tell

AT_ONCE = 100  # of one mailbox; the next look goes on
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
After = Mailbox.After
log = structlog.get_logger("lingzhi.mail")


def fetch_all() -> int:
    """Look into every mailbox in use; how many mails were kept. One that fails stops no other."""
    taken = 0
    for box in Mailbox.objects.filter(is_active=True).select_related("unit", "responsible"):
        try:
            with imap_of(box) as line:
                taken += fetch_from(line, box)
        except WRONG as problem:
            _failed(box, in_words(problem))
        else:
            _looked(box)
    return taken


def fetch_from(line: BaseMailBox, box: Mailbox) -> int:
    """Keep what is new in the open folder, oldest first, and tell the server what was kept."""
    validity = line.folder.status(box.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    rows = Mail.objects.filter(mailbox=box, uidvalidity=validity)
    newest = rows.aggregate(newest=Max("uid"))["newest"] or 0
    wanted = AND(uid=UidRange(str(newest + 1), "*"), date_gte=box.from_on)
    found = sorted(int(one) for one in line.uids(wanted, charset=None))
    number = 0
    for uid in [one for one in found if one > newest][:AT_ONCE]:
        number += _keep(line, box, (validity, uid))
    if box.after != After.KEEP:
        _mark(line, box, rows.filter(marked_at=None).order_by("uid")[:AT_ONCE])
    return number


def _keep(line: BaseMailBox, box: Mailbox, place: tuple[int, int]) -> bool:
    raw, size = _raw(line, place[1], box)
    if raw is None:
        return False  # somebody took it out of the folder meanwhile
    return kept(box, place, raw, size)


def kept(box: Mailbox, place: tuple[int, int], raw: bytes, size: int) -> bool:
    """Keep what lies at `place` (UIDVALIDITY, UID), taken or apart; whether it is new."""
    try:
        return take_mail(box, place, raw, size) is not None
    except (DatabaseError, NoRoom, OSError):  # not the mail's fault: it is looked for again
        raise
    except Exception:  # a stranger's mail must not stop those behind it
        log.exception("mail not taken", mailbox=box.pk, uid=place[1])
        return keep_unreadable(box, place, raw, size) is not None


def _raw(line: BaseMailBox, uid: int, box: Mailbox) -> tuple[bytes | None, int]:
    """The mail, or its head where it is larger than the setting, and its whole size."""
    answer = line.client.uid("FETCH", str(uid), "(RFC822.SIZE)")[1]
    sizes = [SIZE.search(one) for one in _lines(answer)]
    size = next((int(one.group(1)) for one in sizes if one), 0)
    is_whole = size <= settings.MAIL_MEGABYTES * 1024 * 1024
    wanted = "(BODY.PEEK[])" if is_whole else "(BODY.PEEK[HEADER])"
    answer = line.client.uid("FETCH", str(uid), wanted)[1]
    raw = next((one[1] for one in answer if isinstance(one, tuple)), None)
    return raw, len(raw or b"") if is_whole else size


def _lines(answer: Iterable[object]) -> list[bytes]:
    return [one if isinstance(one, bytes) else one[0] for one in answer if one]  # type: ignore[index]


def _mark(line: BaseMailBox, box: Mailbox, mails: Iterable[Mail]) -> None:
    """The server hears of what was kept; one it does not have any more is no error (RFC 9051)."""
    for mail in mails:
        if box.after == After.MOVE:
            line.move([str(mail.uid)], box.move_to)
        else:
            line.client.uid("STORE", str(mail.uid), "+FLAGS", "(\\Seen)")
        Mail.objects.filter(pk=mail.pk).update(marked_at=now())


def matter_of_mailbox(box: Mailbox) -> str:
    """The name under which the to-do about a mailbox that fails is open."""
    return f"contacts.mailbox/{box.pk}"


def _looked(box: Mailbox) -> None:
    Mailbox.objects.filter(pk=box.pk).update(looked_at=now(), problem="")
    if box.problem:
        settle_matter(matter_of_mailbox(box))


def _failed(box: Mailbox, words: str) -> None:
    log.warning("mailbox not read", mailbox=box.pk, problem=words)
    Mailbox.objects.filter(pk=box.pk).update(problem=words[:300])
    tell(
        [box.responsible], _("A mailbox cannot be read"), body=f"{box.address}: {words}",
        url=reverse("contacts:mailboxes"), is_todo=True, matter=matter_of_mailbox(box),
    )  # fmt: skip
