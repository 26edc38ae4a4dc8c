"""States of agents as the phone system tells them, and as they are set by hand."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.agents import agents_named
from lingzhi.contacts.models import AgentState, CallEvent, Source
from lingzhi.contacts.phone.presence import Span, spans
from lingzhi.contacts.phone.told import Told, key_of
from lingzhi.contacts.services.doubts import doubt_agent
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Identity

CTI = AgentState.Source.CTI
# So far back a state is told anew when something new is told: a shift, and the night before it.
BACK = timedelta(hours=36)
KINDS = ("state", "member", "answer", "hangup", "transfer", "leg_end")


@transaction.atomic
def retell_states(source: Source, news: QuerySet[CallEvent]) -> None:
    """Tell the states of the agents of these new events anew, from all that was told of them.

    An agent whom nobody knows has none.
    """
    told = news.filter(kind__in=KINDS).exclude(agent="").order_by()
    firsts = dict(told.values_list("agent").annotate(first=Min("at")))
    known = agents_named(firsts)
    for agent, first in sorted(firsts.items()):
        person = known.person(agent, first, is_voice=True)
        if person is not None:
            _retell(source, person, first)


def _retell(source: Source, person: int, first: datetime) -> None:
    """From a day and a half before `first` on, by every name this person has; what lies before
    stays as it is. Only from `first` on is it new that something does not add up.
    """
    number = User.objects.select_for_update().get(pk=person).staff_no  # one teller at a time
    cut = first - BACK
    rows = CallEvent.objects.filter(agent__in=_names(person), kind__in=KINDS, at__gte=cut)
    calls = rows.filter(kind="answer").values("call")
    ends = CallEvent.objects.filter(kind="hangup", call__in=calls, at__gte=cut)
    told = [
        Told(one.call, one.kind, one.at, one.key, one.agent, one.queue, facts=one.facts)
        for one in (rows | ends).distinct()
    ]
    found, doubts = spans(told)
    _write(person, found)
    doubt_agent(source, number, [one for one in doubts if one.at >= first])


def _names(person: int) -> set[str]:
    """What systems call this person today: the staff number, extensions, sign-ins."""
    day = today()
    held = Identity.objects.filter(Q(to_on=None) | Q(to_on__gte=day), person=person)
    held = held.exclude(kind=Identity.Kind.ATTENDANCE)
    return {
        User.objects.get(pk=person).staff_no,
        *held.filter(from_on__lte=day).values_list("value", flat=True),
    }


def _write(person: int, found: list[Span]) -> None:
    """Write what differs from what is kept, from the first difference on."""
    if not found:
        return
    first = found[0].since
    mine = AgentState.objects.filter(person_id=person, source=CTI)
    before = mine.filter(since__lt=first).filter(Q(until=None) | Q(until__gt=first))
    before.update(until=first)
    kept = list(mine.filter(since__gte=first).order_by("since"))
    same = 0
    for row, one in zip(kept, found, strict=False):
        if (row.state, row.reason, row.since, row.until) != (
            one.state, one.reason[:60], one.since, one.until,
        ):  # fmt: skip
            break
        same += 1
    mine.filter(pk__in=[row.pk for row in kept[same:]]).delete()
    AgentState.objects.bulk_create(
        AgentState(
            person_id=person, state=one.state, reason=one.reason[:60], since=one.since,
            until=one.until, seen_at=one.since, source=CTI,
        )
        for one in found[same:]
    )  # fmt: skip


@transaction.atomic
def take_state(person: User, state: str, *, reason: str = "", by: User) -> None:
    """Somebody sets a state by hand: the own one, or by force that of an agent of the team.

    It stands among what the phone system tells, in the order of time.
    """
    if state not in AgentState.State.values:
        raise BadInput(_("This state is not known."), field="state")
    at = now()
    CallEvent.objects.create(
        source=_desk(), key=key_of(person.pk, state, reason, at), kind="state", at=at,
        agent=person.staff_no, facts={"state": state, "reason": reason[:60]}, received_at=at,
    )  # fmt: skip
    _retell(_desk(), person.pk, at)
    act = "contacts.state_set" if by == person else "contacts.state_forced"
    record(by, act, person, after={"state": state}, reason=reason)


def _desk() -> Source:
    """The source of what is set by hand."""
    return Source.objects.get_or_create(code="desk", defaults={"name": "Lingzhi"})[0]
