"""Opinions of customers and market information: to the department, and its answer back."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Opinion
from lingzhi.customers.services.notes import note
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, paths_to
from lingzhi_engine.privacy import mask

ANSWERING = [code for code, role in ROLES.items() if "customers.answer" in role.capabilities]


class NobodyAnswers(DomainError):
    code = "nobody_answers"
    message = _("Nobody there may answer opinions of customers. Name another department.")


class Answered(DomainError):
    code = "answered"
    message = _("This was answered already.")


@transaction.atomic
def pass_on(opinion: Opinion, *, by: User) -> Opinion:
    """Hand an opinion to `opinion.unit`; who may answer there has it as a to-do (R-CS-08)."""
    note(opinion, by=by)
    people = answerers(opinion.unit)
    if not people:
        raise NobodyAnswers()
    address = reverse("customers:opinion", args=[opinion.pk])
    title = _("A customer's opinion to be answered")
    tell(people, title, body=opinion.words, url=address, is_todo=True, matter=opinion.matter)
    return opinion


def answerers(unit: Unit) -> list[User]:
    """Who may answer for `unit`: those of the nearest unit, upward, where somebody may."""
    rows = assignments_on(today()).filter(
        role__in=ANSWERING, unit__path__in=paths_to(unit.path), person__is_active=True
    )
    held = list(rows.select_related("person", "unit").order_by("person"))
    nearest = max((len(one.unit.path) for one in held), default=0)
    return list(
        {one.person_id: one.person for one in held if len(one.unit.path) == nearest}.values()
    )


@transaction.atomic
def answer_opinion(opinion: Opinion, *, answer: str, by: User) -> None:
    """The department's answer; who passed the opinion on is told. Raises Answered afterwards."""
    if not answer.strip():
        raise BadInput(_("Write an answer."), field="answer")
    rows = Opinion.objects.filter(pk=opinion.pk, answered_at=None)
    if not rows.update(answer=mask(answer.strip()), answered_at=now(), answered_by=by):
        raise Answered()
    record(by, "customers.opinion_answered", opinion.customer, after={"opinion": opinion.pk})
    settle_matter(opinion.matter)
    if opinion.noted_by is not None:
        title = _("An opinion you passed on was answered")
        tell([opinion.noted_by], title, url=reverse("customers:opinion", args=[opinion.pk]))
