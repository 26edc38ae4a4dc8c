"""Who was there, what was said and decided, who does what; confirmed by the chair, then read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Action, Attendee, Decision, Meeting, ReviewDecision
from lingzhi.governance.queries.meetings import late_actions
from lingzhi.governance.services.meetings import NotAsItStands, claim, matter_of, tell_about
from lingzhi.notifications.services import settle_matter, tell

State, Presence = Meeting.State, Attendee.Presence


class DoneAlready(DomainError):
    message = _("It is reported as done already.")


class NotBegunYet(DomainError):
    message = _("People sign in on the day of the meeting.")


class ReadAlready(DomainError):
    message = _("You have read these minutes already.")


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether somebody was there, and if not, why."""

    presence: str
    reason: str = ""


@transaction.atomic
def sign_in(attendee: Attendee, *, by: User) -> None:
    """A member says: I am here, I know what is on the agenda. Raises NotAsItStands, NotBegunYet."""
    meeting = attendee.meeting
    claim(meeting, [State.FIXED])
    if localdate(meeting.begins_at) > today():
        raise NotBegunYet()
    Attendee.objects.filter(pk=attendee.pk).update(
        presence=Presence.PRESENT, reason="", signed_at=now(), noted_by=None
    )
    record(by, "governance.signed_in", meeting, after={"person": by.pk})


@transaction.atomic
def note_presence(meeting: Meeting, marks: Mapping[int, Mark], *, by: User) -> None:
    """Who takes the minutes notes who was there; `marks` by key of the attendee. An absence needs
    its reason; what is left unknown takes nobody's own signature away. Raises BadInput,
    NotAsItStands.
    """
    claim(meeting, [State.FIXED])
    known = [key for key, mark in marks.items() if mark.presence]
    for attendee in meeting.attendees.filter(pk__in=known):
        mark = marks[attendee.pk]
        if mark.presence == Presence.ABSENT and not mark.reason.strip():
            raise BadInput(_("Say why the person is absent."), field=f"reason_{attendee.pk}")
        if (mark.presence, mark.reason) != (attendee.presence, attendee.reason):
            Attendee.objects.filter(pk=attendee.pk).update(
                presence=mark.presence, reason=mark.reason.strip(), noted_by=by,
                signed_at=attendee.signed_at if mark.presence == Presence.PRESENT else None,
            )  # fmt: skip
    present = meeting.attendees.filter(presence=Presence.PRESENT).count()
    record(by, "governance.presence_noted", meeting, after={"present": present})


@transaction.atomic
def write_minutes(meeting: Meeting, words: Mapping[int, str], guests: str, *, by: User) -> None:
    """What was said about each point; `words` by key of the point. Raises NotAsItStands."""
    claim(meeting, [State.FIXED], guests=guests)
    for point in meeting.points.filter(pk__in=words):
        point.minutes = words[point.pk].strip()
        point.save(update_fields=["minutes"])
    record(by, "governance.minutes_written", meeting, after={"points": len(words)})


@transaction.atomic
def write_decision(meeting: Meeting, words: str, *, by: User) -> Decision:
    """Raises NotAsItStands."""
    claim(meeting, [State.FIXED])
    made = Decision.objects.create(meeting=meeting, words=words, made_at=now(), made_by=by)
    record(by, "governance.decided", meeting, after={"decision": made.pk})
    return made


@transaction.atomic
def write_action(action: Action, *, by: User) -> Action:
    """Its owner has a to-do at once. Raises BadInput, NotAsItStands."""
    if action.due_on < today():
        raise BadInput(_("Name a day to come."), field="due_on")
    claim(action.meeting, [State.FIXED])
    action.made_at, action.made_by = now(), by
    action.save()
    tell(
        [action.owner], _("A meeting gave you something to do"), body=action.words, is_todo=True,
        url=reverse("governance:action_done", args=[action.pk]), matter=_matter(action),
    )  # fmt: skip
    after = {"action": action.pk, "owner": action.owner_id, "due_on": str(action.due_on)}
    record(by, "governance.action_given", action.meeting, after=after)
    return action


