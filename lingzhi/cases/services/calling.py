"""Calling a customer back (回访): each try with its begin, its end and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, FollowUp, FollowUpTry
from lingzhi.cases.queries.call_windows import Windows, another_time
from lingzhi.cases.queries.callers import served
from lingzhi.cases.queries.follow_ups import script_of
from lingzhi.cases.queries.people import leaders_of
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.telling import record_answer
from lingzhi.cases.services.words import kept
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Outreach, Purpose
from lingzhi.customers.queries.outreach import Why
from lingzhi.customers.services.outreach import MayNotAsk, record_ask, settle_ask
from lingzhi.kpis.services import mark_days
from lingzhi.notifications.services import tell
from lingzhi_engine.script import Asks

State, Outcome = FollowUp.State, FollowUpTry.Outcome
FARTHEST = timedelta(days=60)  # that a customer may ask to be called back in
ENDINGS = {
    Outcome.REACHED: (State.DONE, Outreach.Outcome.ANSWERED),
    Outcome.REFUSED: (State.REFUSED, Outreach.Outcome.REFUSED),
    Outcome.WRONG_NUMBER: (State.UNREACHED, Outreach.Outcome.NOT_REACHED),
}


class NotToBeCalled(DomainError):
    message = _("This follow-up is not open any more.")


class OutsideWindow(DomainError):
    message = _("Customers are not called at this time of day.")


class OwnService(DomainError):
    message = _("Nobody follows up on a matter of their own.")


class CallRunning(DomainError):
    message = _("This call is in progress already.")


class CallOver(DomainError):
    message = _("This call has ended already.")


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a try: the answers where the customer was reached, else perhaps when again."""

    outcome: str
    answers: Mapping[str, str] = field(default_factory=dict)
    call_back_at: datetime | None = None
    note: str = ""


@transaction.atomic
def begin_call(follow_up: FollowUp, *, by: User) -> FollowUpTry | None:
    """A try begins now. None where the customer may not be asked any more: then it is suppressed.

    Raises NotToBeCalled, OwnService, OutsideWindow, CallRunning.
    """
    if follow_up.state != State.OPEN or follow_up.customer is None:
        raise NotToBeCalled()
    if by.pk in served(follow_up):
        raise OwnService()
    if not Windows().is_open(follow_up.rule, follow_up.unit, now()):
        raise OutsideWindow()
    try:
        with transaction.atomic():
            number = follow_up.attempts.count() + 1
            attempt = FollowUpTry.objects.create(
                follow_up=follow_up, number=number, by=by, began_at=now()
            )
    except IntegrityError:
        raise CallRunning() from None
    try:
        asked = record_ask(
            follow_up.customer, Purpose.FOLLOW_UP, by=by, channel="phone",
            matter=follow_up.asked_about, is_repeat=number > 1 or _is_again(follow_up),
        )  # fmt: skip
    except MayNotAsk as refused:
        attempt.delete()
        _suppress(follow_up, refused.why)
        return None
    rows = FollowUp.objects.filter(pk=follow_up.pk, state=State.OPEN)
    if not rows.update(outreach=asked, person=by):
        raise NotToBeCalled()
    record(by, "cases.follow_up_call_began", follow_up, after={"try": number})
    return attempt


def _is_again(follow_up: FollowUp) -> bool:
    """Whether the case was done again after a follow-up reopened it (服务跟踪至解决)."""
    return follow_up.case is not None and follow_up.case.cycle > 1


def _suppress(follow_up: FollowUp, why: Why) -> None:
    FollowUp.objects.filter(pk=follow_up.pk, state=State.OPEN).update(
        state=State.SUPPRESSED, why=why.value, ended_at=now(), next_at=None
    )


@transaction.atomic
def end_call(attempt: FollowUpTry, called: Called, *, by: User) -> None:
    """What came of a try. Answers end the follow-up, and every one that is asked with it.

    Not reached: again on another day and at another hour, until the tries of the rule are used up;
    then it is closed, with its tries as the proof. Raises CallOver, BadInput.
    """
    if called.outcome not in Outcome.values or not called.outcome:
        raise BadInput(_("Say what came of the call."), field="outcome")
    again_at = _asked_for(called)
    claimed = FollowUpTry.objects.filter(pk=attempt.pk, ended_at=None).update(
        ended_at=now(), outcome=called.outcome, call_back_at=again_at, note=kept(called.note, 500)
    )
    if not claimed:
        raise CallOver()
    follow_up = attempt.follow_up
    if called.outcome == Outcome.CALL_BACK:
        _put_off(follow_up, again_at)
    elif called.outcome in ENDINGS:
        answers = _answered(follow_up, called, by) if called.outcome == Outcome.REACHED else {}
        _end(follow_up, *ENDINGS[Outcome(called.outcome)], by=by, **answers)
    else:
        _try_again(follow_up, by)
    record(by, "cases.follow_up_call_ended", follow_up, after={"outcome": called.outcome})
    follow_up.refresh_from_db()
    if follow_up.state == State.DONE:
        _pass_on(follow_up, by)


