"""What was written about a case by mail, on its page."""

from operator import itemgetter
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import acts_on_case
from lingzhi.cases.models import Case
from lingzhi.cases.queries.mail import matter_of_mail
from lingzhi.cases.queries.people import READ
from lingzhi.cases.queries.secrecy import kept_back
from lingzhi.contacts.models import OutgoingMail
from lingzhi.contacts.queries.mail import mailbox_for, mails_about
from lingzhi.core.panels import Panel, Shown

SHOWN = 20


def _mail(user: User, case: Case) -> Shown | None:
    """What came and went, in the order of time; nothing for who may not learn the customer."""
    came, went = mails_about(matter_of_mail(case))
    if not came and not went and (case.customer_id is None or mailbox_for(case.unit.path) is None):
        return None
    if kept_back(user, [case]):
        return None
    lines: list[dict[str, Any]] = [{"at": one.received_at, "came": one} for one in came]
    kept = dict(case.files.values_list("file", "pk"))
    lines += [{"at": one.queued_at, "went": one, "parts": _parts(one, kept)} for one in went]
    context = {
        "case": case, "lines": sorted(lines, key=itemgetter("at"))[-SHOWN:],
        "may_write": acts_on_case(user, case, None).tell, "may_show": user.can("customers.unmask"),
    }  # fmt: skip
    return Shown("cases/mail/_mail.html", context)


def _parts(mail: OutgoingMail, kept: dict[int, int]) -> list[dict[str, Any]]:
    """What went with it; `beside` is its key beside the case, as long as it lies there."""
    return [{**one, "beside": kept.get(one["file"])} for one in mail.attached]


MAIL = Panel("cases.beside", _mail, READ)
