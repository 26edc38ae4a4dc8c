"""Follow-ups as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.models import FollowUp, FollowUpTry
from lingzhi.cases.presenting.cases import time_left
from lingzhi.cases.queries.callers import CALL, served
from lingzhi.cases.queries.follow_ups import cases_of, script_of
from lingzhi.cases.queries.people import ASSIGN, OPEN
from lingzhi.core.clock import now
from lingzhi.core.languages import in_language
from lingzhi.customers.models import Identifier
from lingzhi.org.queries import reach
from lingzhi_engine.script import Asks, Kind, Question

State = FollowUp.State
TONES = {
    State.PLANNED: "plain", State.OPEN: "flow", State.DONE: "good", State.UNREACHED: "warn",
    State.REFUSED: "warn", State.MERGED: "plain", State.SUPPRESSED: "plain",
    State.NOT_DRAWN: "plain", State.CALLED_OFF: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A follow-up in a list; `left` is how far off its due time is."""

    follow_up: FollowUp
    tone: str
    name: str
    left: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, in the reader's language."""

    title: str
    answer: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class FollowUpActs:
    """What one person may do with one follow-up as it stands now."""

    begin: bool
    end: bool
    give: bool
    results: bool
    open_case: bool


def shown_follow_ups(rows: Iterable[FollowUp]) -> list[Shown]:
    """The follow-ups of a page, each customer by their masked name."""
    found = list(rows)
    keys = {one.customer_id for one in found}
    names = Identifier.objects.filter(customer__in=keys, kind=Identifier.Kind.NAME)
    by_customer = dict(names.values_list("customer_id", "masked"))
    return [_shown(one, by_customer.get(one.customer_id or 0, "")) for one in found]


def _shown(one: FollowUp, name: str) -> Shown:
    is_open = one.state in FollowUp.LIVING and one.due_at is not None
    left = time_left(one.due_at) if is_open and one.due_at else ""
    is_late = bool(is_open and one.due_at and one.due_at < now())
    return Shown(one, TONES[State(one.state)], name or str(one.customer or "–"), left, is_late)


def follow_up_context(found: FollowUp, user: User) -> dict[str, Any]:
    """What the page of one follow-up shows."""
    _version, script = script_of(found)
    attempts = list(found.attempts.select_related("by"))
    running = next((one for one in attempts if one.ended_at is None), None)
    may = _acts(found, user, running)
    known = found.customer is not None and user.can("customers.read")
    return {
        "one": _shown(found, ""),
        "follow_up": found,
        "merged": found.merged.select_related("rule", "case", "delivery"),
        "attempts": attempts,
        "running": running if may.end else None,
        "may": may,
        "script": {
            "opening": in_language(script.opening), "closing": in_language(script.closing),
        },
        "answers": [_answered(one, found.answers) for one in script.asked(found.answers)],
        "results": found.results.select_related("by", "case", "person"),
        "cases": cases_of(found),
        "reopens": may.results and any(one.is_over for one in cases_of(found)),
        "words": script.words(found.answers, Asks.WORDS),
        "reveals": user.can("customers.unmask"),
        "customer": found.customer.identifiers.all() if known and found.customer else [],
    }  # fmt: skip


def _acts(found: FollowUp, user: User, running: FollowUpTry | None) -> FollowUpActs:
    calls = user.can(CALL) and found.person_id in (None, user.pk)
    is_open = found.state == State.OPEN
    is_done = found.state == State.DONE
    gives = user.can(ASSIGN) and reach(user, ASSIGN).covers(found.unit, None)
    return FollowUpActs(
        begin=calls and is_open and running is None and user.pk not in served(found),
        end=calls and is_open and running is not None,
        give=gives and is_open and running is None,
        results=calls and is_done,
        open_case=calls and is_done and user.can(OPEN),
    )


def _answered(question: Question, answers: dict[str, str]) -> Answered:
    answer = answers.get(question.code, "")
    titles = {one.code: in_language(one.title) for one in question.choices}
    middle = (question.low + question.high) / 2
    is_bad = question.kind is Kind.SCALE and bool(answer) and int(answer) < middle
    written = f"{answer} / {question.high}" if question.kind is Kind.SCALE and answer else ""
    return Answered(
        in_language(question.title), written or titles.get(answer, answer) or "–", is_bad
    )
