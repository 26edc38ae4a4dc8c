"""What is done with a case beside its flow: notes, and who works on it."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, ClockKind
from lingzhi.cases.queries.cases import complaints_about
from lingzhi.cases.queries.people import works_at
from lingzhi.cases.services.claiming import claim, note_event
from lingzhi.cases.services.clocks import meet_clocks, repeat_dues
from lingzhi.cases.services.hearing import people_named
from lingzhi.cases.services.opening import matter_of
from lingzhi.cases.services.words import demanded
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell


class CaseClosed(DomainError):
    message = _("The case is closed. Reopen it first.")


@transaction.atomic
def note_on_case(case: Case, text: str, *, is_public: bool = False, by: User) -> None:
    """A note: internal, or such that the customer may read it. `@7004` names a person."""
    words = demanded(text, 2000, field="text")
    named = people_named(case, words)
    note_event(case, CaseEvent.Kind.NOTED, by=by, text=words, is_public=is_public, named=named)
    record(by, "cases.noted", case, after={"public": is_public})


@transaction.atomic
def assign_case(case: Case, person: User, *, seen: int, by: User) -> None:
    """Give the case to a person of its unit, or take it on oneself. The owner stays the owner.

    A person of another unit gets it by a hand-over: that unit has to accept it.
    """
    if case.is_closed:
        raise CaseClosed()
    if not works_at(person, case.unit):
        raise BadInput(
            _("This person does not work on cases of this unit: hand the case over instead."),
            field="person",
        )
    if complaints_about(person).filter(pk=case.pk).exists():
        raise BadInput(_("The complaint is about this person."), field="person")
    before = case.handler_id
    claim(case, seen, handler=person)
    note_event(case, CaseEvent.Kind.ASSIGNED, by=by, person=person)
    meet_clocks(case, [ClockKind.OWN], by=by)
    repeat_dues(case)
    give_to_do(case, by=by)
    record(by, "cases.assigned", case, before={"handler": before}, after={"handler": person.pk})
    case.refresh_from_db()


def give_to_do(case: Case, *, by: User | None) -> None:
    """The to-do of the case is now its handler's, unless they took it on themselves."""
    settle_matter(matter_of(case))
    if case.handler is not None and case.handler != by:
        tell(
            [case.handler], _("A case was given to you"), is_todo=True, matter=matter_of(case),
            url=reverse("cases:case", args=[case.pk]), body=f"{case.number} {case.title}",
        )  # fmt: skip
