"""Who may see and settle mail, and who sets up mailboxes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Mail, Mailbox, MailPart, OutgoingMail
from lingzhi.contacts.queries.contacts import visible_to
from lingzhi.contacts.queries.mail import SETTLES, outgoing_for, settled_by


def require_mailboxes(user: User) -> None:
    """Raise PermissionDenied unless the person looks after what is connected to the program."""
    if not user.can("system.settings"):
        raise PermissionDenied


def mailbox_to_set(user: User, pk: int) -> Mailbox:
    """A mailbox this person may change and try."""
    require_mailboxes(user)
    box = Mailbox.objects.select_related("unit", "responsible").filter(pk=pk).first()
    if box is None:
        raise Http404
    return box


def require_settling(user: User) -> None:
    """Raise PermissionDenied unless the person settles mail of some mailbox."""
    if not user.can(SETTLES):
        raise PermissionDenied


def mail_to_settle(user: User, pk: int) -> Mail:
    """A mail to a mailbox within reach."""
    require_settling(user)
    mail = settled_by(user).filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail


def outgoing_to_settle(user: User, pk: int) -> OutgoingMail:
    """A mail from a mailbox within reach."""
    require_settling(user)
    mail = outgoing_for(user).filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail


def mail_to_read(user: User, pk: int) -> Mail:
    """A mail of a conversation within sight, or of a mailbox whose mail one settles."""
    mail = Mail.objects.select_related("mailbox", "file", "contact").filter(pk=pk).first()
    if mail is None:
        raise Http404
    if user.can(SETTLES) and settled_by(user).filter(pk=pk).exists():
        return mail
    if mail.contact_id is None or not visible_to(user).filter(pk=mail.contact_id).exists():
        raise Http404
    return mail


def mail_to_show(user: User, pk: int) -> Mail:
    """A mail that this person may see as it was written."""
    mail = mail_to_read(user, pk)
    if not user.can("customers.unmask"):
        raise PermissionDenied
    return mail


def part_of(mail: Mail, number: int) -> MailPart:
    """One attachment that was kept, or 404."""
    part = mail.parts.select_related("file").filter(number=number, file__isnull=False).first()
    if part is None:
        raise Http404
    return part
