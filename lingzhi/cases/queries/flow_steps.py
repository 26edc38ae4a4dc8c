"""The steps that a clause can demand of a case (流程步骤), and what in its records shows each.

A step is what must have happened, whatever the centre's own flow calls it: it reads the history of
the case, what was found out about a complaint, its forms and its follow-ups.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, Complaint, FollowUp, GoodsReturn
from lingzhi.core.clock import now
from lingzhi_engine.flow import Kind as Means

Kind, State, Why = CaseEvent.Kind, FollowUp.State, FollowUp.Why
Moments = Iterable[datetime | None]
GIVEN_UP = ("withdraw", "refuse")  # steps of complaints after which nothing is decided
PROGRESS = (
    Kind.NOTED, Kind.TOLD, Kind.URGED, Kind.PRESSED, Kind.SUPERVISED, Kind.REPORTED, Kind.REACTED,
    Kind.EXTENDED, Kind.CALLED_BACK, Kind.VISIT, Kind.ORDER_SIGNED, Kind.ORDER_ANSWERED,
    Kind.REVIEWED, Kind.RAISED,
)  # fmt: skip
# What keeps a customer from being called back through no fault of the centre.
EXCUSED = (
    Why.REFUSED, Why.NO_CONSENT, Why.CLOSED, Why.ERASED, Why.ASKED_RECENTLY, Why.COMPLAINT_OPEN,
)  # fmt: skip


@dataclass(frozen=True)
class Past:
    """All that was recorded of a closed case. Its events, papers and follow-ups are loaded."""

    case: Case
    complaint: Complaint | None = None

    @cached_property
    def events(self) -> list[CaseEvent]:
        return sorted(self.case.events.all(), key=lambda one: one.pk)

    @cached_property
    def is_given_up(self) -> bool:
        """Whether the complaint was withdrawn or not taken up, in its last cycle."""
        moves = [one for one in self.events if one.kind in (Kind.MOVED, Kind.REOPENED)]
        last = next((at for at, one in enumerate(moves) if one.kind == Kind.REOPENED), 0)
        return any(one.step in GIVEN_UP for one in moves[last:])

    @cached_property
    def reopened_at(self) -> datetime | None:
        """When its last cycle began; None in the first."""
        return max(self.when(Kind.REOPENED), default=None)

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        """Those of its last cycle."""
        since = self.reopened_at
        return [
            one for one in self.case.follow_ups.all()
            if one.state != State.CALLED_OFF and (since is None or one.triggered_at >= since)
        ]  # fmt: skip

    @cached_property
    def returns(self) -> list[GoodsReturn]:
        """Goods of the complaint on their way back."""
        goods = self.complaint.goods.all() if self.complaint else ()
        return [one for position in goods for one in position.returns.all()]

    def when(self, *kinds: str) -> Iterator[datetime]:
        """The moments at which something of these kinds happened."""
        return (one.at for one in self.events if one.kind in kinds)

    def acts(self, act: str) -> Iterator[datetime]:
        """The moments of an act of the complaint's own stages."""
        return (one.at for one in self.events if one.kind == Kind.NOTED and one.step == act)

    def moves(self, means: Means) -> Iterator[datetime]:
        """When it came into a state of this meaning."""
        states = self.case.version.read().states
        for one in self.events:
            state = states.get(one.to_state) if one.kind == Kind.MOVED else None
            if state is not None and state.kind is means:
                yield one.at

    def answering(self, clock: str) -> Iterator[datetime]:
        """When a step was taken that answers this clock by the flow; solving it does, too."""
        yield from self.moves(Means.SOLVED)
        steps = self.case.version.read().transitions
        for one in self.events:
            if one.kind == Kind.MOVED and one.step in steps and clock in steps[one.step].meets:
                yield one.at


@dataclass(frozen=True, slots=True)
class Step:
    """A step: how it is called, and the moments that show it. `of_complaints` only complaints
    have; a step that is not `is_needed` in a case is not missed there. What `is_repeated` has to
    come again once a case was reopened."""

    words: str | Promise
    moments: Callable[[Past], Moments]
    of_complaints: bool = False
    is_needed: Callable[[Past], bool] = lambda _past: True
    is_repeated: bool = False


