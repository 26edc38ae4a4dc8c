"""The life of a rule: draft, shadow, active, retired. A version that judged never changes."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.bodies import rule_file
from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.services.asking import models_for_page
from lingzhi.inspections.wording.problems import in_words
from lingzhi_engine.inspect import InvalidRules, Problem, parse, run_tests
from lingzhi_engine.inspect import Rule as ParsedRule

State = RuleVersion.State


class NotADraft(DomainError):
    message = _("This version has judged conversations: make a new version instead.")


class NotInForce(DomainError):
    message = _("Only a version in shadow or in force can be retired.")


class NotToActivate(DomainError):
    message = _("Only a draft or a version in shadow can be put into force.")


class IsSuspended(DomainError):
    message = _("This version is suspended: lift the suspension first.")


class ChangedMeanwhile(DomainError):
    message = _("Somebody else saved this draft after you had opened it.")


class RuleProblems(BadInput):
    """The content of a rule cannot be used: every problem with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(in_words(problem) for problem in problems), field="body")
        self.problems = problems


def check_rule(body: Body) -> ParsedRule:
    """The parsed rule. Raises RuleProblems with every problem of the content."""
    try:
        return parse(rule_file([body])).rules[0]
    except InvalidRules as invalid:
        raise RuleProblems(invalid.problems) from invalid


@transaction.atomic
def create_rule(body: Body, *, note: str = "", by: User | None) -> RuleVersion:
    """A new rule with its first draft; `body["id"]` names it, whoever creates it owns it."""
    draft = canonical({**body, "version": 1})
    parsed = check_rule(draft)
    if Rule.objects.filter(code=parsed.id).exists():
        raise RuleProblems((Problem("duplicate_id", parsed.id, "id"),))
    rule = Rule.objects.create(code=parsed.id, owner=by, created_at=now())
    version = _write(RuleVersion(rule=rule, number=1, created_by=by), draft, parsed, note)
    record(by, "inspections.rule_created", rule, after={"version": 1}, reason=note)
    return version


@transaction.atomic
def save_draft(
    rule: Rule, body: Body, *, note: str = "", seen: str = "", by: User | None
) -> RuleVersion:
    """Save the content as the rule's draft: the draft there is, or a new version.

    `seen` is the `draft_stamp` of the rule when the content was opened; a draft that was saved
    by somebody else since then is not overwritten.
    """
    Rule.objects.select_for_update().get(pk=rule.pk)
    draft = rule.versions.filter(state=State.DRAFT).first()
    if seen and seen != draft_stamp(draft):
        raise ChangedMeanwhile()
    number = draft.number if draft else _next_number(rule)
    content = canonical({**body, "id": body.get("id") or rule.code, "version": number})
    parsed = check_rule(content)
    if parsed.id != rule.code:
        raise RuleProblems((Problem("bad_choice", parsed.id, "id", params={"choices": rule.code}),))
    version = draft or RuleVersion(rule=rule, number=number, created_by=by)
    _write(version, content, parsed, note)
    record(by, "inspections.rule_saved", rule, after={"version": number}, reason=note)
    return version


def draft_stamp(draft: RuleVersion | None) -> str:
    """What changes whenever the draft of a rule is saved."""
    return draft.changed_at.isoformat() if draft else "none"


def _next_number(rule: Rule) -> int:
    highest = rule.versions.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _write(version: RuleVersion, body: Body, parsed: ParsedRule, note: str) -> RuleVersion:
    version.changed_at = now()
    if version.pk is None:
        version.created_at = version.changed_at
    version.body = body
    version.dimension = parsed.dimension
    version.severity = parsed.severity
    version.kind = parsed.effect.kind
    version.note = note
    version.save()
    return version


@transaction.atomic
def discard_draft(version: RuleVersion, *, by: User) -> None:
    """Throw a draft away; a rule that never had another version goes with it."""
    rule = version.rule
    gone, _rows = RuleVersion.objects.filter(pk=version.pk, state=State.DRAFT).delete()
    if not gone:
        raise NotADraft()
    record(by, "inspections.draft_discarded", rule, before={"version": version.number})
    if not rule.versions.exists():
        rule.delete()


@transaction.atomic
def change_owner(rule: Rule, owner: User, *, by: User) -> None:
    """Who answers for the rule from now on."""
    before = rule.owner.staff_no if rule.owner else None
    rule.owner = owner
    rule.save(update_fields=["owner"])
    record(
        by,
        "inspections.owner_changed",
        rule,
        before={"owner": before},
        after={"owner": owner.staff_no},
    )


def failing_examples(version: RuleVersion) -> list[Problem]:
    """What the rule's own examples lack, and which do not get the verdict they promise."""
    return run_tests(check_rule(version.body), models_for_page())


def require_examples(version: RuleVersion) -> None:
    """Raises RuleProblems unless the rule's own examples give what they promise.

    To be called before a transaction begins: a judge may be asked, who takes his time.
    """
    problems = failing_examples(version)
    if problems:
        raise RuleProblems(tuple(problems))


def shadow_version(version: RuleVersion, *, reason: str = "", by: User | None) -> None:
    """Let a draft judge without counting for anybody."""
    require_examples(version)
    with transaction.atomic():
        claimed = RuleVersion.objects.filter(pk=version.pk, state=State.DRAFT).update(
            state=State.SHADOW, shadowed_at=now()
        )
        if not claimed:
            raise NotADraft()
        _record_life("inspections.rule_shadowed", version, reason, by)


def activate_version(version: RuleVersion, *, reason: str = "", by: User | None) -> None:
    """Put a version into force; the version before it is retired in the same moment."""
    require_examples(version)
    _activate(version, reason, by)


@transaction.atomic
def _activate(version: RuleVersion, reason: str, by: User | None) -> None:
    _retire_predecessor(version)
    claimed = RuleVersion.objects.filter(
        pk=version.pk, state__in=(State.DRAFT, State.SHADOW), suspended_at=None
    ).update(state=State.ACTIVE, activated_at=now(), activated_by=by, retired_at=None)
    if not claimed:
        is_suspended = RuleVersion.objects.filter(pk=version.pk).exclude(suspended_at=None).exists()
        raise IsSuspended() if is_suspended else NotToActivate()
    _record_life("inspections.rule_activated", version, reason, by)


def _retire_predecessor(version: RuleVersion) -> None:
    before = version.rule.versions.filter(state=State.ACTIVE).exclude(pk=version.pk)
    before.update(state=State.RETIRED, retired_at=now(), retire_reason=f"v{version.number}")


@transaction.atomic
def retire_version(version: RuleVersion, *, reason: str, by: User | None) -> None:
    """Take a version out of force. What it found stays found."""
    if not reason.strip():
        raise BadInput(_("Say why the rule is retired."), field="reason")
    claimed = RuleVersion.objects.filter(
        pk=version.pk, state__in=(State.SHADOW, State.ACTIVE)
    ).update(state=State.RETIRED, retired_at=now(), retire_reason=reason.strip()[:300])
    if not claimed:
        raise NotInForce()
    _record_life("inspections.rule_retired", version, reason.strip(), by)


def _record_life(action: str, version: RuleVersion, reason: str, by: User | None) -> None:
    after: dict[str, Any] = {"version": version.number, "state_before": version.state}
    record(by, action, version.rule, after=after, reason=reason)