def _asked_for(called: Called) -> datetime | None:
    if called.outcome != Outcome.CALL_BACK:
        return None
    if called.call_back_at is None or not now() < called.call_back_at < now() + FARTHEST:
        raise BadInput(_("Say when the customer wants to be called."), field="call_back_at")
    return called.call_back_at


def _put_off(follow_up: FollowUp, until: datetime | None) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(next_at=until)


def _try_again(follow_up: FollowUp, by: User) -> None:
    tried = follow_up.tried + 1
    if tried >= follow_up.rule.tries:
        _end(follow_up, State.UNREACHED, Outreach.Outcome.NOT_REACHED, by=by, tried=tried)
        return
    next_at = Windows().next_time(follow_up.rule, follow_up.unit, another_time(now()))
    FollowUp.objects.filter(pk=follow_up.pk).update(tried=tried, next_at=next_at)


def _answered(follow_up: FollowUp, called: Called, by: User) -> dict[str, Any]:
    """What the answers say, by the script in force; they are kept with its version."""
    version, script = script_of(follow_up)
    given = {code: kept(answer, 1000) for code, answer in called.answers.items()}
    problems = script.wrong(given) or script.missing(given)
    if problems:
        raise BadInput(_("Ask this question, too."), field=f"q_{problems[0]}")
    return {
        "script": version, "answers": script.kept(given),
        "satisfaction": script.score(given, Asks.SATISFACTION),
        "service": script.score(given, Asks.SERVICE),
    }  # fmt: skip


def _end(follow_up: FollowUp, state: str, outcome: str, *, by: User, **facts: Any) -> None:
    """The end of the conversation, for everything that was to be asked in it."""
    ended = {"ended_at": now(), "ended_by": by}
    FollowUp.objects.filter(pk=follow_up.pk, state=State.OPEN).update(
        state=state, next_at=None, **ended, **facts
    )
    scores = {name: facts[name] for name in ("satisfaction", "service") if name in facts}
    follow_up.merged.filter(ended_at=None).update(**ended, **scores)
    due = [one.due_at for one in (follow_up, *follow_up.merged.all()) if one.due_at is not None]
    mark_days([today(), *(localdate(moment) for moment in due)])
    if follow_up.outreach is not None:
        settle_ask(follow_up.outreach, outcome)


def _pass_on(follow_up: FollowUp, by: User) -> None:
    """Into the cases it asked about; who answers for them hears of what is not well (R-FU-06)."""
    _version, script = script_of(follow_up)
    words = script.words(follow_up.answers, Asks.WORDS)
    rows = [follow_up, *follow_up.merged.select_related("case__unit", "case__version__flow")]
    for case in {one.case.pk: one.case for one in rows if one.case is not None}.values():
        _into_case(case, follow_up, words, by)
    if follow_up.is_unhappy and follow_up.unit is not None:
        tell(
            leaders_of(follow_up.unit), _("A customer is not content after a follow-up"),
            url=reverse("cases:follow_up", args=[follow_up.pk]), is_todo=True,
            body=words[:200] or str(follow_up.case or ""), matter=follow_up.matter,
        )  # fmt: skip


def _into_case(case: Case, follow_up: FollowUp, words: str, by: User) -> None:
    score = follow_up.satisfaction
    says = gettext("Follow-up call: %(words)s") % {"words": words or "–"}
    if score is None or case.kind != Case.Kind.SOLVED or case.fed_back_at is None:
        note_event(case, CaseEvent.Kind.NOTED, by=by, text=says[:2000])
        return
    said = Case.Satisfaction
    answer = said.SATISFIED if score > 0.5 else said.ACCEPTED if score == 0.5 else said.OBJECTS
    objection = (words or says) if answer == said.OBJECTS else ""
    record_answer(case, answer, objection=objection[:500], seen=case.revision, by=by)


@transaction.atomic
def give_follow_up(follow_up: FollowUp, person: User, *, by: User) -> None:
    """Give an open follow-up to another caller. Raises OwnService, NotToBeCalled."""
    if person.pk in served(follow_up):
        raise OwnService()
    rows = FollowUp.objects.filter(pk=follow_up.pk, state=State.OPEN)
    if not rows.update(person=person):
        raise NotToBeCalled()
    record(by, "cases.follow_up_given", follow_up, after={"person": person.pk})