def _classified(past: Past) -> Moments:
    """By its type and class from the first; each change of them is another moment."""
    named = {"type", "case_class", "priority", "level"}
    yield past.case.opened_at
    yield from (one.at for one in past.events if named & (one.changes or {}).keys())


def _assigned(past: Past) -> Moments:
    given = (Kind.ASSIGNED, Kind.HAND_OVER_ACCEPTED, Kind.ORDER_SENT, Kind.RAISED)
    yield from past.when(*given)
    yield from (one.at for one in past.events if one.kind == Kind.OPENED and one.person_id)
    if past.case.handler_id in (None, past.case.owner_id):  # it stayed with who registered it
        yield past.case.opened_at


def _passed(past: Past) -> Moments:
    """To another unit, or to somebody else than who registered it."""
    yield from past.when(Kind.HAND_OVER_ASKED, Kind.ORDER_SENT, Kind.RAISED)
    by = past.case.opened_by_id or past.case.owner_id
    named = (Kind.OPENED, Kind.ASSIGNED)
    yield from (
        one.at for one in past.events if one.kind in named and one.person_id not in (None, by)
    )


def _solved(past: Past) -> Moments:
    yield from past.moves(Means.SOLVED)
    yield past.case.solved_at


def _told(past: Past) -> Moments:
    """The result: told once it was solved; of who was never reached the tries are the proof."""
    solved = next(iter(past.moves(Means.SOLVED)), None)
    yield past.case.fed_back_at
    yield from (at for at in past.when(Kind.TOLD) if solved and at >= solved)
    if past.case.satisfaction == Case.Satisfaction.UNREACHED:
        yield from past.when(Kind.CALLED_BACK)


def _progress(past: Past) -> Moments:
    """Entries between the begin and the end that say how it goes on."""
    yield from past.when(*PROGRESS)
    yield from past.moves(Means.OPEN)
    yield from past.moves(Means.WAITING)


def _proposed(past: Past) -> Moments:
    yield from past.answering("proposal")
    yield from past.acts("remedy")
    yield from past.acts("decided")
    yield from past.when(Kind.ORDER_ANSWERED)


def _investigated(past: Past) -> Moments:
    yield from past.answering("investigation")
    yield from past.acts("verified")


def _decided(past: Past) -> Moments:
    """Found out, or decided by that step of the flow."""
    yield from past.acts("decided")
    yield from (one.at for one in past.events if one.kind == Kind.MOVED and one.step == "decide")


def _signed(past: Past) -> Moments:
    """Once all of them are signed, each by itself: one may well follow after the decision."""
    papers = list(past.complaint.papers.all()) if past.complaint else []
    if all(one.finished_at for one in papers):
        yield from (one.finished_at for one in papers)


def _taken_back(past: Past) -> Moments:
    """When the last of them was settled or refused; none before."""
    if past.returns and all(one.is_over for one in past.returns):
        yield max(step.at for one in past.returns for step in one.steps.all())


def _followed_up(past: Past) -> Moments:
    yield from past.when(Kind.CALLED_BACK)
    for one in past.follow_ups:
        main = one.merged_into or one
        if main.state in FollowUp.ENDED:
            yield main.ended_at


def _reported(past: Past) -> Moments:
    if past.complaint is not None and past.complaint.is_reported_up:
        yield past.case.opened_at
    yield from past.when(Kind.MAJOR, Kind.REPORTED)


def _was_sorry(past: Past) -> Moments:
    if past.complaint is not None and past.complaint.is_apologised:
        yield past.case.opened_at


def _is_followed_up(past: Past) -> bool:
    """Not where the customer may not be called: they refused, or were asked only recently."""
    found = [(one.merged_into or one) for one in past.follow_ups]
    return not found or not all(one.why in EXCUSED for one in found)


def _goes_on(past: Past) -> bool:
    return not past.is_given_up


def _measured(past: Past) -> Moments:
    """It is written with the analysis of the cause."""
    if _has_measure(past):
        yield from past.acts("analysed")


def _worked(past: Past) -> Moments:
    """Confirmed, and the measure works."""
    if past.complaint is not None and past.complaint.is_effective:
        yield past.complaint.effect_confirmed_at


def _is_analysed(past: Past) -> bool:
    return any(past.acts("analysed"))


def _has_measure(past: Past) -> bool:
    return bool(past.complaint and past.complaint.improvement)


