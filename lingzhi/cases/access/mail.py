"""Writing mail is for who works on a case; reading it for who sees case and customer."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, case_to_work
from lingzhi.cases.models import Case
from lingzhi.cases.queries.secrecy import kept_back
from lingzhi.contacts.models import Mail


def case_to_write_about(user: User, pk: int) -> Case:
    """A case from which this person writes to the customer."""
    case = case_to_work(user, pk)
    if kept_back(user, [case]):
        raise PermissionDenied
    return case


def mail_of_case(user: User, pk: int) -> Mail:
    """A mail of a case within sight, whose customer the person may learn."""
    mail = Mail.objects.select_related("mailbox", "file").filter(pk=pk).first()
    kind, _slash, number = mail.matter.partition("/") if mail else ("", "", "")
    if mail is None or kind != "cases.case" or mail.state != Mail.State.TAKEN:
        raise Http404
    if kept_back(user, [case_to_read(user, int(number))]):
        raise Http404
    return mail


def mail_of_case_to_show(user: User, pk: int) -> Mail:
    """A mail that this person may see as it was written."""
    mail = mail_of_case(user, pk)
    if not user.can("customers.unmask"):
        raise PermissionDenied
    return mail
