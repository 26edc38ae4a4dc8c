"""Follow-ups: who sees which, the queue of a caller, and what is planned."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, FollowUp, ScriptVersion
from lingzhi.cases.queries.people import READ
from lingzhi.core.clock import midnight, now, today
from lingzhi.customers.models import Customer
from lingzhi.org.queries import reach
from lingzhi_engine.script import Script, joined

State = FollowUp.State
SHOWN = (
    "rule", "customer", "case", "delivery", "unit", "person", "served_by", "contact",
)  # fmt: skip


def follow_ups_visible_to(user: User) -> QuerySet[FollowUp]:
    """What one calls, and what lies within reach. Who served the customer sees it afterwards."""
    shown = Q(person=user) | Q(served_by=user, ended_at__isnull=False)
    for path in reach(user, READ).paths:
        shown |= Q(unit__path__startswith=path)
    if reach(user, READ).is_everything:
        shown |= Q(unit=None)
    return FollowUp.objects.filter(shown).select_related(*SHOWN)


def queue_of(person: User) -> QuerySet[FollowUp]:
    """What this person has to call, in the order of the next try; a running call first."""
    rows = FollowUp.objects.filter(person=person, state=State.OPEN).select_related(*SHOWN)
    return rows.order_by("next_at", F("due_at").asc(nulls_last=True), "pk")


def next_of(person: User) -> FollowUp | None:
    """The next customer to call (下一位客户): due first, of those whose time has come."""
    running = queue_of(person).filter(attempts__ended_at=None, attempts__isnull=False).first()
    ready = queue_of(person).filter(next_at__lte=now())
    return running or ready.order_by(F("due_at").asc(nulls_last=True), "pk").first()


@dataclass(frozen=True, slots=True)
class FollowUpFilters:
    """Which follow-ups are listed; what is empty does not narrow."""

    whose: str = ""
    state: str = ""
    rule: int | None = None
    answer: str = ""

    def apply(self, rows: QuerySet[FollowUp], me: User) -> QuerySet[FollowUp]:
        """The rows that fit, the next try first, ended ones by their end."""
        if self.whose == "mine":
            rows = rows.filter(person=me)
        if self.rule:
            rows = rows.filter(rule=self.rule)
        if self.answer:
            rows = rows.filter(unhappy())
        if self.answer == "nothing_done":
            rows = rows.filter(results=None)
        if self.state == "all":
            return rows.order_by("-pk")
        rows = rows.filter(state=self.state or State.OPEN)
        return rows.order_by("next_at" if not self.state else "-triggered_at", "pk")


def unhappy() -> Q:
    """A filter for what customers said is not well."""
    return Q(state=State.DONE) & (Q(satisfaction__lt=0.5) | Q(service__lt=0.5))


def archive_of(customer: Customer) -> QuerySet[FollowUp]:
    """All that was asked of a customer, or is going to be (回访档案), the newest first."""
    rows = FollowUp.objects.filter(customer=customer).exclude(state=State.NOT_DRAWN)
    return rows.select_related("rule", "case", "delivery", "person").order_by(
        "-triggered_at", "-pk"
    )


def with_open_complaint(customers: list[int]) -> dict[int, set[int]]:
    """Customers whose complaint is not closed, with the cases it is."""
    rows = Case.objects.filter(customer__in=customers, type__code="complaint")
    rows = rows.exclude(kind=Case.Kind.CLOSED).order_by()
    found: dict[int, set[int]] = {}
    for customer, case in rows.values_list("customer_id", "pk"):
        if customer is not None:
            found.setdefault(customer, set()).add(case)
    return found


def planned_by_day(rows: QuerySet[FollowUp], days: int) -> list[tuple[date, int, int]]:
    """How many fall due on each of the coming days, by rule."""
    coming = rows.filter(
        state__in=FollowUp.LIVING, from_at__lt=midnight(today() + timedelta(days=days))
    ).order_by()
    counted = coming.annotate(day=TruncDate("from_at")).values("day", "rule_id")
    return [
        (max(one["day"], today()), one["rule_id"], one["number"])
        for one in counted.annotate(number=Count("pk")).order_by("day", "rule_id")
    ]


def script_of(follow_up: FollowUp) -> tuple[ScriptVersion, Script]:
    """What is asked: the script of its rule, and what those merged into it ask beyond that.

    Once it was answered, in the version in which it was asked.
    """
    version = follow_up.script or _newest(follow_up)
    merged = follow_up.merged.select_related("rule__script").order_by("pk")
    others = {one.rule.script_id: _newest(one) for one in merged}
    others.pop(version.script_id, None)
    return version, joined([version.read(), *(one.read() for one in others.values())])


def _newest(follow_up: FollowUp) -> ScriptVersion:
    newest = follow_up.rule.script.newest
    assert newest is not None  # a script begins with its first version
    return newest


def cases_of(follow_up: FollowUp) -> list[Case]:
    """The cases that one conversation is about."""
    keys = [follow_up.case_id, *follow_up.merged.values_list("case", flat=True)]
    rows = Case.objects.filter(pk__in=[key for key in keys if key is not None])
    return list(rows.select_related("version__flow", "type", "unit").order_by("pk"))
