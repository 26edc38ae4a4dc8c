"""What comes of a follow-up: a case reopened or opened, an opinion passed on, praise."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, FollowUp, FollowUpResult
from lingzhi.cases.services.moving import NoSuchStep, move_case
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Opinion
from lingzhi.customers.services.opinions import pass_on
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit
from lingzhi_engine.flow import Kind as FlowKind

Kind = FollowUpResult.Kind
OVER = (FlowKind.SOLVED, FlowKind.CLOSED)


class NotFollowedUp(DomainError):
    message = _("Nothing comes of a conversation that did not take place.")


@transaction.atomic
def reopen_after(follow_up: FollowUp, case: Case, *, reason: str, by: User) -> None:
    """The customer objects: the case goes back to work in a new cycle."""
    _require_done(follow_up)
    words = demanded(reason, 500, field="reason")
    flow = case.version.read()
    ways = [one for one in flow.from_state(case.state) if flow.kind_of(one.target) not in OVER]
    if not case.is_over or not ways:
        raise NoSuchStep()
    move_case(case, ways[0].code, seen=case.revision, reason=words, by=by)
    _keep(follow_up, Kind.REOPENED, by=by, case=case, words=words)


@transaction.atomic
def open_after(follow_up: FollowUp, opening: Opening, *, by: User) -> Case:
    """Something new came up, such as a complaint: a case of its own."""
    _require_done(follow_up)
    case = open_case(replace(opening, customer=follow_up.customer), by=by)
    _keep(follow_up, Kind.CASE, by=by, case=case, words=case.title)
    return case


@transaction.atomic
def pass_opinion(follow_up: FollowUp, words: str, *, unit: Unit, by: User) -> Opinion:
    """An opinion or suggestion goes to the department, which has to answer it (R-FU-04)."""
    _require_done(follow_up)
    text = demanded(words, 500, field="words")
    if follow_up.customer is None:
        raise BadInput(_("Nobody knows whose opinion it is."), field="words")
    opinion = pass_on(Opinion(customer=follow_up.customer, unit=unit, words=text), by=by)
    _keep(follow_up, Kind.OPINION, by=by, opinion=opinion, words=text)
    return opinion


@transaction.atomic
def praise(follow_up: FollowUp, words: str, *, by: User) -> None:
    """The customer praised who served them; that person hears of it."""
    _require_done(follow_up)
    if follow_up.served_by is None:
        raise BadInput(_("Nobody knows who served this customer."), field="words")
    text = demanded(words, 500, field="words")
    _keep(follow_up, Kind.PRAISE, by=by, person=follow_up.served_by, words=text)
    tell(
        [follow_up.served_by], _("A customer praised you"), body=text,
        url=reverse("cases:follow_up", args=[follow_up.pk]),
    )  # fmt: skip


def _require_done(follow_up: FollowUp) -> None:
    if follow_up.state != FollowUp.State.DONE:
        raise NotFollowedUp()


def _keep(follow_up: FollowUp, kind: str, *, by: User, **facts: Any) -> None:
    FollowUpResult.objects.create(follow_up=follow_up, kind=kind, at=now(), by=by, **facts)
    if kind != Kind.PRAISE:
        settle_matter(follow_up.matter)
    record(by, "cases.follow_up_result", follow_up, after={"kind": kind})
