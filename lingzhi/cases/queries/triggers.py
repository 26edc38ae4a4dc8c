"""What asks for a follow-up by a rule: cases solved or closed, conversations, age, regularity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from lingzhi.cases.models import Case, FollowUp, FollowUpRule
from lingzhi.cases.queries.by_clause import within
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import ANSWERED, published
from lingzhi.core.clock import midnight, now, today
from lingzhi.customers.models import Customer, Delivery
from lingzhi.customers.queries.files import live
from lingzhi.customers.queries.segments import belonging

LOOK_BACK = timedelta(days=7)  # what comes to light later than that asks for nothing any more
AHEAD = timedelta(days=30)  # so far dates are planned that are known beforehand
YEAR = 12
AT_ONCE = 2000
Rule, Kind = FollowUpRule.Trigger, Case.Kind


@dataclass(frozen=True, slots=True)
class Trigger:
    """One matter to be asked about; `key` names it for its rule."""

    key: str
    at: datetime
    customer: int | None
    case: int | None = None
    contact: int | None = None
    delivery: int | None = None
    unit: int | None = None
    served_by: int | None = None


def triggers_of(rule: FollowUpRule) -> Iterator[Trigger]:
    """What asks by this rule and has no follow-up yet, at most AT_ONCE at a time."""
    return _BY_TRIGGER[rule.trigger](rule)


def rules_in_use() -> QuerySet[FollowUpRule]:
    """The rules in force."""
    rows = FollowUpRule.objects.filter(ended_at=None, starts_at__lte=now())
    return rows.select_related("type", "segment", "script", "unit", "holds_in")


def is_drawn(rule: FollowUpRule, key: str) -> bool:
    """Whether this one is in the sample. The same seed and key give the same answer for ever."""
    digest = blake2b(f"{rule.seed}|{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64 * 100 < rule.share_percent


def _where(rule: FollowUpRule) -> Q:
    """A rule of a clause holds where its regulation does."""
    if not rule.reference:
        return Q()
    same = FollowUpRule.objects.filter(reference=rule.reference, ended_at=None)
    return within(rule, same.select_related("holds_in"))


def _since(rule: FollowUpRule) -> datetime:
    return max(rule.starts_at, now() - LOOK_BACK)


def _of_segment(rule: FollowUpRule, name: str = "customer__in") -> Q:
    if rule.segment is None:
        return Q()
    members = Customer.objects.filter(belonging(rule.segment)).order_by()
    return Q(**{name: members.values("pk")})


def _cases(rule: FollowUpRule) -> Iterator[Trigger]:
    moment = "closed_at" if rule.trigger == Rule.CLOSED else "solved_at"
    known = FollowUp.objects.filter(rule=rule, case=OuterRef("pk"), triggered_at=OuterRef(moment))
    kinds = (Kind.CLOSED,) if rule.trigger == Rule.CLOSED else (Kind.SOLVED, Kind.CLOSED)
    rows = Case.objects.filter(
        ~Exists(known), _of_segment(rule), _where(rule), kind__in=kinds,
        **{f"{moment}__gte": _since(rule)},
    )  # fmt: skip
    if rule.type is not None:
        rows = rows.filter(type=rule.type)
    if rule.case_class:
        rows = rows.filter(case_class=rule.case_class)
    if rule.level:
        rows = rows.filter(level__gte=rule.level)
    rows = rows.annotate(asked_at=F(moment)).order_by("pk")
    for case in rows.values(
        "pk", "cycle", "customer_id", "unit_id", "handler_id", "owner_id", "asked_at"
    )[:AT_ONCE]:
        yield Trigger(
            f"case/{case['pk']}/{case['cycle']}", case["asked_at"], case["customer_id"],
            case=case["pk"], unit=case["unit_id"],
            served_by=case["handler_id"] or case["owner_id"],
        )  # fmt: skip


def _events(rule: FollowUpRule) -> Iterator[Trigger]:
    known = FollowUp.objects.filter(rule=rule, contact=OuterRef("pk"))
    rows = published().filter(
        ~Exists(known), _of_segment(rule), _where(rule), ANSWERED,
        direction=Contact.Direction.IN, customer__isnull=False, ended_at__isnull=False,
        started_at__gte=_since(rule),
    )  # fmt: skip
    columns = ("pk", "ended_at", "customer_id", "unit_id", "agent_id")
    for pk, ended_at, customer, unit, agent in rows.order_by("pk").values_list(*columns)[:AT_ONCE]:
        yield Trigger(f"contact/{pk}", ended_at, customer, contact=pk, unit=unit, served_by=agent)


def _deliveries(rule: FollowUpRule) -> Iterator[Trigger]:
    """A project or contract in its time: monthly in its first year, quarterly later (R-FU-02)."""
    first, last = timezone.localdate(_since(rule)), today() + AHEAD
    rows = Delivery.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=first), _of_segment(rule), kind__in=Delivery.RUNNING,
        customer__in=live(), delivered_on__lt=last,
    )  # fmt: skip
    known = set(
        FollowUp.objects.filter(rule=rule, triggered_at__gte=midnight(first)).values_list(
            "key", flat=True
        )
    )
    columns = ("pk", "customer_id", "customer__manager_id", "delivered_on", "ended_on")
    for pk, customer, manager, begun, ended in rows.values_list(*columns).iterator(1000):
        for months, day in ages(rule, begun, first, min(last, ended or last)):
            key = f"delivery/{pk}/{months}"
            if key not in known:
                yield Trigger(key, midnight(day), customer, delivery=pk, served_by=manager)


def ages(rule: FollowUpRule, begun: date, first: date, last: date) -> Iterator[tuple[int, date]]:
    """The ages in months at which a follow-up falls between two days, with the day of each."""
    months = 0
    while True:
        months += rule.every_months if months < YEAR else rule.later_months
        day = months_after(begun, months)
        if day > last:
            return
        if day >= first:
            yield months, day


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for late in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(late, day.day))
        except ValueError:
            continue
    raise AssertionError  # every month has a 28th


def _regular(rule: FollowUpRule) -> Iterator[Trigger]:
    """Each customer of the class, every so many months from the day the rule came into force."""
    start = timezone.localdate(rule.starts_at)
    turns = list(_turns(start, rule.every_months))
    if not turns:
        return
    number, day = turns[-1]
    known = FollowUp.objects.filter(rule=rule, customer=OuterRef("pk"), triggered_at=midnight(day))
    rows = live().filter(~Exists(known), _of_segment(rule, "pk__in")).order_by("pk")
    for pk, manager in rows.values_list("pk", "manager_id")[:AT_ONCE]:
        yield Trigger(f"regular/{pk}/{number}", midnight(day), pk, served_by=manager)


def _turns(start: date, every: int) -> Iterator[tuple[int, date]]:
    number = 0
    while (day := months_after(start, number * every)) <= today():
        yield number, day
        number += 1


_BY_TRIGGER = {
    Rule.SOLVED.value: _cases, Rule.CLOSED.value: _cases, Rule.EVENT.value: _events,
    Rule.DELIVERY.value: _deliveries, Rule.REGULAR.value: _regular,
}  # fmt: skip
