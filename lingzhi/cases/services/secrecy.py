"""Hiding who reported a wrong (举报人保密). Every look is recorded with its reason."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Secrecy
from lingzhi.cases.queries.secrecy import is_hidden, may_see_hidden
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError


class HiddenAlready(DomainError):
    message = _("The complainant is hidden already.")


class NotTheSecrecyPost(DomainError):
    message = _("Only who holds the post for it may see or show a hidden complainant.")


class NothingHidden(DomainError):
    message = _("The complainant is not hidden.")


@transaction.atomic
def hide_complainant(case: Case, *, ground: str, by: User) -> Secrecy:
    """From now on only the named post sees the customer and the conversation of this case."""
    words = demanded(ground, 300, field="ground")
    if is_hidden(case):
        raise HiddenAlready()
    Secrecy.objects.filter(case=case).delete()  # one that was lifted: its acts stay in the audit
    try:
        with transaction.atomic():
            made = Secrecy.objects.create(case=case, ground=words, marked_at=now(), marked_by=by)
    except IntegrityError:
        raise HiddenAlready() from None
    note_event(case, CaseEvent.Kind.HIDDEN, by=by, text=words)
    record(by, "cases.complainant_hidden", case, reason=words)
    return made


@transaction.atomic
def look_at_complainant(case: Case, *, reason: str, by: User) -> list[tuple[str, str]]:
    """Who it is, in the clear: (what, value). Raises NotTheSecrecyPost, NothingHidden."""
    if not may_see_hidden(by):
        raise NotTheSecrecyPost()
    if not is_hidden(case):
        raise NothingHidden()
    words = demanded(reason, 300, field="reason")
    record(by, "cases.complainant_seen", case, reason=words)
    if case.customer is None:
        return []
    rows = case.customer.identifiers.all()
    return [(str(one.get_kind_display()), one.reveal()) for one in rows]


@transaction.atomic
def show_complainant(case: Case, *, reason: str, by: User) -> None:
    """The secrecy is over."""
    if not may_see_hidden(by):
        raise NotTheSecrecyPost()
    words = demanded(reason, 300, field="reason")
    claimed = Secrecy.objects.filter(case=case, lifted_at=None).update(
        lifted_at=now(), lifted_by=by
    )
    if not claimed:
        raise NothingHidden()
    record(by, "cases.complainant_shown", case, reason=words)
