"""Moving a rule between shadow, assist, automatic and suspended (信任闸门).

Nobody is asked before a rule falls: it falls in the night its figures say so. Upwards a person puts
a version in shadow into force, as ever; from assist to automatic a person confirms it, unless the
company let rules rise by themselves.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import RuleTrust, RuleVersion, TrustMove, TrustPolicy
from lingzhi.inspections.queries.results import Tally
from lingzhi.inspections.queries.trust import (
    Weighed,
    living_versions,
    sizes_of_versions,
    stage_of,
    trust_policy,
    weighed,
)
from lingzhi.inspections.services.suspending import answering, suspend_version
from lingzhi.inspections.services.telling import Title
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.queries import assignments_on
from lingzhi_engine.stats import Trust, TrustDecision, TrustReason, decide_trust

ORDER = [Trust.SUSPENDED, Trust.SHADOW, Trust.ASSIST, Trust.AUTOMATIC]


class NotReady(DomainError):
    message = _("The figures of this rule do not reach what is asked of an automatic rule.")


class NotAutomatic(DomainError):
    message = _("This rule is not automatic.")


def weigh_rules() -> dict[str, int]:
    """Weigh every version that judges, and move those that must; how many went up and down."""
    policy = trust_policy()
    sizes = sizes_of_versions(policy.days)
    moves = {"up": 0, "down": 0}
    for version in living_versions():
        was, stage = stage_of(version), weigh_rule(version, sizes.get(version.pk, Tally()), policy)
        if was is not None and stage is not was:
            moves["up" if ORDER.index(stage) > ORDER.index(was) else "down"] += 1
    return moves


@transaction.atomic
def weigh_rule(version: RuleVersion, size: Tally, policy: TrustPolicy) -> Trust:
    """Keep the figures of a version and do what follows from them; the stage from now on."""
    locked = living_versions().select_for_update(of=("self",)).get(pk=version.pk)
    stage = stage_of(locked)
    if stage is None or stage is Trust.SUSPENDED:
        return Trust.SUSPENDED
    found = weighed(locked, size, policy.days)
    decision = decide_trust(stage, found.evidence, policy.thresholds())
    trust = _kept(locked, found, decision)
    if ORDER.index(decision.trust) < ORDER.index(stage):
        return _fall(trust, stage, decision)
    if decision.trust is Trust.AUTOMATIC and stage is Trust.ASSIST and policy.rises_by_itself:
        _rise(trust, note="", by=None)
        return Trust.AUTOMATIC
    _offer(trust, "" if decision.trust is stage else decision.trust.value)
    return stage


def _kept(version: RuleVersion, found: Weighed, decision: TrustDecision) -> RuleTrust:
    figures = {
        "evidence": found.as_data(), "reasons": _as_data(decision.reasons), "weighed_at": now(),
    }  # fmt: skip
    RuleTrust.objects.update_or_create(
        version=version, defaults=figures, create_defaults={**figures, "since": now()}
    )
    return RuleTrust.objects.select_related("version__rule__owner").get(version=version)


def _as_data(reasons: Sequence[TrustReason]) -> list[dict[str, Any]]:
    return [
        {"cause": one.cause.value, "seen": round(float(one.seen), 6), "asked": float(one.asked)}
        for one in reasons
    ]


def _fall(trust: RuleTrust, stage: Trust, decision: TrustDecision) -> Trust:
    """One step down, or out: nobody has to consent."""
    version = trust.version
    if decision.trust is Trust.SUSPENDED:
        first = decision.reasons[0]
        suspend_version(version, f"trust:{first.cause.value}:{first.seen:.4f}:{first.asked:.4f}")
    elif decision.trust is Trust.SHADOW:
        RuleVersion.objects.filter(pk=version.pk, state=RuleVersion.State.ACTIVE).update(
            state=RuleVersion.State.SHADOW, shadowed_at=now(), retired_at=now()
        )
    _move(trust, stage, decision.trust)
    title = {
        Trust.SUSPENDED: _("Suspended, because it is wrong too often: {rule}"),
        Trust.SHADOW: _("Back in the shadow: {rule}"),
        Trust.ASSIST: _("Assists only, no longer automatic: {rule}"),
    }[decision.trust]
    settle_matter(_matter(version))
    is_told = decision.trust is Trust.SUSPENDED  # the suspension told who answers for the rule
    _tell(
        version, format_lazy(title, rule=Title(version)), but=answering(version) if is_told else ()
    )
    return decision.trust


def _offer(trust: RuleTrust, ready_for: str) -> None:
    """Tell once that the next step can be taken; a person takes it."""
    changed = RuleTrust.objects.filter(pk=trust.pk).exclude(ready_for=ready_for)
    if not changed.update(ready_for=ready_for):
        return
    if not ready_for:
        settle_matter(_matter(trust.version))
        return
    words = _("Good enough for the next step: {rule}")
    _tell(trust.version, format_lazy(words, rule=Title(trust.version)), is_todo=True)


@transaction.atomic
def make_automatic(version: RuleVersion, *, note: str = "", by: User) -> None:
    """A person lets a rule answer by itself; its figures must say that it can."""
    trust = RuleTrust.objects.select_for_update().filter(version=version).first()
    current = RuleVersion.objects.select_related("trust").get(pk=version.pk)
    is_ready = trust is not None and trust.ready_for == Trust.AUTOMATIC
    if trust is None or not is_ready or stage_of(current) is not Trust.ASSIST:
        raise NotReady()
    _rise(trust, note=note, by=by)


def _rise(trust: RuleTrust, *, note: str, by: User | None) -> None:
    _move(trust, Trust.ASSIST, Trust.AUTOMATIC, note=note, by=by)
    settle_matter(_matter(trust.version))
    if by is None:
        _tell(trust.version, format_lazy(_("Automatic now: {rule}"), rule=Title(trust.version)))


@transaction.atomic
def take_back_automatic(version: RuleVersion, *, reason: str, by: User) -> None:
    """A person lets an automatic rule only propose again, and says why."""
    if not reason.strip():
        raise BadInput(_("Say why the rule shall only propose."), field="reason")
    trust = RuleTrust.objects.select_for_update().filter(version=version, is_automatic=True).first()
    if trust is None:
        raise NotAutomatic()
    _move(trust, Trust.AUTOMATIC, Trust.ASSIST, note=reason.strip()[:500], by=by)


def _move(
    trust: RuleTrust, was: Trust, stage: Trust, *, note: str = "", by: User | None = None
) -> None:
    is_automatic = stage is Trust.AUTOMATIC
    RuleTrust.objects.filter(pk=trust.pk).update(
        is_automatic=is_automatic, ready_for="", since=now()
    )
    trust.refresh_from_db()
    TrustMove.objects.create(
        version=trust.version, was=was.value, stage=stage.value, reasons=trust.reasons,
        evidence=trust.evidence, note=note, moved_at=now(), moved_by=by,
    )  # fmt: skip
    after = {
        "version": trust.version.number, "was": was.value, "stage": stage.value,
        "reasons": trust.reasons,
    }  # fmt: skip
    record(by, "inspections.trust_moved", trust.version.rule, after=after, reason=note)


@transaction.atomic
def set_trust_policy(policy: TrustPolicy, *, by: User) -> None:
    """What the company asks of a rule from the next weighing on."""
    before = TrustPolicy.objects.filter(pk=1).first()
    policy.pk, policy.changed_at, policy.changed_by = 1, now(), by
    policy.save()
    record(by, "inspections.trust_policy_set", policy, before=_facts(before), after=_facts(policy))


def _facts(policy: TrustPolicy | None) -> dict[str, Any]:
    beside = ("id", "changed_at", "changed_by")
    fields = [one.name for one in TrustPolicy._meta.fields if one.name not in beside]
    return {name: getattr(policy, name) for name in fields} if policy else {}


def _tell(
    version: RuleVersion, title: Promise | str, *, is_todo: bool = False, but: Sequence[User] = ()
) -> None:
    """The rule's owner and the quality managers, `but` those who know already."""
    managers = assignments_on(today()).filter(role="quality_manager", person__is_active=True)
    people = [*answering(version), *(row.person for row in managers.select_related("person"))]
    tell(
        [one for one in dict.fromkeys(people) if one not in but],
        title,
        url=reverse("inspections:rule", args=[version.rule_id]) + "#trust-title",
        is_todo=is_todo,
        matter=_matter(version) if is_todo else "",
    )


def _matter(version: RuleVersion) -> str:
    return f"inspections.trust/{version.pk}"
