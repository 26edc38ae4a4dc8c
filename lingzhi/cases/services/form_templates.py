"""Form templates (表单模板) as the house keeps them. A version never changes once it is there."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.cases.models import FormTemplate
from lingzhi.cases.queries.papers_kept import is_demanded
from lingzhi.cases.services.follow_up_rules import SetByClause
from lingzhi.cases.services.paper import FACTS
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi_engine.flow.reading import CODE

Content = dict[str, Any]


class TemplateVersionTaken(DomainError):
    message = _("Somebody else made a version of this form meanwhile. Look at it again.")


@transaction.atomic
def add_template(code: str, content: Content, *, reason: str, by: User) -> FormTemplate:
    """A form under a code of its own. Raises BadInput."""
    if not CODE.fullmatch(code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if FormTemplate.objects.filter(code=code).exists():
        raise BadInput(_("Another form has this code: make a new version of it."), field="code")
    last = FormTemplate.objects.order_by("-order").values_list("order", flat=True).first() or 0
    return _kept(FormTemplate(code=code, order=last + 1), content, reason, by)


@transaction.atomic
def supersede_template(
    old: FormTemplate, content: Content, *, reason: str, by: User
) -> FormTemplate:
    """The next version. Forms that were begun keep theirs to the end. Raises BadInput,
    RetiredAlready, TemplateVersionTaken."""
    rows = FormTemplate.objects.filter(code=old.code)
    if rows.latest("number").pk != old.pk:
        raise TemplateVersionTaken()
    if not rows.filter(pk=old.pk, retired_at=None).update(retired_at=now()):
        raise RetiredAlready()
    new = FormTemplate(code=old.code, number=old.number + 1, order=old.order)
    return _kept(new, content, reason, by)


@transaction.atomic
def retire_template(template: FormTemplate, *, reason: str, by: User) -> None:
    """No form of this kind is begun any more; those in circulation go on to their end.

    One that a clause in force demands stays: nothing could be decided without it. Raises BadInput,
    RetiredAlready, SetByClause.
    """
    if is_demanded(template.code):
        raise SetByClause()
    words = retired(template, reason)
    after = {"code": template.code, "version": template.number}
    record(by, "cases.form_template_retired", template, after=after, reason=words)


def _kept(template: FormTemplate, content: Content, reason: str, by: User) -> FormTemplate:
    words = demanded(reason, 300, field="reason")
    _require(content)
    template.content = content
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        raise TemplateVersionTaken() from None
    after = {"code": template.code, "version": template.number, "sha256": digest_of(content)}
    record(by, "cases.form_template_set", template, after=after, reason=words)
    return template


def _require(content: Content) -> None:
    """Codes say which value belongs to which field of a signed section: none stands twice."""
    sections: list[Mapping[str, Any]] = content["sections"]
    if not sections or any(not one["fields"] for one in sections):
        raise BadInput(_("A form has at least one section, and each section one field."))
    for rows in (sections, *(one["fields"] for one in sections)):
        codes = [one["code"] for one in rows]
        if len(set(codes)) < len(codes):
            raise BadInput(_("No code stands twice."))
    facts = {field.get("fact", "") for one in sections for field in one["fields"]}
    if facts - {"", *FACTS}:
        raise BadInput(_("A field begins with something that is not known of a complaint."))
