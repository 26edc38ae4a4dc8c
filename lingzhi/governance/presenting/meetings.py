"""A meeting for its page: state, who was there, decisions with what became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Action, Attendee, Decision, Meeting, ReviewDecision
from lingzhi.governance.services.minutes import late_days
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import START
from lingzhi.improvement.queries.rectifications import about

State = Meeting.State
Words = str | Promise
KIND = "governance.decision"
TONES = {
    State.CALLED: "flow", State.FIXED: "flow", State.WRITTEN: "warn", State.CONFIRMED: "good",
    State.CANCELLED: "plain",
}  # fmt: skip
NEXT: Mapping[str, Words] = {
    State.CALLED: _("Next: propose points; the agenda is fixed two hours before, or by hand."),
    State.FIXED: _("Next: sign in, talk, write the minutes, hand them to the chair."),
    State.WRITTEN: _("Next: the chair confirms the minutes or gives them back."),
    State.CONFIRMED: _("Next: everybody who was called reads the minutes."),
    State.CANCELLED: _("It does not take place."),
}
_ORDER: tuple[tuple[str, Words], ...] = (
    (State.CALLED, _("Members called")),
    (State.FIXED, _("Agenda fixed")),
    (State.WRITTEN, _("Minutes written")),
    (State.CONFIRMED, _("Minutes confirmed")),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the line at the top; `state` is done, now or later."""

    words: Words
    state: str


def stages_of(meeting: Meeting) -> list[Stage]:
    """How far it is; one that was called off stands nowhere."""
    order = [code for code, _words in _ORDER]
    at = order.index(meeting.state) if meeting.state in order else -1
    return [
        Stage(words, "done" if number <= at else "now" if number == at + 1 and at >= 0 else "later")
        for number, (_code, words) in enumerate(_ORDER)
    ]


@dataclass(frozen=True, slots=True)
class Came:
    """How many were called, came, and have read the minutes."""

    called: int
    present: int
    read: int


def came(attendees: Iterable[Attendee]) -> Came:
    rows = list(attendees)
    present = sum(one.presence == "present" for one in rows)
    return Came(len(rows), present, sum(one.read_at is not None for one in rows))


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision, what is put right because of it, and the door to start that."""

    row: Decision
    rectifications: list[Rectification]
    url: str


def shown_decisions(meeting: Meeting, user: User) -> list[ShownDecision]:
    rows = list(meeting.decisions.all())
    found: dict[int, list[Rectification]] = {one.pk: [] for one in rows}
    for source in about(KIND, list(found), user):
        found[source.key or 0].append(source.rectification)
    may_start, page = user.can(START), reverse("improvement:start")
    return [
        ShownDecision(
            one, found[one.pk],
            f"{page}?{urlencode({'source': KIND, 'key': one.pk})}" if may_start else "",
        )
        for one in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action with how late it is."""

    row: Action | ReviewDecision
    late: int
    tone: str
    words: Words


def shown_actions(rows: Iterable[Action | ReviewDecision]) -> list[ShownAction]:
    return [_action(one) for one in rows]


def _action(row: Action | ReviewDecision) -> ShownAction:
    late = late_days(row)
    if row.done_at is not None:
        return ShownAction(row, late, "good", _("Done"))
    if row.due_on < today():
        return ShownAction(row, late, "bad", _("Overdue"))
    return ShownAction(row, 0, "plain", _("Not done yet"))
