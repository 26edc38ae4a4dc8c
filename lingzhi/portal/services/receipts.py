"""The receipt (回执): number and code mailed to who gave an address, once, in their language.

Nothing of what was sent in stands in it, for nobody knows yet whose address it is.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from lingzhi.cases.models import Case
from lingzhi.cases.queries.mail import matter_of_mail
from lingzhi.contacts.models import OutgoingMail
from lingzhi.contacts.queries.mail import mailbox_for
from lingzhi.contacts.services.outgoing import Letter, queue_mail
from lingzhi.customers.models import Purpose
from lingzhi.customers.queries.outreach import Why, may_ask
from lingzhi.portal.models import Submission
from lingzhi.portal.queries.codes import spaced

NoReceipt = Submission.NoReceipt


def mail_receipt(case: Case, to: str, code: str, language: str) -> tuple[OutgoingMail | None, str]:
    """The queued letter, or None and the reason why there is none. To be called in the transaction
    that takes the matter."""
    box = mailbox_for(case.unit.path)
    if not to:
        return None, NoReceipt.NO_ADDRESS
    if box is None or not box.confirms:
        return None, NoReceipt.NO_MAILBOX
    if case.customer and may_ask(case.customer, Purpose.FOLLOW_UP).why in (Why.REFUSED, Why.CLOSED):
        return None, NoReceipt.REFUSED
    with translation.override(language):
        subject, text = _words(case, code)
    letter = Letter(
        box, to, subject, text, matter=matter_of_mail(case), is_automatic=True
    )  # fmt: skip
    mail = queue_mail(letter, by=None)
    return mail, "" if mail else NoReceipt.TOO_OFTEN


def _words(case: Case, code: str) -> tuple[str, str]:
    follow = reverse("portal:follow", args=[spaced(code)])
    known = {
        "number": case.number, "code": spaced(code),
        "link": settings.SITE_URL + follow if settings.SITE_URL else "",
    }  # fmt: skip
    subject = gettext("We have received your matter %(number)s")
    text = gettext(
        "We have received your matter. Its number is %(number)s, its follow-up code %(code)s.\n\n"
        "With both you see on our portal where it stands, and write to us. Please show them to "
        "nobody else.\n\n%(link)s\n\nIf you have not written to us, you need not do anything."
    )
    return subject % known, text % known
