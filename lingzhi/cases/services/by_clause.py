"""What clauses of the rulebook put among the rules and matrices of cases, and take out again.

Each row carries its source. A later version of the same regulation takes its row over; the end of
a clause takes out what is still its own, and twice does no harm.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import (
    Authority,
    CaseType,
    ClockRule,
    Duty,
    FollowUpRule,
    FollowUpScript,
    FormTemplate,
)
from lingzhi.cases.queries.clauses import CLASSES, TYPES, alike
from lingzhi.cases.queries.flow_steps import STEPS
from lingzhi.cases.services.follow_up_rules import lay_scripts, save_rule
from lingzhi.cases.services.paper import lay_templates
from lingzhi.core.clock import midnight, now
from lingzhi.core.controls import Binding
from lingzhi.core.errors import DomainError
from lingzhi.customers.models import Segment

ALL = "all"
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
AFTER_A_YEAR = 3  # months between follow-ups of what was delivered more than a year ago
Trigger = FollowUpRule.Trigger


class OnSomeChannels(DomainError):
    message = _("This holds for all channels: it cannot be tried out on some of them.")


class NoSuchClass(DomainError):
    message = _("The clause names a class of customers that is not kept here.")


class NoSuchType(DomainError):
    message = _("The clause names a type of cases that is not kept here.")


class NoSuchForm(DomainError):
    message = _("The clause names a form that is not kept here.")


class FreeWords(DomainError):
    message = _("The clause says this in free words only: adopt the newer edition of the pack.")


def watch_steps(binding: Binding, *, by: User | None) -> None:
    """Raises FreeWords where nobody could tell whether the steps were taken."""
    if any(not isinstance(one, str) or one not in STEPS for one in binding.values["steps"]):
        raise FreeWords()


@transaction.atomic
def demand_follow_ups(binding: Binding, *, by: User | None) -> None:
    """A follow-up rule for each class of customers and each type of cases that the clause means,
    from its first day on.

    Raises FreeWords, NoSuchClass, NoSuchType, OnSomeChannels.
    """
    _require_all_channels(binding)
    if binding.values["trigger"] not in Trigger.values:
        raise FreeWords()
    if not FollowUpScript.objects.exists():
        lay_scripts(by=by)
    kept = []
    for segment, kind in product(_audience(binding.values), _types(binding.values)):
        known = _own(FollowUpRule, binding).filter(segment=segment, type=kind, ended_at=None)
        rule = known.first() or FollowUpRule(
            code=_code(binding.control_id, binding.reference), script=_script(binding)
        )
        rule.segment, rule.type = segment, kind
        _write(rule, binding)
        kept.append(save_rule(rule, starts_at=midnight(binding.from_on), of_clause=True, by=by).pk)
    _end_rules(_own(FollowUpRule, binding).exclude(pk__in=kept), by)


@transaction.atomic
def cover_follow_ups(row: CaseType, *, by: User | None) -> None:
    """What clauses ask after such cases is asked after those of a new type, too, from now on."""
    living = FollowUpRule.objects.filter(alike(row), control_id__isnull=False, ended_at=None)
    one_each = {(one.control_id, one.holds_in_id, one.segment_id): one for one in living}
    for rule in one_each.values():
        rule.pk, rule.type, rule.code = None, row, _code(rule.control_id, rule.reference)
        save_rule(rule, starts_at=max(rule.starts_at, now()), of_clause=True, by=by)


def _own(model: Any, binding: Binding) -> Any:
    return model.objects.filter(reference=binding.reference[:120], holds_in=binding.unit_id)


def _require_all_channels(binding: Binding) -> None:
    if binding.channels:
        raise OnSomeChannels()


def _audience(values: Mapping[str, Any]) -> Iterator[Segment | None]:
    for code in values["audience"]:
        segment = Segment.objects.filter(code=code, retired_at=None).first()
        if code != ALL and segment is None:
            raise NoSuchClass()
        yield segment


def _code(control_id: int | None, reference: str) -> str:
    number = FollowUpRule.objects.filter(reference=reference[:120]).count() + 1
    return f"clause_{control_id}_{number}"


def _script(binding: Binding) -> FollowUpScript:
    wanted = "project" if binding.values["trigger"] == Trigger.DELIVERY else "usual"
    scripts = FollowUpScript.objects.order_by("pk")
    return scripts.filter(code=wanted).first() or scripts[0]


def _write(rule: FollowUpRule, binding: Binding) -> None:
    values = binding.values
    _mark(rule, binding)
    case = values.get("case") or ALL
    rule.title = dict(binding.title)
    rule.trigger = values["trigger"]
    rule.case_class = str(CLASSES[case][0]) if case in CLASSES else ""
    rule.within_days = int(values["within"])
    rule.within_unit = values.get("within_unit") or ClockRule.UnitOfTime.WORKING_DAYS
    rule.share_percent = int(values.get("sample") or 100)
    rule.every_months = MONTHS.get(values.get("cadence", ""), 1)
    rule.later_months = max(rule.every_months, AFTER_A_YEAR)
    if rule.trigger in (Trigger.DELIVERY, Trigger.REGULAR):
        rule.unit_id = binding.unit_id


def _mark(row: FollowUpRule | Duty | Authority, binding: Binding) -> None:
    row.reference, row.control_id = binding.reference[:120], binding.control_id
    row.holds_in_id = binding.unit_id


def _types(values: Mapping[str, Any]) -> Iterator[CaseType | None]:
    case = values.get("case") or ALL
    if case not in TYPES:
        yield None
        return
    found = CaseType.objects.filter(TYPES[case], retired_at=None).order_by("order", "pk")
    if not found:
        raise NoSuchType()
    yield from found


@transaction.atomic
def release_follow_ups(binding: Binding, *, by: User | None) -> None:
    """The clause's rules ask for nothing more; what they asked for so far stays to be done."""
    _end_rules(_own(FollowUpRule, binding).filter(control_id=binding.control_id), by)


