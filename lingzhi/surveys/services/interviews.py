"""Asking on the phone (电话调查): whoever served the customer does not ask."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.errors import DomainError
from lingzhi.surveys.models import Invitation, Mode
from lingzhi.surveys.services.asking import NotDue, Withheld, claim, mark_asked


class OwnService(DomainError):
    message = _("You served this customer: somebody else asks how it was.")


def begin_interview(row: Invitation, *, by: User) -> None:
    """The customer is asked now. Raises NotDue, OwnService, Withheld."""
    if row.mode != Mode.PHONE:
        raise NotDue()
    if row.agent_id == by.pk:
        raise OwnService()
    with transaction.atomic():
        may_be_asked = claim(row, by=by)
        if may_be_asked:
            mark_asked(row, by=by)
    if not may_be_asked:
        row.refresh_from_db()
        raise Withheld(row.reason)
