"""Planned follow-ups fall due: opened, put off, suppressed with a reason, or asked together."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from lingzhi.cases.models import Case, FollowUp, FollowUpRule, FollowUpTry
from lingzhi.cases.queries.call_windows import Windows
from lingzhi.cases.queries.callers import Callers, served
from lingzhi.cases.queries.follow_ups import with_open_complaint
from lingzhi.core.clock import now
from lingzhi.customers.models import Purpose
from lingzhi.customers.queries.outreach import Permission, Why, may_ask, may_ask_each

State, Reason = FollowUp.State, FollowUp.Why
AT_ONCE = 500
TOGETHER = timedelta(days=3)  # what falls due so soon after is asked in the same conversation


def open_follow_ups() -> int:
    """Open what has fallen due, give each to a caller; how many customers are to be called."""
    _call_off_reopened()
    rows = FollowUp.objects.filter(state=State.PLANNED, from_at__lte=now(), customer__isnull=False)
    due = list(rows.order_by("from_at", "pk").values_list("customer", flat=True)[:AT_ONCE])
    customers = list(dict.fromkeys(due))
    if not customers:
        return 0
    complaints, callers, windows = with_open_complaint(customers), Callers(), Windows()
    allowed = may_ask_each(customers, Purpose.FOLLOW_UP)
    groups: dict[int, list[FollowUp]] = defaultdict(list)
    for one in _coming(customers):
        groups[one.customer_id or 0].append(one)
    opened = 0
    for customer, group in groups.items():
        asked = _unless_suppressed(group, allowed[customer], complaints.get(customer, set()))
        opened += bool(asked) and _open(asked, callers, windows)
    return opened


def _coming(customers: list[int]) -> list[FollowUp]:
    """What is planned for these customers now and in the next days, what is due first in front."""
    rows = FollowUp.objects.filter(
        state=State.PLANNED, customer__in=customers, from_at__lte=now() + TOGETHER
    ).select_related("rule__script", "unit", "case", "customer")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "pk"))


def _unless_suppressed(
    group: list[FollowUp], usual: Permission, complaints: set[int]
) -> list[FollowUp]:
    """Those of one customer that may be asked now. Whoever was asked lately may be asked later,
    as long as that is in time; what cannot be is suppressed with its reason."""
    left = []
    for one in group:
        allowed = _again(one) or usual
        if complaints - {one.case_id}:
            _suppress(one, Reason.COMPLAINT_OPEN)
        elif allowed.is_given or (allowed.why == Why.ASKED_RECENTLY and _is_spoken_with(one)):
            left.append(one)
        elif allowed.until is not None and one.due_at is not None and allowed.until <= one.due_at:
            FollowUp.objects.filter(pk=one.pk, state=State.PLANNED).update(from_at=allowed.until)
        else:
            _suppress(one, Reason(allowed.why.value))
    return left


def _again(one: FollowUp) -> Permission | None:
    """Whether one may ask again about a case that was reopened and done again; else None."""
    if one.case is None or one.case.cycle == 1 or one.customer is None:
        return None
    return may_ask(one.customer, Purpose.FOLLOW_UP, besides=one.asked_about)


def _is_spoken_with(one: FollowUp) -> bool:
    """Whether a conversation with this customer is open: what is asked there is no new asking."""
    return FollowUp.objects.filter(customer=one.customer_id, state=State.OPEN).exists()


def _suppress(one: FollowUp, why: str) -> None:
    FollowUp.objects.filter(pk=one.pk, state=State.PLANNED).update(
        state=State.SUPPRESSED, why=why, ended_at=now()
    )


@transaction.atomic
def _open(group: list[FollowUp], callers: Callers, windows: Windows) -> int:
    """One conversation for all of them (I-49): the first is opened, the others become part of it.

    Where one is open already, all become part of that.
    """
    first = group[0]
    main = _open_one(first.customer_id) or first
    rest = [one for one in group if one.pk != main.pk]
    besides = served(main).union(*(served(one) for one in rest))
    facts: dict[str, object] = {}
    if main is first:
        facts = {"state": State.OPEN, "next_at": windows.next_time(main.rule, main.unit, now())}
    if main.person_id is None or main.person_id in besides:
        facts["person"] = callers.take(main.unit, besides)
    claimed = FollowUp.objects.filter(pk=main.pk, state=main.state).update(**facts) if facts else 1
    if not claimed:
        return 0
    FollowUp.objects.filter(pk__in=[one.pk for one in rest], state=State.PLANNED).update(
        state=State.MERGED, merged_into=main
    )
    return int(main is first)


def _open_one(customer: int | None) -> FollowUp | None:
    rows = FollowUp.objects.filter(customer=customer, state=State.OPEN)
    return rows.select_related("rule", "unit", "case").first()


def _call_off_reopened() -> None:
    """A case that is in work again is followed up when it is done again."""
    running = FollowUpTry.objects.filter(follow_up=OuterRef("pk"), ended_at=None)
    rows = FollowUp.objects.filter(
        ~Exists(running), state__in=FollowUp.LIVING, rule__trigger__in=FollowUpRule.OF_CASES,
        case__kind__in=(Case.Kind.OPEN, Case.Kind.WAITING), merged=None,
    )  # fmt: skip
    keys = list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE])
    FollowUp.objects.filter(pk__in=keys, state__in=FollowUp.LIVING).update(
        state=State.CALLED_OFF, why=Reason.REOPENED, ended_at=now()
    )


def give_waiting() -> int:
    """Open ones that nobody calls, because nobody could when they fell due; how many were given."""
    callers, given = Callers(), 0
    rows = FollowUp.objects.filter(state=State.OPEN, person=None).select_related("unit", "case")
    for one in rows[:AT_ONCE]:
        person = callers.take(one.unit, served(one))
        if person is not None:
            given += FollowUp.objects.filter(pk=one.pk, person=None).update(person=person)
    return given
