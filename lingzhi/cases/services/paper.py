"""Forms of complaints: begun from a template, signed department by department, in order."""

from datetime import UTC
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.cases.models import (
    Complaint,
    Consulted,
    Duty,
    FormTemplate,
    Goods,
    PaperForm,
    PaperSection,
)
from lingzhi.cases.queries.paper import section_due, signers_of
from lingzhi.cases.services.built_in import built_in
from lingzhi.cases.services.complaints import matter_of, url_of
from lingzhi.cases.services.words import kept
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import settle_matter, tell

LONGEST = 2000
FACTS = {
    "number": _("Number"), "description": _("What happened"),
    "demand": _("What the customer asks for"), "claimed_cause": _("Cause as claimed"),
    "verification": _("Facts as verified"), "cause_kind": _("Quality or not"),
    "improvement": _("Measure against recurrence"), "unit": _("Unit concerned"),
    "order_number": _("Order number"), "part_number": _("Part number"),
    "quantity": _("Quantity delivered"), "delivered_on": _("Delivered on"),
    "defective": _("Defective quantity"), "sample": _("Abnormal sample"),
    "fault_code": _("Fault code"),
    "trace": _("Where, on which machine, by whom and when it was made"),
}  # fmt: skip


class BegunAlready(DomainError):
    message = _("This form was begun already.")


class NotYourSection(DomainError):
    message = _("This section is for another department, or not yet due.")


def lay_templates() -> int:
    """The forms that come with the program, as far as they are missing; how many."""
    known = set(FormTemplate.objects.values_list("code", flat=True))
    rows: list[dict[str, Any]] = built_in("paper_forms.yaml")
    made = [
        FormTemplate(code=row.pop("code"), content=row, order=order)
        for order, row in enumerate(rows)
        if row["code"] not in known
    ]
    return len(FormTemplate.objects.bulk_create(made))


@transaction.atomic
def begin_form(complaint: Complaint, template: FormTemplate, *, by: User) -> PaperForm:
    """A form of this kind for a complaint; whoever signs first is asked."""
    try:
        with transaction.atomic():
            paper = PaperForm.objects.create(
                complaint=complaint, template=template, code=template.code,
                content=template.content, begun_at=now(), begun_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise BegunAlready() from None
    about = {"form": template.code, "version": template.number}
    record(by, "cases.form_begun", complaint, after=about)
    _ask_next(paper, by)
    return paper


@transaction.atomic
def sign_section(paper: PaperForm, values: dict[str, str], *, by: User) -> PaperSection:
    """Fill the section that is due and sign it.

    The digest binds the wording of the form, what was filled in, who signs with which post and
    when, and every signature before it: nothing of it changes unseen.
    """
    section = section_due(paper)
    if section is None or by not in signers_of(paper, section):
        raise NotYourSection()
    filled = {one["code"]: kept(values.get(one["code"], ""), LONGEST) for one in section["fields"]}
    before = list(paper.signed.values_list("sha256", flat=True))
    post, at = post_of(by), now()
    moment = at.astimezone(UTC).isoformat()
    bound = [paper.content, before, section["code"], filled, by.pk, by.name, post, moment]
    try:
        with transaction.atomic():
            signed = PaperSection.objects.create(
                paper=paper, code=section["code"], values=filled, signed_at=at, signed_by=by,
                post=post, sha256=digest_of(bound),
            )  # fmt: skip
    except IntegrityError:
        raise NotYourSection() from None
    after = {"form": paper.template.code, "section": signed.code, "sha256": signed.sha256}
    record(by, "cases.section_signed", paper.complaint, after=after)
    settle_matter(_matter(paper))
    _ask_next(paper, by)
    return signed


def is_genuine(paper: PaperForm) -> bool:
    """Whether every signature still fits what it stands under."""
    before: list[str] = []
    for one in paper.signed.select_related("signed_by"):
        signer, moment = one.signed_by, one.signed_at.astimezone(UTC).isoformat()
        bound = [paper.content, list(before), one.code, one.values, signer.pk, signer.name,
                 one.post, moment]  # fmt: skip
        if digest_of(bound) != one.sha256:
            return False
        before.append(one.sha256)
    return True


def post_of(person: User) -> str:
    """What a person signs as: the first of the roles that says more than that they work here."""
    held = sorted(person.roles - {"employee"}) or ["employee"]
    return str(ROLES[held[0]].label)


def _ask_next(paper: PaperForm, by: User) -> None:
    section = section_due(paper)
    if section is None:
        PaperForm.objects.filter(pk=paper.pk, finished_at=None).update(finished_at=now())
        return
    people = signers_of(paper, section)
    Consulted.objects.bulk_create(
        [Consulted(complaint=paper.complaint, person=one, task=Duty.Task.OPINION, asked_at=now())
         for one in people], ignore_conflicts=True,
    )  # fmt: skip
    tell(
        [one for one in people if one != by], _("A form waits for your department’s opinion"),
        url=url_of(paper.complaint), body=f"{paper.complaint.case.number} {paper.title}",
        is_todo=True, matter=_matter(paper),
    )  # fmt: skip


def _matter(paper: PaperForm) -> str:
    return f"{matter_of(paper.complaint)}/form/{paper.pk}"


def facts_of(complaint: Complaint) -> dict[str, str]:
    """What fields of a form may begin with: `FACTS`, as far as they are known."""
    case = complaint.case
    goods: Goods | None = complaint.goods.first()
    found: dict[str, Any] = {
        "number": case.number, "description": case.description, "demand": case.demand,
        "claimed_cause": complaint.claimed_cause, "verification": complaint.verification,
        "improvement": complaint.improvement,
        "unit": complaint.accused_unit.name if complaint.accused_unit else "",
        "cause_kind": complaint.cause.get_kind_display() if complaint.cause else "",
    }  # fmt: skip
    if goods is not None:
        names = ("order_number", "part_number", "quantity", "delivered_on", "defective", "sample",
                 "fault_code")  # fmt: skip
        found |= {name: getattr(goods, name) for name in names}
        made = (goods.made_at_unit, goods.machine, goods.made_by, goods.made_on)
        found["trace"] = "、".join(str(one) for one in made if one)
    return {name: str(value) for name, value in found.items() if value is not None}
