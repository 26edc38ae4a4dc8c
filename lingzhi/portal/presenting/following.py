"""A case in the words of its customer: only what they may read, and nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseEvent, Clock, ClockKind, Feedback
from lingzhi.cases.services.by_customer import BY_CUSTOMER

Kind = CaseEvent.Kind
Words = str | Promise
STAGES: tuple[Words, ...] = (_("Sent in"), _("Being worked on"), _("Result told"), _("Finished"))
# What stands in the history without having been told: it is the same for everybody.
USUAL: dict[str, Words] = {
    Kind.OPENED: _("We received your matter."),
    Kind.REOPENED: _("Your matter was opened again."),
    Kind.CONFIRMED: _("We sent you the result by e-mail."),
    Kind.FILE_ADDED: _("You added a file."),
}
ANSWERS: dict[str, Words] = {
    Case.Satisfaction.SATISFIED: _("You are satisfied with the result."),
    Case.Satisfaction.ACCEPTED: _("You have no objection to the result."),
    Case.Satisfaction.OBJECTS: _("You do not agree with the result."),
}
PROMISED = (ClockKind.PROMISE, ClockKind.FIRST_RESPONSE)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `is_mine` where the customer did it."""

    at: datetime
    words: Words
    text: str = ""
    expected_at: datetime | None = None
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a matter stands: `stage` counts from 0 into STAGES, `next` says what comes next."""

    case: Case
    stage: int
    next: Words
    by: datetime | None
    lines: list[Line]
    may_answer: bool
    may_object: bool
    may_write: bool
    feedback: Feedback | None

    @property
    def stages(self) -> list[tuple[Words, str]]:
        """The four stages: done, now or to come."""
        return [(words, _standing(at, self.stage)) for at, words in enumerate(STAGES)]


def _standing(at: int, stage: int) -> str:
    if at == stage:
        return "now"
    return "done" if at < stage else "later"


def followed(case: Case) -> Followed:
    """What the customer is shown of their case."""
    told = bool(case.fed_back_at)
    may_answer = case.kind == Case.Kind.SOLVED and told and not case.satisfaction
    words, by = _next(case)
    return Followed(
        case=case, stage=_stage(case), next=words, by=by, lines=_lines(case),
        may_answer=may_answer, may_object=case.is_closed, may_write=not case.is_merged,
        feedback=_judged(case) if told else None,
    )  # fmt: skip


def _stage(case: Case) -> int:
    if case.is_closed:
        return 3
    if case.kind == Case.Kind.SOLVED and case.fed_back_at:
        return 2
    begun = case.handler_id is not None or case.events.filter(kind=Kind.TOLD).exists()
    return 1 if begun else 0


def _next(case: Case) -> tuple[Words, datetime | None]:
    if case.is_merged:
        return _("It is handled together with another matter of the same kind."), None
    if case.is_closed:
        return _("It is finished. If that is not so, say it below."), None
    return _next_told(case) if case.kind == Case.Kind.SOLVED else _next_open(case)


def _next_told(case: Case) -> tuple[Words, datetime | None]:
    """The work is done: the result is told, answered, closed."""
    if not case.fed_back_at:
        return _("We tell you the result."), _due(case, (ClockKind.FEEDBACK, ClockKind.PROMISE))
    if case.satisfaction:
        return _("We close it."), None
    return _("Tell us whether it is settled for you."), None


def _next_open(case: Case) -> tuple[Words, datetime | None]:
    due = _due(case, PROMISED)
    if case.events.filter(kind=Kind.TOLD).exists():
        return _("You hear from us how it goes on."), due
    return _("You hear from us for the first time."), due


def _due(case: Case, kinds: tuple[str, ...]) -> datetime | None:
    """The nearest time of a clock that is about the customer's own waiting."""
    rows = Clock.objects.filter(case=case, kind__in=kinds, due_at__isnull=False)
    living = rows.exclude(state=Clock.State.ENDED).order_by("due_at")
    return living.values_list("due_at", flat=True).first()


def _lines(case: Case) -> list[Line]:
    return [line for event in case.events.order_by("-id") if (line := _line(event))]


def _line(event: CaseEvent) -> Line | None:
    """None for what is nobody's business but the house's."""
    if event.kind == Kind.TOLD and event.is_public:
        return Line(event.at, _("We told you:"), event.text, event.expected_at)
    if event.kind == Kind.NOTED and event.is_public:
        mine = event.step == BY_CUSTOMER
        words = _("You wrote:") if mine else _("We wrote:")
        return Line(event.at, words, event.text, is_mine=mine)
    if event.kind == Kind.ANSWERED:
        said = ANSWERS.get(event.step)
        return Line(event.at, said, event.text, is_mine=True) if said else None
    if event.kind == Kind.FILE_ADDED and event.by_id is None:
        return Line(event.at, USUAL[event.kind], event.text, is_mine=True)
    if event.kind in (Kind.OPENED, Kind.REOPENED, Kind.CONFIRMED):
        return Line(event.at, USUAL[event.kind])
    return None


def _judged(case: Case) -> Feedback | None:
    return Feedback.objects.filter(case=case, judged_at__isnull=False).first()
