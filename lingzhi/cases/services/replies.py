"""Reply templates: kept by their people, and filled with what is known of a case."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Complaint, ReplyTemplate
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.models import Identifier

GAP = re.compile(r"\{([^{}]*)\}")
# Names of gaps; the last ones are known of complaints only.
GAPS = {
    "number": _("Number"), "title": _("Subject"), "customer": _("Customer’s name, masked"),
    "opened": _("Day of registration"), "promised": _("Time the customer was told"),
    "result": _("Result"), "verification": _("Facts as verified"), "decision": _("Decision"),
    "laws": _("Laws referred to"),
}  # fmt: skip
EMPTY = "–"
SAID = ("use", "name", "text", "unit", "owner")


@transaction.atomic
def keep_reply(template: ReplyTemplate, *, by: User) -> ReplyTemplate:
    """Add a template, or change it for what is said from now on. Raises BadInput for a gap that
    nothing fills, RetiredAlready."""
    unknown = [name for name in GAP.findall(template.text) if name not in GAPS]
    if unknown:
        raise BadInput(_("Nothing fills the gap “%(name)s”.") % {"name": unknown[0]}, field="text")
    template.text = demanded(template.text, 2000, field="text")
    before = ReplyTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if before and before.retired_at:
        raise RetiredAlready()
    template.changed_at = now()
    template.save(update_fields=[*SAID, "changed_at"] if before else None)
    record(
        by, "cases.reply_set", template, before=_said(before) if before else None,
        after=_said(template),
    )  # fmt: skip
    return template


@transaction.atomic
def retire_reply(template: ReplyTemplate, *, reason: str, by: User) -> None:
    """It is picked no more."""
    words = retired(template, reason)
    record(by, "cases.reply_retired", template, before=_said(template), reason=words)


def _said(template: ReplyTemplate) -> dict[str, Any]:
    return {
        "use": template.use, "name": template.name, "text": template.text,
        "unit": template.unit_id, "owner": template.owner_id,
    }  # fmt: skip


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its gaps filled; a dash where nothing is known, other braces as they stand."""

    def fact(found: re.Match[str]) -> str:
        name = found.group(1)
        return facts.get(name) or EMPTY if name in GAPS else found.group()

    return GAP.sub(fact, text)


def facts_for_replies(case: Case, *, is_hidden: bool = False) -> dict[str, str]:
    """What fills the gaps. The customer's name is masked, and left out where it `is_hidden`."""
    facts = {
        "number": case.number, "title": case.title, "opened": _day(case.opened_at),
        "promised": _promised(case), "result": _result(case),
        "customer": "" if is_hidden else _name_of(case),
    }  # fmt: skip
    complaint = Complaint.objects.filter(pk=case.pk).first()
    if complaint is None:
        return facts
    laws = "、".join(f"《{one}》" for one in complaint.laws)
    about = {"verification": complaint.verification, "decision": complaint.decision, "laws": laws}
    return facts | about


def _day(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d")


def _promised(case: Case) -> str:
    told = case.events.filter(kind=CaseEvent.Kind.TOLD, expected_at__isnull=False)
    last = told.order_by("-id").values_list("expected_at", flat=True).first()
    return timezone.localtime(last).strftime("%Y-%m-%d %H:%M") if last else ""


def _result(case: Case) -> str:
    if not case.is_over:
        return ""
    moved = case.events.filter(kind=CaseEvent.Kind.MOVED).exclude(text="")
    return moved.order_by("-id").values_list("text", flat=True).first() or ""


def _name_of(case: Case) -> str:
    rows = Identifier.objects.filter(customer=case.customer_id, kind=Identifier.Kind.NAME)
    return rows.values_list("masked", flat=True).first() or ""
