"""The library of typical cases (典型案例): proposed, approved by a lead, retired."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.folding import folded
from lingzhi.inspections.models import Appeal, Review, TypicalCase
from lingzhi.inspections.queries.reviews import RECHECK, holders_over
from lingzhi.inspections.services.excerpts import excerpt_of
from lingzhi.notifications.services import settle_matter, tell
from lingzhi_engine.privacy import mask

State = TypicalCase.State
MOST_TAGS = 10


class NotProposed(DomainError):
    message = _("Only a proposed case can be changed or approved.")


class RetiredAlready(DomainError):
    message = _("This case is retired already.")


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What makes a conversation typical; `turns` are the numbers of those that are shown."""

    title: str
    kind: TypicalCase.Kind
    why: str
    turns: Sequence[int]
    dimension: str = ""
    item: str = ""
    tags: Sequence[str] = field(default_factory=list)


@transaction.atomic
def propose_case(
    contact: Contact,
    draft: CaseDraft,
    *,
    review: Review | None = None,
    appeal: Appeal | None = None,
    by: User,
) -> TypicalCase:
    """Propose a conversation for the library; the leads are asked.

    The turns are copied with masked words, without the names of agent and customer. Raises
    BadInput without a title, a reason or turns.
    """
    case = TypicalCase(
        contact=contact, review=review, appeal=appeal, unit=contact.unit, proposed_by=by,
        proposed_at=now(), changed_at=now(), **_content(contact, draft),
    )  # fmt: skip
    case.save()
    record(by, "inspections.typical_case_proposed", case, after=_facts(case))
    leads = holders_over(contact.unit.path if contact.unit else None, RECHECK)
    tell(
        [one for one in leads if one != by], _("A typical case waits for approval"),
        url=_url(case), is_todo=True, matter=_matter(case),
    )  # fmt: skip
    return case


@transaction.atomic
def change_case(case: TypicalCase, draft: CaseDraft, *, by: User) -> None:
    """Write a proposed case anew."""
    if case.contact is None:
        raise NotProposed()
    rows = TypicalCase.objects.filter(pk=case.pk, state=State.PROPOSED)
    if not rows.update(changed_at=now(), **_content(case.contact, draft)):
        raise NotProposed()
    case.refresh_from_db()
    record(by, "inspections.typical_case_changed", case, after=_facts(case))


@transaction.atomic
def approve_case(case: TypicalCase, *, by: User) -> None:
    """From now on everybody who sees findings may learn from it."""
    rows = TypicalCase.objects.filter(pk=case.pk, state=State.PROPOSED)
    if not rows.update(state=State.APPROVED, approved_at=now(), approved_by=by):
        raise NotProposed()
    case.refresh_from_db()
    record(by, "inspections.typical_case_approved", case, after=_facts(case))
    settle_matter(_matter(case))
    if case.proposed_by_id != by.pk:
        tell([case.proposed_by], _("Your typical case is in the library"), url=_url(case))


@transaction.atomic
def retire_case(case: TypicalCase, *, reason: str, by: User) -> None:
    """Take a case out of the library, or refuse a proposed one; it stays readable for leads."""
    if not reason.strip():
        raise BadInput(_("Say why the case is retired."), field="reason")
    rows = TypicalCase.objects.filter(pk=case.pk).exclude(state=State.RETIRED)
    words = mask(reason.strip())[:500]
    if not rows.update(state=State.RETIRED, retired_at=now(), retire_reason=words):
        raise RetiredAlready()
    case.refresh_from_db()
    record(by, "inspections.typical_case_retired", case, after=_facts(case), reason=words)
    settle_matter(_matter(case))
    if case.proposed_by_id != by.pk:
        tell([case.proposed_by], _("Your typical case is retired"), body=words, url=_url(case))


def _content(contact: Contact, draft: CaseDraft) -> dict[str, Any]:
    for name in ("title", "why"):
        if not getattr(draft, name).strip():
            raise BadInput(_("This field is required."), field=name)
    excerpt = excerpt_of(contact, draft.turns)
    if not excerpt:
        raise BadInput(_("Name the turns that show it."), field="turns")
    tags = list(dict.fromkeys(mask(one.strip())[:30] for one in draft.tags if one.strip()))
    content: dict[str, Any] = {
        "title": mask(draft.title.strip())[:120],
        "kind": draft.kind,
        "why": mask(draft.why.strip())[:4000],
        "dimension": draft.dimension,
        "item": draft.item[:200],
        "tags": tags[:MOST_TAGS],
        "excerpt": excerpt,
    }
    said = " ".join(turn["text"] for turn in excerpt)
    parts = (content["title"], content["why"], content["item"], *content["tags"], said)
    return {**content, "words": folded(" ".join(parts))}


def _facts(case: TypicalCase) -> dict[str, Any]:
    return {"kind": case.kind, "contact": case.contact_id}


def _url(case: TypicalCase) -> str:
    return reverse("inspections:typical_case", args=[case.pk])


def _matter(case: TypicalCase) -> str:
    return f"inspections.typical_case/{case.pk}"
