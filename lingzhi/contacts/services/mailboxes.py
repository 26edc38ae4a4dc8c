"""Setting up mailboxes, and trying whether they can be reached."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.mailing.lines import WRONG, imap_of, in_words, smtp_of
from lingzhi.contacts.models import Mailbox, place_of_mailbox
from lingzhi.core.encryption import seal
from lingzhi.core.errors import BadInput

SAID = (
    "address", "name", "unit_id", "queue", "responsible_id", "case_type", "imap_host", "imap_port",
    "imap_safety", "smtp_host", "smtp_port", "smtp_safety", "user", "sign_in", "folder", "after",
    "move_to", "uses_plus", "confirms", "signature", "is_active",
)  # fmt: skip


@transaction.atomic
def save_mailbox(box: Mailbox, password: str, *, by: User) -> Mailbox:
    """Add a mailbox or change it. An empty password leaves the one that is kept."""
    before = Mailbox.objects.select_for_update().filter(pk=box.pk).first()
    box.address = box.address.strip().lower()
    if password:
        box.sealed_password = seal(password, place_of_mailbox(box.address))
    elif before and before.address != box.address and box.sealed_password:
        raise BadInput(_("Enter the app password again for another address."), field="password")
    if box.sign_in == Mailbox.SignIn.PASSWORD and not box.sealed_password:
        raise BadInput(_("Enter the app password."), field="password")
    if box.after == Mailbox.After.MOVE and not box.move_to.strip():
        raise BadInput(_("Say into which folder."), field="move_to")
    box.save()
    record(
        by, "contacts.mailbox_set", box, before=_said(before) if before else None, after=_said(box)
    )
    return box


def _said(box: Mailbox) -> dict[str, Any]:
    return {name: getattr(box, name) for name in SAID} | {"from_on": str(box.from_on)}


def try_mailbox(box: Mailbox, *, by: User) -> list[tuple[str, str]]:
    """What does not work, as server and sentence; empty where both servers let us in."""
    problems = []
    for name, line in (("IMAP", imap_of), ("SMTP", smtp_of)):
        try:
            with line(box):
                pass
        except WRONG as problem:
            problems.append((name, in_words(problem)))
    with transaction.atomic():
        record(by, "contacts.mailbox_tried", box, after={"problems": len(problems)})
    return problems