def _act(words: str | Promise, act: str) -> Step:
    return Step(words, lambda past: past.acts(act), of_complaints=True, is_needed=_goes_on)


def _event(words: str | Promise, *kinds: str, is_repeated: bool = False) -> Step:
    return Step(words, lambda past: past.when(*kinds), is_repeated=is_repeated)


STEPS: Mapping[str, Step] = {
    "registered": Step(_("registered"), lambda past: [past.case.opened_at]),
    "classified": Step(_("classified"), _classified),
    "assigned": Step(_("given to a person"), _assigned),
    "handed_over": Step(_("passed to who is responsible"), _passed),
    "accepted": _event(_("accepted there"), Kind.HAND_OVER_ACCEPTED, Kind.ORDER_SIGNED),
    "responded": _event(_("answered for the first time"), Kind.TOLD),
    "promised": Step(
        _("told by when"),
        lambda past: (one.at for one in past.events if one.kind == Kind.TOLD and one.expected_at),
    ),
    "apologised": Step(_("apologised"), _was_sorry, of_complaints=True),
    "assessed": _act(_("assessed at first"), "assessed"),
    "investigated": Step(_("investigated"), _investigated, is_needed=_goes_on),
    "verified": _act(_("facts verified"), "verified"),
    "analysed": _act(_("cause analysed"), "analysed"),
    "proposed": Step(_("solution proposed"), _proposed, is_needed=_goes_on),
    "decided": Step(
        _("decided"), _decided, of_complaints=True, is_needed=_goes_on, is_repeated=True
    ),
    "solved": Step(_("matter solved"), _solved, is_repeated=True),
    "told": Step(_("result told to the customer"), _told, is_repeated=True),
    "opinion_asked": _event(
        _("customer’s opinion asked"), Kind.ANSWERED, Kind.CALLED_BACK, is_repeated=True
    ),
    "opinions_signed": Step(
        _("opinions of departments signed"), _signed, of_complaints=True, is_needed=_goes_on
    ),
    "taken_back": Step(
        _("goods taken back"), _taken_back, of_complaints=True,
        is_needed=lambda past: bool(past.returns),
    ),
    "followed": Step(_("progress kept track of"), _progress),
    "followed_up": Step(
        _("called back"), _followed_up, is_needed=_is_followed_up, is_repeated=True
    ),
    "raised": _event(_("raised to the next level"), Kind.RAISED),
    "reported": Step(_("reported upward"), _reported, of_complaints=True),
    "measure_set": Step(
        _("measure against recurrence"), _measured, of_complaints=True, is_needed=_is_analysed
    ),
    "effect_confirmed": Step(
        _("effect confirmed"), _worked, of_complaints=True, is_needed=_has_measure
    ),
    "closed": Step(_("case closed"), lambda past: [past.case.closed_at]),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """How a step of a case stands: when it was taken, whether it may still come, was needed."""

    code: str
    at: datetime | None
    is_needed: bool = True
    is_late: bool = False  # there is a record, but from before the step in front of it
    may_come: bool = False

    @property
    def is_missing(self) -> bool:
        return self.is_needed and self.at is None and not self.may_come


def taken_in(past: Past, codes: Iterable[str]) -> list[Taken]:
    """Each step with the first moment that is not before the step in front of it."""
    found: list[Taken] = []
    before: datetime | None = None
    for code in codes:
        step = STEPS[code]
        if (step.of_complaints and past.complaint is None) or not step.is_needed(past):
            found.append(Taken(code, None, is_needed=False))
            continue
        since = past.reopened_at if step.is_repeated else None
        moments = sorted(one for one in step.moments(past) if one and (not since or one >= since))
        at = next((one for one in moments if before is None or one >= before), None)
        may_come = at is None and code == "followed_up" and _is_to_come(past)
        found.append(Taken(code, at, is_late=bool(moments) and at is None, may_come=may_come))
        before = at or before
    return found


def _is_to_come(past: Past) -> bool:
    """Whether a call is planned, and not yet overdue."""
    mains = [(one.merged_into or one) for one in past.follow_ups]
    waiting = [one for one in mains if one.state in FollowUp.LIVING]
    return any(one.due_at is None or one.due_at >= now() for one in waiting)
