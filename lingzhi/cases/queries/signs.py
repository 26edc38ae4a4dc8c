"""Signs that a follow-up did not take place as it was recorded (回访作假迹象).

Each sign is evidence for a person to look at, never a verdict: a phone system may lack a call, two
customers may say the same. Where the phone records of the days hold no outbound call at all,
whether there was one is not known, and that gives no sign.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from lingzhi.cases.models import FollowUp, FollowUpTry
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight

AROUND = timedelta(minutes=10)  # clocks of phone systems are not ours
SECONDS_AN_ANSWER = 3  # nobody asks and hears a question in less
ALIKE = 5  # so many conversations of one caller with the very same answers and words
IN_A_MINUTE = 3
MOST = 5_000  # conversations looked at


class Sign(StrEnum):
    """What looks odd."""

    NO_CALL = "no_call"
    TOO_QUICK = "too_quick"
    TWO_AT_ONCE = "two_at_once"
    ALIKE = "alike"
    SAME_MINUTE = "same_minute"


@dataclass(frozen=True, slots=True)
class Found:
    """A sign at one conversation; `number` is what was counted: seconds, conversations."""

    sign: Sign
    attempt: FollowUpTry
    number: int = 0


def reached_tries(rows: QuerySet[FollowUp], first: date, last: date) -> list[FollowUpTry]:
    """Conversations recorded as reached on these days, of these follow-ups, the newest first."""
    found = FollowUpTry.objects.filter(
        follow_up__in=rows.order_by(), outcome=FollowUpTry.Outcome.REACHED,
        began_at__gte=midnight(first), began_at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip
    found = found.select_related("by", "follow_up__customer", "follow_up__rule", "follow_up__case")
    return list(found.order_by("-began_at")[:MOST])


def signs_in(tries: list[FollowUpTry]) -> list[Found]:
    """All signs, the newest conversation first; four queries at most."""
    found = [
        *_without_call(tries), *_too_quick(tries), *_two_at_once(tries), *_alike(tries),
        *_same_minute(tries),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.attempt.began_at, one.sign), reverse=True)


def are_calls_known(tries: list[FollowUpTry]) -> bool:
    """Whether the phone records of the time hold outbound calls at all."""
    return bool(tries) and _outbound(tries).exists()


def _outbound(tries: list[FollowUpTry]) -> QuerySet[Contact]:
    begins = [one.began_at for one in tries]
    return published().filter(
        direction=Contact.Direction.OUT, started_at__gte=min(begins) - AROUND,
        started_at__lte=max(begins) + FollowUpTry.LONGEST,
    )  # fmt: skip


def _without_call(tries: list[FollowUpTry]) -> Iterator[Found]:
    """No outbound call to this customer, or by this person, near the time."""
    if not are_calls_known(tries):
        return
    calls: dict[tuple[str, int | None], list[datetime]] = defaultdict(list)
    columns = ("customer_id", "agent_id", "started_at")
    for customer, agent, at in _outbound(tries).values_list(*columns):
        if at is not None:
            calls["customer", customer].append(at)
            if customer is None:
                calls["agent", agent].append(at)
    for one in tries:
        near = [*calls["customer", one.follow_up.customer_id], *calls["agent", one.by_id]]
        end = (one.ended_at or one.began_at) + AROUND
        if not any(one.began_at - AROUND <= at <= end for at in near):
            yield Found(Sign.NO_CALL, one)


def _too_quick(tries: list[FollowUpTry]) -> Iterator[Found]:
    for one in tries:
        least = SECONDS_AN_ANSWER * len(one.follow_up.answers)
        if one.seconds is not None and one.seconds < least:
            yield Found(Sign.TOO_QUICK, one, one.seconds)


def _two_at_once(tries: list[FollowUpTry]) -> Iterator[Found]:
    """One person in two conversations at the same time."""
    last: dict[int, FollowUpTry] = {}
    for one in sorted(tries, key=lambda each: each.began_at):
        before = last.get(one.by_id)
        if before is not None and before.ended_at and one.began_at < before.ended_at:
            yield Found(Sign.TWO_AT_ONCE, one, 2)
        if before is None or (one.ended_at and before.ended_at and one.ended_at > before.ended_at):
            last[one.by_id] = one


def _alike(tries: list[FollowUpTry]) -> Iterator[Found]:
    """The very same answers again and again, words that the customer said included."""
    told = [(one, _said(one)) for one in tries]
    counted = Counter((one.by_id, said) for one, said in told if said)
    for one, said in told:
        if said and counted[one.by_id, said] >= ALIKE:
            yield Found(Sign.ALIKE, one, counted[one.by_id, said])


def _said(one: FollowUpTry) -> tuple[tuple[str, str], ...]:
    """The answers, where they hold words: scales alone are often the same."""
    answers = one.follow_up.answers
    has_words = any(
        len(str(answer)) > 2 and not str(answer).isascii() for answer in answers.values()
    )
    return tuple(sorted(answers.items())) if has_words else ()


def _same_minute(tries: list[FollowUpTry]) -> Iterator[Found]:
    ended = [(one, one.ended_at.replace(second=0, microsecond=0)) for one in tries if one.ended_at]
    counted = Counter((one.by_id, minute) for one, minute in ended)
    for one, minute in ended:
        if counted[one.by_id, minute] >= IN_A_MINUTE:
            yield Found(Sign.SAME_MINUTE, one, counted[one.by_id, minute])
