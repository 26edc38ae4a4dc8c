"""Follow-up rules and scripts as pages, and what they plan ahead."""

from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.follow_ups import rule_to_set, script_to_read
from lingzhi.cases.forms.follow_up_rules import RuleForm, ScriptForm
from lingzhi.cases.models import FollowUpRule, FollowUpScript
from lingzhi.cases.presenting.follow_up_rules import planned_ahead, shown_rules
from lingzhi.cases.queries.callers import PLAN
from lingzhi.cases.queries.follow_ups import follow_ups_visible_to
from lingzhi.cases.queries.people import READ
from lingzhi.cases.services.follow_up_rules import end_rule, lay_follow_up_built_ins, save_rule
from lingzhi.cases.services.scripts import save_script
from lingzhi.core.errors import BadInput
from lingzhi.core.languages import in_language


@require_GET
def rules(request: SignedIn) -> HttpResponse:
    """The rules in force, the scripts, and what is planned ahead."""
    require(request.user, READ)
    context = {
        "rules": shown_rules(),
        "scripts": FollowUpScript.objects.all(),
        "ahead": planned_ahead(follow_ups_visible_to(request.user)),
        "may_set": request.user.can(PLAN),
    }
    return render(request, "cases/follow_ups/rules.html", context)


@require_POST
def lay(request: SignedIn) -> HttpResponse:
    """Lay the rules and scripts that come with the program."""
    require(request.user, PLAN)
    lay_follow_up_built_ins(by=request.user)
    messages.success(request, _("The built-in follow-up rules are there."))
    return redirect("cases:follow_up_rules")


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, PLAN)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, rule_to_set(request.user, pk))


def _form(request: SignedIn, rule: FollowUpRule | None) -> HttpResponse:
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            save_rule(form.made(), by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("The rule asks for what happens from now on."))
            return redirect("cases:follow_up_rules")
    status = 422 if form.errors else 200
    context = {"rule": rule, "form": form}
    return render(request, "cases/follow_ups/rule.html", context, status=status)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    end_rule(rule_to_set(request.user, pk), by=request.user)
    messages.success(request, _("The rule asks for nothing more."))
    return redirect("cases:follow_up_rules")


@require_http_methods(["GET", "POST"])
def script(request: SignedIn, pk: int) -> HttpResponse:
    """A script as it is asked, and for who sets it, as text."""
    found = script_to_read(request.user, pk)
    if request.method == "POST":
        require(request.user, PLAN)
    newest = found.newest
    assert newest is not None  # a script begins with its first version
    form = ScriptForm(request.POST or None, initial=_initial(newest.content, newest.number))
    if request.method == "POST" and form.is_valid():
        try:
            seen = int(form.cleaned_data["seen"] or -1)
            save_script(found.code, form.cleaned_data["content"], seen=seen, by=request.user)
        except BadInput as wrong:
            form.add_error("content", str(wrong.sentence).split("\n"))
        else:
            messages.success(request, _("Calls that begin from now on follow it."))
            return redirect("cases:follow_up_script", pk)
    context = {
        "script": found, "newest": newest, "form": form,
        "questions": [in_language(one.title) for one in newest.read().questions],
        "versions": found.versions.select_related("saved_by"), "may_set": request.user.can(PLAN),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "cases/follow_ups/script.html", context, status=status)


def _initial(content: dict[str, Any], number: int) -> dict[str, Any]:
    written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    return {"content": written, "seen": number}
