"""Writing a rule: the form and the YAML text, tried while one writes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access, services
from lingzhi.inspections.forms.conditions import operator_choices
from lingzhi.inspections.forms.desk import Editor, opened
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.presenting.trials import Trial, checked, test_of, trial_of


@require_http_methods(["GET", "POST"])
def new_rule(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.WRITE)
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def edit_rule(request: SignedIn, pk: int) -> HttpResponse:
    return _edit(request, access.rule_to_write(request.user, pk))


def _edit(request: SignedIn, rule: Rule | None) -> HttpResponse:
    editor = opened(rule, request.POST or None)
    if editor.data is None:
        return _page(request, editor, 200)
    if editor.do != "save":
        editor.act()
        return _page(request, editor, 422 if editor.problems else 200)
    version = _saved(request, editor)
    if version is None:
        return _page(request, editor, 422)
    address = redirect("inspections:rule", version.rule_id)
    return HttpResponseClientRedirect(address.url) if request.htmx else address


def _saved(request: SignedIn, editor: Editor) -> RuleVersion | None:
    """The draft, or None: then the editor names every problem and keeps everything."""
    body = editor.read()
    if body is None:
        return None
    note = request.POST.get("note", "")[:300]
    try:
        if editor.rule is None:
            version = services.create_rule(body, note=note, by=request.user)
        else:
            seen = request.POST.get("seen", "")
            version = services.save_draft(editor.rule, body, note=note, seen=seen, by=request.user)
    except services.RuleProblems as wrong:
        editor.name(wrong.problems)
        return None
    except services.ChangedMeanwhile as other:
        again = _("Save again to replace it.")
        editor.problems.append(("", f"{other.sentence} {again}"))
        return None
    _say_saved(request, version)
    return version


def _say_saved(request: SignedIn, version: RuleVersion) -> None:
    words = _("Saved as the draft of version %(n)d.") % {"n": version.number}
    messages.success(request, words)
    failing = len(services.failing_examples(version))
    if failing:
        words = ngettext(
            "%(n)d thing is missing before it can judge: see the examples.",
            "%(n)d things are missing before it can judge: see the examples.",
            failing,
        )
        messages.warning(request, words % {"n": failing})


def _page(request: SignedIn, editor: Editor, status: int) -> HttpResponse:
    rule = editor.rule
    draft = rule.versions.filter(state=RuleVersion.State.DRAFT).first() if rule else None
    context = {
        "editor": editor,
        "rule": rule,
        "seen": services.draft_stamp(draft) if rule else "",
        "note": request.POST.get("note", draft.note if draft else ""),
        "operators": operator_choices(),
        "sizes": (100, 500, 2000),
    }
    template = "inspections/_editor.html" if request.htmx else "inspections/editor.html"
    return render(request, template, context, status=status)


def _sent(request: SignedIn) -> Editor:
    """The editor as it was sent along with a trial."""
    access.require(request.user, access.WRITE)
    number = request.POST.get("rule", "")
    rule = get_object_or_404(Rule, pk=int(number)) if number.isdecimal() else None
    return opened(rule, request.POST)


@require_POST
def check(request: SignedIn) -> HttpResponse:
    """Every problem of what stands in the editor, while one writes; finding some is no error."""
    return _answer(request, "check", checked(_sent(request)), status=200)


@require_POST
def try_rule(request: SignedIn) -> HttpResponse:
    """What the rule says about one pasted or stored conversation."""
    return _answer(request, "trial", trial_of(_sent(request), request.user))


@require_POST
def test_rule(request: SignedIn) -> HttpResponse:
    """What the rule would find in the latest conversations."""
    return _answer(request, "test", test_of(_sent(request), request.user))


def _answer(request: SignedIn, name: str, trial: Trial, status: int = 0) -> HttpResponse:
    page = "inspections/_{}.html" if request.htmx else "inspections/try.html"
    context = {"trial": trial, "answer": f"inspections/_{name}.html"}
    status = status or (200 if trial.is_readable else 422)
    return render(request, page.format(name), context, status=status)
