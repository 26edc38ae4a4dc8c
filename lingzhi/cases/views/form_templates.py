"""Form templates: which there are, a version with those before it, the next version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.complaint_settings import template_to_change, template_to_read
from lingzhi.cases.access.complaints import require_setting
from lingzhi.cases.forms.complaint_settings import RetireForm, named
from lingzhi.cases.forms.form_templates import BaseSections, TemplateForm, sections_of
from lingzhi.cases.models import FormTemplate
from lingzhi.cases.presenting.paper import outline
from lingzhi.cases.queries.paper import newest_templates
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.form_templates import (
    add_template,
    retire_template,
    supersede_template,
)
from lingzhi.cases.services.paper import FACTS
from lingzhi.core.sending import sent_well


@require_GET
def templates(request: SignedIn) -> HttpResponse:
    """The newest version of each form."""
    require(request.user, READ)
    context = {"templates": newest_templates(), "may_set": request.user.can(SET)}
    return render(request, "cases/settings/templates.html", context)


@require_GET
def template(request: SignedIn, pk: int) -> HttpResponse:
    """One version, section by section, and the versions beside it."""
    found = template_to_read(request.user, pk)
    versions = list(FormTemplate.objects.filter(code=found.code).order_by("-number"))
    is_newest = versions[0].pk == found.pk
    context = {
        "template": found, "sections": outline(found), "versions": versions,
        "may_change": request.user.can(SET) and is_newest and not found.retired_at,
    }  # fmt: skip
    return render(request, "cases/settings/template.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new form, or with `pk` its next version; `more` adds a section to what is edited."""
    require_setting(request.user)
    old = template_to_change(request.user, pk) if pk else None
    form, sections = TemplateForm(old, request.POST or None), sections_of(old, request.POST or None)
    kept: list[FormTemplate] = []

    def act() -> None:
        kept.append(_keep(request, old, form, sections))

    is_asked = request.method == "POST" and "more" not in request.POST
    if is_asked and sections.is_valid() and sent_well(request, form, act):
        messages.success(request, _("Forms begun from now on have this version."))
        return redirect("cases:form_template", kept[0].pk)
    context = {"old": old, "form": form, "sections": sections, "facts": FACTS.items()}
    status = 422 if is_asked else 200
    return render(request, "cases/settings/edit_template.html", context, status=status)


def _keep(
    request: SignedIn, old: FormTemplate | None, form: TemplateForm, sections: BaseSections
) -> FormTemplate:
    data = form.cleaned_data
    title = named(data["chinese"], data["english"], old.content["title"] if old else None)
    content: dict[str, Any] = {"title": title, "sections": sections.content}
    if old is None:
        return add_template(data["code"], content, reason=data["reason"], by=request.user)
    return supersede_template(old, content, reason=data["reason"], by=request.user)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    """It is begun no more."""
    found = template_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_template(found, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("No form of this kind is begun any more."))
        return redirect("cases:form_templates")
    context = {
        "form": form, "title": _("Retire “%(name)s”") % {"name": found}, "retire": ("", None),
        "back": "cases:form_templates",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "cases/settings/line.html", context, status=status)