@transaction.atomic
def report_action(action: Action, result: str, *, by: User) -> None:
    """It is done, in words; the chair hears of it. Raises BadInput, DoneAlready."""
    said = result.strip()
    if not said:
        raise BadInput(_("Write it down."), field="words")
    rows = Action.objects.filter(pk=action.pk, done_at=None)
    if not rows.update(done_at=now(), done_by=by, result=said):
        raise DoneAlready()
    settle_matter(_matter(action))
    settle_matter(_matter(action, "late"))
    if action.meeting.chair != by:
        tell([action.meeting.chair], _("What a meeting gave to do is done"),
             body=f"{action.words}: {said}", url=reverse("governance:meeting",
                                                         args=[action.meeting_id]))  # fmt: skip
    record(by, "governance.action_done", action.meeting, after={"action": action.pk})


@transaction.atomic
def hand_over(meeting: Meeting, *, by: User) -> None:
    """The minutes are written: the chair has them to confirm. Raises NotAsItStands.

    Who nobody saw counts as absent without a reason.
    """
    if meeting.begins_at > now():
        raise NotAsItStands()
    claim(meeting, [State.FIXED], state=State.WRITTEN, written_at=now(), written_by=by, returned="")
    meeting.attendees.filter(presence="").update(presence=Presence.ABSENT, noted_by=by)
    tell_about([meeting.chair], _("Read and confirm the minutes"), meeting,
               matter=matter_of(meeting, "confirm"))  # fmt: skip
    record(by, "governance.minutes_handed_over", meeting)


@transaction.atomic
def return_minutes(meeting: Meeting, words: str, *, by: User) -> None:
    """The chair wants something changed. Raises BadInput, NotAsItStands."""
    why = words.strip()
    if not why:
        raise BadInput(_("Write it down."), field="words")
    claim(meeting, [State.WRITTEN], state=State.FIXED, returned=why[:500])
    settle_matter(matter_of(meeting, "confirm"))
    tell_about([meeting.minute_taker], _("The chair wants the minutes changed"), meeting)
    record(by, "governance.minutes_returned", meeting, reason=why)


@transaction.atomic
def confirm_minutes(meeting: Meeting, *, by: User) -> None:
    """The chair confirms them; each member is asked to read them. Raises NotAsItStands."""
    claim(meeting, [State.WRITTEN], state=State.CONFIRMED, confirmed_at=now(), confirmed_by=by)
    settle_matter(matter_of(meeting, "confirm"))
    meeting.attendees.filter(person=by).update(read_at=now())
    readers = [one.person for one in meeting.attendees.exclude(person=by).select_related("person")]
    for reader in readers:
        tell_about([reader], _("Read the minutes of a meeting"), meeting,
                   matter=_reading(meeting, reader))  # fmt: skip
    record(by, "governance.minutes_confirmed", meeting)


@transaction.atomic
def acknowledge(attendee: Attendee, *, by: User) -> None:
    """A member has read the confirmed minutes. Raises NotAsItStands, ReadAlready."""
    if attendee.meeting.state != State.CONFIRMED:
        raise NotAsItStands()
    if not Attendee.objects.filter(pk=attendee.pk, read_at=None).update(read_at=now()):
        raise ReadAlready()
    settle_matter(_reading(attendee.meeting, by))
    record(by, "governance.minutes_read", attendee.meeting, after={"person": by.pk})


def tell_late() -> int:
    """What is late is told once to its owner and to the chair; how many actions."""
    rows = late_actions(today()).filter(late_told_at=None)
    found = list(rows.select_related("owner", "meeting__chair"))
    return sum(_tell_late(one) for one in found)


@transaction.atomic
def _tell_late(action: Action) -> int:
    if not Action.objects.filter(pk=action.pk, late_told_at=None).update(late_told_at=now()):
        return 0
    tell(
        list(dict.fromkeys([action.owner, action.meeting.chair])),
        _("Late: something that a meeting gave to do"),
        body=f"{action.words} · {action.owner.name} · {action.due_on}",
        url=reverse("governance:actions"), is_todo=True, matter=_matter(action, "late"),
    )  # fmt: skip
    record(None, "governance.action_late", action.meeting, after={"action": action.pk})
    return 1


def late_days(action: Action | ReviewDecision) -> int:
    """How many days it was, or is, late."""
    until = localdate(action.done_at) if action.done_at else today()
    return max((until - action.due_on).days, 0)


def _matter(action: Action, what: str = "action") -> str:
    return f"governance.{what}/{action.pk}"


def _reading(meeting: Meeting, person: User) -> str:
    return f"{matter_of(meeting, 'read')}/{person.pk}"
