"""Cases: who sees which, and the lists of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Blame, Case, CaseEvent, Clock, Complaint, Consulted, HandOver
from lingzhi.cases.queries.completeness import incomplete
from lingzhi.cases.queries.dispatch import within_orders
from lingzhi.cases.queries.fields import Value, saying
from lingzhi.cases.queries.people import READ, units_of
from lingzhi.core.clock import midnight, now
from lingzhi.org.queries import Reach, reach

SOON = timedelta(hours=4)
NOT_OPEN = (Case.Kind.CLOSED, Case.Kind.MERGED)


def cases_visible_to(user: User) -> QuerySet[Case]:
    """What one answers for or handles, what lies in one's unit, is offered or was dispatched to it,
    what one was asked about, and whatever is within reach; never a complaint about oneself."""
    units, within = units_of(user), reach(user, READ)
    shown = Q(owner=user) | Q(handler=user) | Q(opened_by=user) | Q(unit__in=units)
    shown |= within.over("unit__path", "handler_id") | _asked(user, units, within)
    rows = Case.objects.filter(shown)
    rows = rows.filter(~Exists(complaints_about(user).filter(pk=OuterRef("pk"))))
    return rows.select_related("type", "version__flow", "unit", "owner", "handler", "customer")


def sees(user: User, case: Case) -> bool:
    """The same question for one case in memory, what is known without looking first."""
    if complaints_about(user).filter(pk=case.pk).exists():
        return False
    units, within = units_of(user), reach(user, READ)
    if user.pk in (case.owner_id, case.handler_id, case.opened_by_id) or case.unit_id in units:
        return True
    if within.covers(case.unit, case.handler_id):
        return True
    return Case.objects.filter(_asked(user, units, within), pk=case.pk).order_by().exists()


def _asked(user: User, units: list[int], within: Reach) -> Q:
    """Cases dispatched to these units or within reach, offered to them, or put to the person."""
    consulted = Consulted.objects.filter(complaint=OuterRef("pk"), person=user)
    found = Q(within_orders(units, within)) | Q(Exists(consulted))
    if units:
        offered = HandOver.objects.filter(case=OuterRef("pk"), answered_at=None, unit__in=units)
        found |= Q(Exists(offered))
    return found


def complaints_about(person: User) -> QuerySet[Complaint]:
    """Complaints about the person, who never sees or handles them (回避)."""
    blamed = Blame.objects.filter(complaint=OuterRef("pk"), person=person)
    return Complaint.objects.filter(Q(accused=person) | Exists(blamed))


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """Which cases are listed; what is empty does not narrow. `own` are values of own fields."""

    whose: str = ""
    kind: str = ""
    type: int | None = None
    case_class: str = ""
    due: str = ""
    records: str = ""
    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    own: Mapping[str, Value] = field(default_factory=dict)

    def apply(self, rows: QuerySet[Case], me: User) -> QuerySet[Case]:
        """The rows that fit, in the order of their nearest due time."""
        rows = self._of_whom(rows, me)
        rows = _of_kind(rows, self.kind)
        if self.type:
            rows = rows.filter(type=self.type)
        if self.case_class:
            rows = rows.filter(case_class=self.case_class)
        if self.from_on:
            rows = rows.filter(opened_at__gte=midnight(self.from_on))
        if self.to_on:
            rows = rows.filter(opened_at__lt=midnight(self.to_on + timedelta(days=1)))
        if self.due:
            rows = rows.filter(_DUE[self.due]())
        if self.records == "lacking":
            rows = rows.filter(incomplete())
        if self.text:
            rows = rows.filter(Q(number__startswith=self.text) | Q(title__icontains=self.text))
        return saying(rows, self.own)

    def _of_whom(self, rows: QuerySet[Case], me: User) -> QuerySet[Case]:
        if self.whose == "mine":
            return rows.filter(handler=me)
        if self.whose == "owned":
            return rows.filter(owner=me)
        if self.whose == "team":
            return rows.filter(unit__in=units_of(me))
        if self.whose == "nobody":
            return rows.filter(handler=None)
        return rows


def _of_kind(rows: QuerySet[Case], kind: str) -> QuerySet[Case]:
    if kind == "all":
        return rows
    return rows.filter(kind=kind) if kind else rows.exclude(kind__in=NOT_OPEN)


def _late() -> Q:
    return Q(is_late=True) | Q(next_due_at__lt=now())


def _soon() -> Q:
    return Q(next_due_at__gte=now(), next_due_at__lt=now() + SOON)


_DUE = {"late": _late, "soon": _soon}


def history_of(case: Case) -> QuerySet[CaseEvent]:
    """All that happened to it, the newest first."""
    return case.events.select_related("by", "person", "unit", "other").order_by("-id")


def clocks_of(case: Case) -> QuerySet[Clock]:
    """Its clocks: the living ones first."""
    rows = case.clocks.select_related("rule", "calendar").prefetch_related("events")
    return rows.order_by("ended_at", "due_at", "id")


def open_hand_over(case: Case) -> HandOver | None:
    """The hand-over that waits for an answer."""
    return case.hand_overs.filter(answered_at=None).select_related("unit", "asked_by").first()
