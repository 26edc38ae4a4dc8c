"""Cases as pages show them: states and steps in the reader's language, clocks with time left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import (
    CallBack,
    Case,
    CaseEvent,
    Clock,
    FlowVersion,
    Visit,
    WorkOrder,
)
from lingzhi.cases.presenting.changes import Named, changes_in_words, named_in
from lingzhi.cases.queries.needs import need_in_words
from lingzhi.cases.queries.steps import missing_for, steps_of
from lingzhi.core.clock import now
from lingzhi.core.languages import in_language
from lingzhi_engine.flow import Flow

TONES = {"open": "flow", "waiting": "warn", "solved": "good", "closed": "plain", "merged": "plain"}
OF_ORDERS = (
    CaseEvent.Kind.ORDER_SENT, CaseEvent.Kind.ORDER_SIGNED, CaseEvent.Kind.ORDER_ANSWERED,
)  # fmt: skip
STEPS: dict[str, dict[str, str | Promise]] = {  # what `step` says of events of other nouns
    CaseEvent.Kind.CALLED_BACK: dict(CallBack.Outcome.choices),
    CaseEvent.Kind.VISIT: {
        **dict(Visit.State.choices),
        "rebooked": _("Another window"),
        "delay_told": _("Delay told"),
    },
    CaseEvent.Kind.RECOGNISED: {"rule": _("by a rule"), "learned": _("by what was learned")},
    CaseEvent.Kind.URGED: {"customer": _("by the customer"), "desk": _("by the desk")},
}
STEPS |= {kind: dict(WorkOrder.Role.choices) for kind in OF_ORDERS}


@dataclass(frozen=True, slots=True)
class Shown:
    """A case in a list."""

    case: Case
    state: str
    tone: str
    left: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as a button; `missing` are the fields that keep one from it."""

    code: str
    title: str
    asks_reason: bool
    missing: tuple[str, ...]
    is_end: bool


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock: `left` in words, and the tone of how it stands."""

    clock: Clock
    standing: str
    tone: str
    left: str


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """A line of the history."""

    event: CaseEvent
    what: str


def shown_cases(rows: Iterable[Case]) -> list[Shown]:
    """The cases of a page; each flow is read once."""
    flows: dict[int, Flow] = {}
    return [_shown(case, flows) for case in rows]


def _shown(case: Case, flows: dict[int, Flow]) -> Shown:
    flow = flows.get(case.version_id) or flows.setdefault(case.version_id, case.version.read())
    title = _state(case, flow)
    left = time_left(case.next_due_at) if case.next_due_at else ""
    is_late = case.is_late or bool(case.next_due_at and case.next_due_at < now())
    return Shown(case, title, TONES[case.kind], left, is_late)


def state_of(case: Case) -> str:
    """Its state in the reader's language."""
    return _state(case, case.version.read())


def _state(case: Case, flow: Flow) -> str:
    if case.is_merged:
        return str(case.get_kind_display())
    return in_language(flow.states[case.state].title)


def shown_steps(case: Case, user: User) -> list[ShownStep]:
    """The steps this person may take now."""
    flow = case.version.read()
    return [
        ShownStep(
            one.code, in_language(one.title), one.asks_reason,
            tuple(need_in_words(name) for name in missing_for(case, one)),
            flow.kind_of(one.target) in ("solved", "closed"),
        )
        for one in steps_of(case, user)
    ]  # fmt: skip


def shown_clocks(rows: Iterable[Clock]) -> list[ShownClock]:
    """Clocks with the time that is left, or how they were judged."""
    return [ShownClock(one, *_standing(one)) for one in rows]


def _standing(clock: Clock) -> tuple[str, str, str]:
    if clock.verdict == Clock.Verdict.LATE:
        left = time_left(clock.due_at) if clock.is_living and clock.due_at else ""
        return str(clock.get_verdict_display()), "bad", left
    if clock.verdict:
        return str(clock.get_verdict_display()), "good" if clock.verdict == "met" else "plain", ""
    if clock.state == Clock.State.PAUSED:
        return str(clock.get_state_display()), "warn", ""
    if clock.due_at is None:
        return gettext("Not known"), "unknown", _why_unknown(clock)
    if clock.due_at < now():
        return gettext("Late"), "bad", time_left(clock.due_at)
    tone = "warn" if clock.warned_at else "flow"
    return str(clock.get_state_display()), tone, time_left(clock.due_at)


def _why_unknown(clock: Clock) -> str:
    if clock.unpublished_on is None:
        return gettext("The unit has no calendar")
    return gettext("The calendar is not published for %(day)s") % {
        "day": clock.unpublished_on.isoformat()
    }


def time_left(due_at: datetime) -> str:
    """How far off a moment is, on the wall clock: `3 h 20 min left`."""
    rest = due_at - now()
    words = span_in_words(abs(rest))
    if rest < timedelta():
        return gettext("%(time)s over") % {"time": words}
    return gettext("%(time)s left") % {"time": words}


def span_in_words(span: timedelta) -> str:
    """Days and hours, hours and minutes, or minutes."""
    minutes = int(span.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        words = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        return words + (" " + gettext("%(n)s h") % {"n": hours} if hours else "")
    minute = gettext("%(n)s min") % {"n": minutes % 60}
    return (gettext("%(n)s h") % {"n": hours} + " " + minute) if hours else minute


def shown_events(rows: Iterable[CaseEvent], version: FlowVersion) -> list[ShownEvent]:
    """The history, steps and states by their titles."""
    flow, events = version.read(), list(rows)
    named = named_in(events)
    return [ShownEvent(one, _what(one, flow, named)) for one in events]


def _what(event: CaseEvent, flow: Flow, named: Named) -> str:
    if event.kind in (CaseEvent.Kind.MOVED, CaseEvent.Kind.REOPENED):
        state = flow.states.get(event.to_state)
        step = flow.transitions.get(event.step)
        if state and step:
            return f"{in_language(step.title)} → {in_language(state.title)}"
    if event.kind == CaseEvent.Kind.ANSWERED:
        return str(Case.Satisfaction(event.step).label)
    if event.changes:
        return changes_in_words(event, named)
    if event.kind in STEPS:
        return str(STEPS[event.kind].get(event.step, ""))
    if event.kind == CaseEvent.Kind.LATE:
        return str(dict(Clock._meta.get_field("kind").flatchoices).get(event.step, event.step))
    return ""
