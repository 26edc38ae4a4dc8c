"""Complaints: who sees which, whose identity is kept back from whom, and the lists of them."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent, Complaint
from lingzhi.cases.queries.cases import NOT_OPEN, cases_visible_to
from lingzhi.cases.queries.people import units_of
from lingzhi.core.clock import now

SETTLE, COMPLAIN, CONFIRM = "cases.settle_complaints", "cases.complain", "cases.confirm_effects"
DECIDE_BLAME = "cases.decide_blame"


def complaints_visible_to(user: User) -> QuerySet[Complaint]:
    """The complaints among the cases one sees; never one about oneself."""
    rows = Complaint.objects.filter(case__in=cases_visible_to(user).values("pk"))
    return rows.select_related(
        "case__type", "case__version__flow", "case__unit", "case__owner", "case__handler",
        "accused", "accused_unit", "cause",
    )  # fmt: skip


def registered_by(user: User) -> QuerySet[Complaint]:
    """What one brought in oneself: its number and how far it is, for every employee."""
    rows = Complaint.objects.filter(case__opened_by=user).exclude(accused=user)
    return rows.select_related("case__version__flow", "case__type")


def complaint_of(case: Case) -> Complaint | None:
    """What makes the case a complaint; None where it is none."""
    rows = Complaint.objects.select_related("accused_unit", "accused", "cause")
    return rows.filter(pk=case.pk).first()


def hides_complainant(user: User, complaint: Complaint) -> bool:
    """Whether who complains is kept back from this person: whoever works in the unit concerned,
    unless the complaint is theirs to settle (I-53)."""
    unit = complaint.accused_unit
    if unit is None or user.pk == complaint.case.owner_id:
        return False
    return unit.pk in units_of(user)


TOLD = CaseEvent.objects.filter(case=OuterRef("case"), kind=CaseEvent.Kind.TOLD)
SOLVED = Q(case__kind=Case.Kind.SOLVED)
# What the loop of replies waits for; a complaint that is closed or merged waits for nothing.
REPLIES = {
    "no_word": ~Exists(TOLD) & ~Q(case__kind__in=NOT_OPEN),
    "no_result": SOLVED & Q(case__fed_back_at=None),
    "no_answer": SOLVED & Q(case__fed_back_at__isnull=False, case__satisfaction=""),
}


def reply_counts(rows: QuerySet[Complaint]) -> dict[str, int]:
    """How many of these complaints wait for a word to the customer, for the result, for what the
    customer says to it."""
    counts = {name: Count("pk", filter=waits) for name, waits in REPLIES.items()}
    return rows.order_by().aggregate(**counts)


@dataclass(frozen=True, slots=True)
class ComplaintFilters:
    """Which complaints are listed; what is empty does not narrow."""

    state: str = ""
    grade: str = ""
    source: str = ""
    cause: int | None = None
    unit: int | None = None
    due: str = ""
    reply: str = ""
    text: str = ""

    def apply(self, rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
        """The rows that fit, in the order of what is due next."""
        rows = _in_state(rows, self.state)
        same = {"grade": self.grade, "source": self.source}
        rows = rows.filter(**{name: value for name, value in same.items() if value})
        if self.cause:
            rows = rows.filter(cause=self.cause)
        if self.unit:
            rows = rows.filter(accused_unit=self.unit)
        if self.due:
            rows = rows.filter(Q(case__is_late=True) | Q(case__next_due_at__lt=now()))
        if self.reply:
            rows = rows.filter(REPLIES[self.reply])
        if self.text:
            rows = rows.filter(
                Q(case__number__startswith=self.text) | Q(case__title__icontains=self.text)
                | Q(source_number__startswith=self.text)
            )  # fmt: skip
        return rows.order_by("case__next_due_at", "-case_id")


def _in_state(rows: QuerySet[Complaint], state: str) -> QuerySet[Complaint]:
    if state == "all":
        return rows
    if state in Case.Kind.values:
        return rows.filter(case__kind=state)
    return rows.exclude(case__kind=Case.Kind.CLOSED)
