"""Reading mail: what was kept apart, what was not sent, what belongs to a matter."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Mail, Mailbox, OutgoingMail
from lingzhi.org.queries import reach

SETTLES = "contacts.mail"
MAIL = "mail"  # the source of conversations by mail
STUCK = (
    OutgoingMail.State.FAILED, OutgoingMail.State.UNKNOWN, OutgoingMail.State.CAME_BACK,
)  # fmt: skip


def mailbox_rows() -> QuerySet[Mailbox]:
    """All mailboxes, those in use first."""
    return Mailbox.objects.select_related("unit", "responsible").order_by("-is_active", "address")


def mailbox_for(unit_path: str) -> Mailbox | None:
    """The mailbox from which a unit writes: its own, else the nearest above."""
    rows = Mailbox.objects.filter(is_active=True).select_related("unit")
    above = [one for one in rows if unit_path.startswith(one.unit.path)]
    return max(above, key=lambda one: len(one.unit.path), default=None)


def settled_by(user: User) -> QuerySet[Mail]:
    """Mail to the mailboxes of units within reach."""
    where = reach(user, SETTLES)
    rows = Mail.objects.select_related("mailbox", "file")
    return rows.filter(where.over("mailbox__unit__path", "mailbox__responsible"))


def apart_for(user: User) -> QuerySet[Mail]:
    """What was kept apart there, the newest first."""
    return settled_by(user).filter(state=Mail.State.APART).order_by("-id")


def outgoing_for(user: User) -> QuerySet[OutgoingMail]:
    """What goes out from the mailboxes of units within reach."""
    where = reach(user, SETTLES)
    rows = OutgoingMail.objects.select_related("mailbox", "by")
    return rows.filter(where.over("mailbox__unit__path", "mailbox__responsible"))


def stuck_for(user: User) -> QuerySet[OutgoingMail]:
    """What was not sent there, or nobody knows, the newest first."""
    return outgoing_for(user).filter(state__in=STUCK).order_by("-id")


def mails_of(contact: Contact) -> QuerySet[Mail]:
    """The mails whose words are turns of this conversation."""
    return contact.mails.prefetch_related("parts__file").order_by("id")


def words_of(mail: Mail) -> str:
    """The masked words of a mail, as its conversation has them."""
    if mail.contact is None or mail.seq is None:
        return ""
    turn = mail.contact.turns.filter(seq=mail.seq).first()
    return turn.text if turn else ""


def mails_about(matter: str) -> tuple[list[Mail], list[OutgoingMail]]:
    """What came and what went about a matter, the oldest first."""
    came = Mail.objects.filter(matter=matter, state=Mail.State.TAKEN)
    went = OutgoingMail.objects.filter(matter=matter).select_related("by")
    rows = came.select_related("contact").prefetch_related("parts__file").order_by("id")
    return list(rows), list(went.order_by("id"))