def _end_rules(rows: QuerySet[FollowUpRule], by: User | None) -> None:
    for rule in rows.filter(ended_at=None):
        FollowUpRule.objects.filter(pk=rule.pk).update(ended_at=now())
        record(by, "cases.follow_up_rule_ended", rule, after={"code": rule.code})


@transaction.atomic
def demand_duty(binding: Binding, *, by: User | None) -> None:
    """A line of the duty matrix. The unit that the house named for it stays. Raises
    OnSomeChannels."""
    _require_all_channels(binding)
    values = binding.values
    duty = _own(Duty, binding).first() or Duty()
    _mark(duty, binding)
    duty.task, duty.role, duty.grade = values["stage"], values["role"], values.get("grade", "")
    duty.title = dict(values["department"])
    duty.order = int(values.get("order") or 1)
    duty.pack = binding.reference.split(" ")[0][:20]
    duty.save()
    record(by, "cases.clause_demanded", duty, after={"clause": duty.reference, "task": duty.task})


@transaction.atomic
def demand_authority(binding: Binding, *, by: User | None) -> None:
    """A line of the matrix of who agrees to remedies. Raises OnSomeChannels."""
    _require_all_channels(binding)
    line = _own(Authority, binding).first() or Authority()
    _mark(line, binding)
    line.grade, line.up_to = binding.values.get("grade", ""), binding.values.get("up_to")
    line.roles = list(binding.values.get("roles") or [])
    line.save()
    record(by, "cases.clause_demanded", line, after={"clause": line.reference, "line": str(line)})


@transaction.atomic
def release_lines(
    model: type[Duty] | type[Authority], binding: Binding, *, by: User | None
) -> None:
    """The clause's own line goes; the house's lines hold again."""
    for line in _own(model, binding).filter(control_id=binding.control_id):
        record(by, "cases.clause_released", line, before={"clause": line.reference})
        line.delete()


def require_form(binding: Binding, *, by: User | None) -> None:
    """The form is there to be begun: those of the program are laid. Raises NoSuchForm."""
    lay_templates()
    if not FormTemplate.objects.filter(code=binding.values["form"], retired_at=None).exists():
        raise NoSuchForm()
