"""Limits that clauses of a regulation demand: laid when it takes effect, ended with it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseType, ClockRule
from lingzhi.cases.queries.clauses import CLASSES, TYPES, alike, channels_of
from lingzhi.cases.queries.limits_kept import CLOCKS, HANDLING, terms_of
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.core.errors import DomainError

DAY = timedelta(days=1)
UNCOUNTED = (HANDLING, "promise")  # the length of a conversation; the time that was told


class NoSuchClock(DomainError):
    message = _("No clock of cases counts this; follow-ups have a control of their own.")


class NothingToBind(DomainError):
    message = _("There is no such type of case or no such channel here yet.")


@transaction.atomic
def demand_limit(binding: Binding, *, by: User | None) -> None:
    """The clause's limit holds for cases opened from its first day on. Twice changes nothing.

    The same clause with the same limit goes on as one row, whatever version it stands in.
    """
    clock = binding.values["clock"]
    if clock in UNCOUNTED:
        return
    terms = terms_of(binding.values)
    if clock not in CLOCKS or terms is None:
        raise NoSuchClock()
    wanted = list(_narrowed(binding))
    if not wanted:
        raise NothingToBind()
    kept = [
        pk for one in wanted for pk in _lay(binding, {"kind": CLOCKS[clock], **one, **terms}, by)
    ]
    ours = ClockRule.objects.filter(
        control_id__isnull=False, reference=binding.reference[:120], holds_in=binding.unit_id
    )
    _end(ours.exclude(pk__in=kept), binding.from_on - DAY, binding, by)


@transaction.atomic
def release_limit(binding: Binding, *, by: User | None) -> None:
    """The limit holds for the last time on the clause's last day; one that never held goes."""
    rows = ClockRule.objects.filter(control_id=binding.control_id, holds_in=binding.unit_id)
    _end(rows, binding.to_on or today() - DAY, binding, by)


@transaction.atomic
def cover_type(row: CaseType, *, by: User | None) -> None:
    """Limits that clauses demand of complaints hold for a new type of complaints, too; and so of
    whatever else clauses call by one name."""
    living = ClockRule.objects.filter(alike(row), control_id__isnull=False, to_on=None)
    one_each = {(one.control_id, one.channel_id, one.holds_in_id): one for one in living}
    for rule in one_each.values():
        rule.pk, rule.type, rule.from_on = None, row, max(rule.from_on, today())
        tail = f"_t{row.pk}"  # what tells the rule's unit and channel apart stands at the end
        rule.code, rule.number = rule.code[len(tail) - 40 :].lstrip("_0123456789") + tail, 1
        rule.save(force_insert=True)
        record(by, "cases.limit_set", rule, after={"code": rule.code}, reason=rule.reference)


def _end(rows: QuerySet[ClockRule], on: date, binding: Binding, by: User | None) -> None:
    for rule in rows.filter(Q(to_on=None) | Q(to_on__gt=on)):
        last = max(on, rule.from_on)
        record(by, "cases.limit_ended", rule, after={"to": str(last)}, reason=binding.reference)
        if rule.from_on > on and not rule.clocks.exists():
            rule.delete()
        else:
            ClockRule.objects.filter(pk=rule.pk).update(to_on=last)


def _narrowed(binding: Binding) -> Iterator[dict[str, Any]]:
    """One limit for each type or class that the clause means, and each channel."""
    case = binding.values["case"]
    types: Iterable[int | None] = [None]
    if case in TYPES:
        types = CaseType.objects.filter(TYPES[case], retired_at=None).values_list("pk", flat=True)
    wanted = channels_of(binding)
    channels: Iterable[int | None] = [None]
    if wanted:
        channels = Channel.objects.filter(code__in=wanted).values_list("pk", flat=True)
    for type_id, case_class, channel_id in product(types, CLASSES.get(case, ("",)), channels):
        yield {
            "type_id": type_id, "case_class": case_class, "channel_id": channel_id,
            "holds_in_id": binding.unit_id,
        }  # fmt: skip


def _lay(binding: Binding, fields: dict[str, Any], by: User | None) -> list[int]:
    reference = binding.reference[:120]
    known = ClockRule.objects.filter(
        **fields, control_id__isnull=False, reference=reference, from_on__lte=binding.from_on
    )
    open_ones = list(known.filter(Q(to_on=None) | Q(to_on__gte=binding.from_on - DAY)))
    if open_ones:
        return [_take_over(rule, binding, by) for rule in open_ones]
    code = _code(binding, fields)
    latest = ClockRule.objects.filter(code=code).aggregate(latest=Max("number"))["latest"] or 0
    rule = ClockRule.objects.create(
        **fields, code=code, number=latest + 1, from_on=binding.from_on, to_on=binding.to_on,
        control_id=binding.control_id, reference=reference,
    )  # fmt: skip
    after = {"code": code, "version": rule.number, "limit": str(rule.limit), "kind": rule.kind}
    record(by, "cases.limit_set", rule, after=after, reason=reference)
    return [rule.pk]


def _take_over(rule: ClockRule, binding: Binding, by: User | None) -> int:
    """The limit goes on as this version demands it."""
    said = {"control": rule.control_id, "to": str(rule.to_on or "")}
    rule.control_id, rule.to_on = binding.control_id, binding.to_on
    after = {"control": rule.control_id, "to": str(rule.to_on or "")}
    if after != said:
        rule.save(update_fields=["control_id", "to_on"])
        record(by, "cases.limit_taken_over", rule, before=said, after=after, reason=rule.reference)
    return rule.pk


def _code(binding: Binding, fields: dict[str, Any]) -> str:
    """A code that says which clause it is of: `s01_3_2_limit_normal_u1`."""
    parts = [fields[name] for name in ("type_id", "case_class", "channel_id") if fields[name]]
    narrowed = [f"u{binding.unit_id}", *map(str, parts)]
    tail = "_".join(narrowed)
    head = re.sub(r"[^a-z0-9]+", "_", binding.reference.lower())[: 39 - len(tail)]
    return f"{head.rstrip('_')}_{tail}"
