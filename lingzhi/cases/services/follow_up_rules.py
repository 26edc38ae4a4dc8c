"""Setting the rules by which customers are followed up, and what comes with the program."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseType, FollowUpRule, FollowUpScript
from lingzhi.cases.models.follow_ups import OF_CLAUSES
from lingzhi.cases.queries.call_windows import is_windows
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.scripts import save_script
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.models import Segment
from lingzhi_engine.clock import BadLimit, Limit, TimeBase, Unit

KEPT = ("trigger", "share_percent", "seed", "within_days", "tries")


class RuleEnded(DomainError):
    message = _("This rule was ended. Make a new one instead.")


class SetByClause(DomainError):
    message = _("A clause in force demands this: change the regulation instead.")


@transaction.atomic
def save_rule(
    rule: FollowUpRule, *, starts_at: datetime | None = None, of_clause: bool = False,
    by: User | None,
) -> FollowUpRule:  # fmt: skip
    """Keep a rule; a new one asks for what happens from `starts_at` on, by default from now.

    What a clause demands only the clause itself changes (`of_clause`). Raises BadInput, RuleEnded,
    SetByClause.
    """
    _require_sound(rule)
    was = FollowUpRule.objects.select_for_update().filter(pk=rule.pk).first()
    if rule.pk and (was is None or was.ended_at is not None):
        raise RuleEnded()
    if was is None:
        rule.starts_at = starts_at or now()
    elif not of_clause:
        _require_untouched(rule, was)
    _write(rule)
    after = {name: getattr(rule, name) for name in KEPT}
    record(by, "cases.follow_up_rule_saved", rule, after={"code": rule.code, **after})
    return rule


def _require_untouched(rule: FollowUpRule, was: FollowUpRule) -> None:
    """Whose it is, is no matter of who changes it: its clause may stand in another version now."""
    rule.reference, rule.control_id, rule.holds_in = was.reference, was.control_id, was.holds_in
    if was.reference and any(getattr(rule, name) != getattr(was, name) for name in OF_CLAUSES):
        raise SetByClause()


def _write(rule: FollowUpRule) -> None:
    taken = BadInput(_("Another rule has this code."), field="code")
    if FollowUpRule.objects.filter(code=rule.code).exclude(pk=rule.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:  # somebody else added it in this moment
        raise taken from None


def _require_sound(rule: FollowUpRule) -> None:
    if not is_windows(rule.windows):
        raise BadInput(_("Write times such as 09:00-12:00,14:00-20:00."), field="windows")
    if rule.trigger == FollowUpRule.Trigger.REGULAR and rule.segment is None:
        raise BadInput(_("Say which class of customers."), field="segment")
    try:
        Limit(rule.delay_amount, Unit(rule.delay_unit), TimeBase(rule.delay_base))
    except BadLimit:
        raise BadInput(
            _("Working days are counted in business time."), field="delay_base"
        ) from None


@transaction.atomic
def end_rule(rule: FollowUpRule, *, by: User) -> None:
    """It asks for nothing more. What it asked for so far stays to be done. Raises RuleEnded,
    SetByClause."""
    rows = FollowUpRule.objects.select_for_update().filter(pk=rule.pk, ended_at=None)
    was = rows.first()
    if was is None:
        raise RuleEnded()
    if was.reference:
        raise SetByClause()
    rows.update(ended_at=now())
    record(by, "cases.follow_up_rule_ended", rule, after={"code": rule.code})


@transaction.atomic
def lay_follow_up_built_ins(*, by: User | None) -> int:
    """The scripts and rules that come with the program, as far as they are missing; how many.

    A rule for a class of customers or a type of cases that is not there is left out.
    """
    found: dict[str, list[dict[str, Any]]] = built_in("follow_ups.yaml")
    lay_scripts(by=by)
    known = set(FollowUpRule.objects.values_list("code", flat=True))
    rules = [_rule_of(row) for row in found["rules"] if row["code"] not in known]
    for rule in filter(None, rules):
        save_rule(rule, by=by)
    return sum(rule is not None for rule in rules)


def lay_scripts(*, by: User | None) -> None:
    """The scripts that come with the program, as far as they are missing."""
    for content in built_in("follow_ups.yaml")["scripts"]:
        code = content.pop("code")
        if not FollowUpScript.objects.filter(code=code).exists():
            save_script(code, content, by=by)


def _rule_of(row: dict[str, Any]) -> FollowUpRule | None:
    links = {
        "script": FollowUpScript.objects.get(code=row["script"]),
        "type": CaseType.objects.filter(code=row.get("type", "")).first(),
        "segment": Segment.objects.filter(code=row.get("segment", "")).first(),
    }
    if any(row.get(name) and links[name] is None for name in ("type", "segment")):
        return None
    return FollowUpRule(**{**row, **links})
