"""Hits that an agent calls wrong, and what who writes rules says about them (规则复核)."""

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Flag, RuleVersion
from lingzhi.inspections.queries import latest_inspection, versions_by_verdict
from lingzhi.inspections.services.labelling import keep_flag
from lingzhi.inspections.services.suspending import answering
from lingzhi.inspections.services.telling import Title
from lingzhi.notifications.services import settle_matter, tell
from lingzhi_engine.privacy import mask

MOST = 500  # characters of a reason


class NoHit(DomainError):
    message = _("This version has no hit in this conversation now.")


class AlreadyFlagged(DomainError):
    message = _("This hit was flagged already.")


class AlreadyDecided(DomainError):
    message = _("Somebody has decided this already.")


@transaction.atomic
def flag_finding(contact: Contact, version: RuleVersion, *, reason: str, by: User) -> Flag:
    """Say that a hit is wrong. It joins the review list of its rule; personal data is masked."""
    words = _words(reason, _("Say what is wrong about it."))
    if not has_hit(contact, version):
        raise NoHit()
    flag, is_new = Flag.objects.get_or_create(
        contact=contact,
        version=version,
        defaults={"reason": words, "flagged_by": by, "flagged_at": now()},
    )
    if not is_new:
        raise AlreadyFlagged()
    record(by, "inspections.finding_flagged", flag, after=_facts(flag), reason=words)
    tell(
        answering(version),
        format_lazy(_("Flagged as wrong: {rule}"), rule=Title(version)),
        url=reverse("inspections:rule", args=[version.rule_id]) + "#flags-title",
        is_todo=True,
        matter=_matter(version),
    )
    return flag


def has_hit(contact: Contact, version: RuleVersion) -> bool:
    """Whether the latest judgement of a conversation has a hit of this version that counts."""
    if version.state == RuleVersion.State.SHADOW:
        return False
    inspection = latest_inspection(contact)
    return inspection is not None and (version, "hit") in versions_by_verdict(inspection)


@transaction.atomic
def agree_to_flag(flag: Flag, *, answer: str = "", by: User) -> None:
    """The hit is wrong: the agent is told, and the conversation can become an example."""
    _decide(flag, mask(answer.strip())[:MOST], is_agreed=True, by=by)
    title = Title(flag.version)
    _tell_agent(flag, format_lazy(_("Agreed, the hit is wrong: {rule}"), rule=title))


@transaction.atomic
def refuse_flag(flag: Flag, *, answer: str, by: User) -> None:
    """The hit is right, and why."""
    _decide(flag, _words(answer, _("Say why the hit is right.")), is_agreed=False, by=by)
    title = Title(flag.version)
    _tell_agent(flag, format_lazy(_("The hit is right: {rule}"), rule=title))


def _decide(flag: Flag, answer: str, *, is_agreed: bool, by: User) -> None:
    decided = {"is_agreed": is_agreed, "answer": answer, "decided_by": by, "decided_at": now()}
    if not Flag.objects.filter(pk=flag.pk, decided_at=None).update(**decided):
        raise AlreadyDecided()
    flag.refresh_from_db()
    keep_flag(flag, by=by)
    after = {**_facts(flag), "agreed": is_agreed}
    record(by, "inspections.flag_decided", flag, after=after, reason=answer)
    if not Flag.objects.filter(version__rule=flag.version.rule_id, decided_at=None).exists():
        settle_matter(_matter(flag.version))


def _tell_agent(flag: Flag, title: Promise | str) -> None:
    tell(
        [flag.flagged_by],
        title,
        body=flag.answer,
        url=reverse("contacts:detail", args=[flag.contact_id]) + f"#finding-{flag.version_id}",
    )


def _words(text: str, missing: Promise | str) -> str:
    if not text.strip():
        raise BadInput(missing, field="reason")
    return mask(text.strip())[:MOST]


def _facts(flag: Flag) -> dict[str, object]:
    return {"rule": flag.version.rule.code, "version": flag.version.number}


def _matter(version: RuleVersion) -> str:
    return f"inspections.flags/{version.rule_id}"
