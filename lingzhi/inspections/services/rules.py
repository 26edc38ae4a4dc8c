"""The life of a rule: draft, shadow, active, retired. A version that judged never changes."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi_engine.inspect import InvalidRules, parse, run_tests

State = RuleVersion.State


class NotADraft(DomainError):
    message = _("This version has judged conversations: make a new version instead.")


class NotInForce(DomainError):
    message = _("Only a version in shadow or in force can be retired.")


class NotToActivate(DomainError):
    message = _("Only a draft or a version in shadow can be put into force.")


class ExamplesFail(BadInput):
    """The rule's own examples do not give the verdicts they promise."""


def _checked(body: dict[str, Any]) -> Any:
    """The parsed rule. Raises BadInput with every problem of the content."""
    try:
        return parse({"rules": [body]}).rules[0]
    except InvalidRules as invalid:
        raise BadInput("\n".join(str(one) for one in invalid.problems), field="body") from invalid


@transaction.atomic
def save_version(body: dict[str, Any], *, note: str, by: User | None) -> RuleVersion:
    """Save the content of a rule as its draft: the draft there is, or a new version.

    `body` is one rule of the rule file format; its `id` names the rule, its version is set here.
    """
    rule, is_new = Rule.objects.get_or_create(
        code=body.get("id", ""), defaults={"owner": by, "created_at": now()}
    )
    draft = rule.versions.filter(state=State.DRAFT).first()
    number = draft.number if draft else _next_number(rule)
    body = {**body, "version": number}
    parsed = _checked(body)
    version = draft or RuleVersion(rule=rule, number=number, created_at=now(), created_by=by)
    version.body = body
    version.dimension = parsed.dimension
    version.severity = parsed.severity
    version.kind = parsed.effect.kind
    version.note = note
    version.save()
    action = "inspections.rule_created" if is_new else "inspections.rule_saved"
    record(by, action, rule, after={"version": number}, reason=note)
    return version


def _next_number(rule: Rule) -> int:
    highest = rule.versions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _require_examples(version: RuleVersion) -> None:
    problems = run_tests(_checked(version.body))
    if problems:
        raise ExamplesFail("\n".join(str(problem) for problem in problems), field="tests")


@transaction.atomic
def shadow_version(version: RuleVersion, *, by: User | None) -> None:
    """Let a draft judge without counting for anybody."""
    _require_examples(version)
    claimed = RuleVersion.objects.filter(pk=version.pk, state=State.DRAFT).update(
        state=State.SHADOW, shadowed_at=now()
    )
    if not claimed:
        raise NotADraft()
    record(by, "inspections.rule_shadowed", version.rule, after={"version": version.number})


@transaction.atomic
def activate_version(version: RuleVersion, *, by: User | None) -> None:
    """Put a version into force; the version before it is retired in the same moment."""
    _require_examples(version)
    before = version.rule.versions.filter(state=State.ACTIVE).exclude(pk=version.pk)
    before.update(state=State.RETIRED, retired_at=now(), retire_reason=f"v{version.number}")
    claimed = RuleVersion.objects.filter(
        pk=version.pk, state__in=(State.DRAFT, State.SHADOW)
    ).update(state=State.ACTIVE, activated_at=now(), activated_by=by)
    if not claimed:
        raise NotToActivate()
    record(by, "inspections.rule_activated", version.rule, after={"version": version.number})


@transaction.atomic
def retire_version(version: RuleVersion, *, reason: str, by: User) -> None:
    """Take a version out of force. What it found stays found."""
    if not reason.strip():
        raise BadInput(_("Say why the rule is retired."), field="reason")
    claimed = RuleVersion.objects.filter(
        pk=version.pk, state__in=(State.SHADOW, State.ACTIVE)
    ).update(state=State.RETIRED, retired_at=now(), retire_reason=reason.strip())
    if not claimed:
        raise NotInForce()
    record(
        by,
        "inspections.rule_retired",
        version.rule,
        after={"version": version.number},
        reason=reason.strip(),
    )


def adopt_rule_file(path: Path, *, by: User | None) -> int:
    """Bring in every rule of a file or folder that is not there yet and put it into force.

    Returns the number of rules brought in. Word sets of the files travel inside each rule.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    documents = [yaml.safe_load(file.read_text()) for file in files]
    wordsets = {name: words for one in documents for name, words in one.get("wordsets", {}).items()}
    known = set(Rule.objects.values_list("code", flat=True))
    adopted = 0
    for body in (rule for one in documents for rule in one["rules"]):
        if body["id"] in known:
            continue
        with transaction.atomic():
            version = save_version(_with_wordsets(body, wordsets), note="", by=by)
            activate_version(version, by=by)
        adopted += 1
    return adopted


def _with_wordsets(body: dict[str, Any], wordsets: dict[str, Any]) -> dict[str, Any]:
    used = {
        name
        for condition in body.get("conditions", {}).values()
        for name in _names(condition.get("set"))
    }
    return {**body, "wordsets": {name: wordsets[name] for name in sorted(used)}} if used else body


def _names(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
