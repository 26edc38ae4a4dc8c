"""Cases and mail: which case a mail belongs to."""

import re
from collections.abc import Iterable

from lingzhi.cases.models import Case, CaseMerge
from lingzhi.cases.queries.flows import types_to_open
from lingzhi.contacts.models import Mail
from lingzhi.contacts.queries.mail import words_of

WORD = re.compile(r"[\w/.-]{4,60}", re.ASCII)


def type_choices() -> Iterable[tuple[str, str]]:
    """Code and name of the types of which cases are opened."""
    return [(one.code, str(one)) for one in types_to_open()]


def matter_of_mail(case: Case) -> str:
    """What mail about a case belongs to."""
    return f"cases.case/{case.pk}"


def case_of_mail(mail: Mail) -> Case | None:
    """The case that a mail goes on with: by its mark, by its conversation, last by the number in
    its subject if the sender is the customer of that case. Of a merged case the one that is kept.
    """
    case = _by_matter(mail.matter) or _by_conversation(mail) or _by_number(mail)
    while case is not None and case.is_merged:
        merge = CaseMerge.objects.filter(merged=case, undone_at=None).select_related("kept").first()
        case = merge.kept if merge else None
    return case


def last_mail(case: Case) -> tuple[Mail | None, str]:
    """The customer's newest mail about the case and its masked words."""
    rows = Mail.objects.filter(matter=matter_of_mail(case), state=Mail.State.TAKEN)
    last = rows.select_related("contact").order_by("-id").first()
    return last, words_of(last) if last else ""


def _by_matter(matter: str) -> Case | None:
    kind, _, number = matter.partition("/")
    return Case.objects.filter(pk=number).first() if kind == "cases.case" else None


def _by_conversation(mail: Mail) -> Case | None:
    """The case of an earlier mail of the same conversation."""
    rows = Mail.objects.filter(contact=mail.contact_id, settled_at__isnull=False)
    before = rows.exclude(pk=mail.pk).exclude(matter="").order_by("-id").first()
    return _by_matter(before.matter) if before and mail.contact_id else None


def _by_number(mail: Mail) -> Case | None:
    customer = mail.contact.customer_id if mail.contact else None
    if customer is None:
        return None
    numbers = WORD.findall(mail.subject)
    return Case.objects.filter(number__in=numbers, customer=customer).order_by("-id").first()
