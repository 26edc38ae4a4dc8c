"""Putting to work what a rulebook demands of conversations, and taking it out again."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding
from lingzhi.core.errors import DomainError
from lingzhi.inspections.canonical import Body
from lingzhi.inspections.models import InspectionRun, Rule, RuleVersion
from lingzhi.inspections.phrases import body_of, code_for, demand_of, demanded_in
from lingzhi.inspections.queries.demands import PHRASES
from lingzhi.inspections.queries.holding import MARK
from lingzhi.inspections.services.adopting import adopt_some_first_rules
from lingzhi.inspections.services.judging import snapshot_now
from lingzhi.inspections.services.rules import (
    activate_version,
    create_rule,
    retire_version,
    save_draft,
)
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import start_run
from lingzhi.rulebook.queries import controls_in_force

State = RuleVersion.State
RUN = "inspections.run_inspection"


class RuleNotInForce(DomainError):
    """A rule that a clause names is there, but a person has it in draft, in shadow or retired."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(
            _("These rules are not in force: %(rules)s. Put them into force first.")
            % {"rules": ", ".join(sorted(codes))}
        )


def mark_of(binding: Binding) -> str:
    """How a rule that is there because of a clause is marked, whoever adopted the clause."""
    return f"{MARK}{binding.reference}"


# --- rules that a clause names ------------------------------------------------------------------


@transaction.atomic
def demand_rules(binding: Binding, *, by: User | None) -> None:
    """Put the rules that a clause names into force; those that are stay as they are.

    Raises RuleNotInForce where a person keeps a rule out of force: a clause does not overrule
    that.
    """
    codes = list(binding.values["rules"])
    refused = [rule.code for rule in Rule.objects.filter(code__in=codes) if not _agrees(rule, by)]
    if refused:
        raise RuleNotInForce(refused)
    if adopt_some_first_rules(codes, note=mark_of(binding), by=by):
        inspect_again(by=by)


def _agrees(rule: Rule, by: User | None) -> bool:
    """Whether a rule is in force, if need be again after another clause had it taken out."""
    newest = rule.versions.exclude(state=State.DRAFT).first()
    if rule.versions.filter(state=State.ACTIVE).exists():
        return True
    if newest is None or newest.state != State.RETIRED or newest.note != newest.retire_reason:
        return False
    _put_into_force(rule, newest.body, newest.note, by)
    return True


@transaction.atomic
def release_rules(binding: Binding, *, by: User | None) -> None:
    """Retire the rules that only this clause brought in and nobody took over meanwhile."""
    needed = {
        code
        for other in controls_in_force(today(), today(), kind=binding.kind)
        if (other.control_id, other.unit_id) != (binding.control_id, binding.unit_id)
        for code in other.values.get("rules", ())
    }
    free = [code for code in binding.values.get("rules", ()) if code not in needed]
    _retire(free, binding, by)


def _retire(codes: Collection[str], binding: Binding, by: User | None) -> None:
    rows = RuleVersion.objects.filter(
        rule__code__in=codes, rule__owner=None, state=State.ACTIVE, note=mark_of(binding)
    )
    for version in rows.select_related("rule"):
        retire_version(version, reason=mark_of(binding), by=by)


# --- words that a clause demands or forbids -----------------------------------------------------


@transaction.atomic
def demand_phrases(binding: Binding, *, by: User | None) -> None:
    """Put a rule with the words of a clause into force; other words are a new version of it.

    A rule with the very same words is shared, whatever clause it came from.
    """
    wanted = demand_of(binding.values)
    active = RuleVersion.objects.filter(rule__code__startswith=PHRASES, state=State.ACTIVE)
    if any(demanded_in(version.body) == wanted for version in active):
        return
    rule = Rule.objects.filter(code=_code(binding)).first()
    if rule is None:
        draft = create_rule(body_of(_code(binding), binding), note=mark_of(binding), by=None)
        activate_version(draft, reason=mark_of(binding), by=by)
    else:
        _put_into_force(rule, body_of(rule.code, binding), mark_of(binding), by)
    inspect_again(by=by)


def _code(binding: Binding) -> str:
    """The code of the clause's rule; one for each unit where several have words of their own."""
    code = code_for(binding)
    return f"{code}_{binding.unit_id}" if _others(binding) else code


def _others(binding: Binding) -> list[Binding]:
    """The same control of the same pack in force for other units, with other words."""
    return [
        other
        for other in controls_in_force(today(), today(), kind=binding.kind)
        if code_for(other) == code_for(binding)
        and other.unit_id != binding.unit_id
        and demand_of(other.values) != demand_of(binding.values)
    ]


@transaction.atomic
def release_phrases(binding: Binding, *, by: User | None) -> None:
    """Retire the rule with these words, unless another clause in force asks for the same."""
    wanted = demand_of(binding.values)
    for other in controls_in_force(today(), today(), kind=binding.kind):
        is_other = (other.control_id, other.unit_id) != (binding.control_id, binding.unit_id)
        if is_other and demand_of(other.values) == wanted:
            return
    active = RuleVersion.objects.filter(rule__code__startswith=PHRASES, state=State.ACTIVE)
    codes = [
        version.rule.code
        for version in active.select_related("rule")
        if demanded_in(version.body) == wanted
    ]
    _retire(codes, binding, by)


def _put_into_force(rule: Rule, body: Body, note: str, by: User | None) -> None:
    draft = save_draft(rule, body, note=note, by=by)
    activate_version(draft, reason=note, by=by)


# --- the conversations that are there already ---------------------------------------------------


@transaction.atomic
def inspect_again(*, by: User | None) -> InspectionRun:
    """Queue a run of the rules over every stored conversation; one that waits already is used."""
    snapshot = snapshot_now()
    waiting = InspectionRun.objects.select_for_update().filter(
        run__kind=RUN, run__state=Run.State.QUEUED, started_by=None, filters={}
    )
    started = waiting.first()
    if started is None:
        label = _("Conversations that are there, by the new rules")
        run = start_run(RUN, label, by=by, total=conversations(published()).count())
        return InspectionRun.objects.create(
            run=run, snapshot=snapshot, filters=Filters().as_json(), started_by=None
        )
    started.snapshot = snapshot
    started.save(update_fields=["snapshot"])
    return started
