"""Cases that belong together: linked, merged, told at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import case_to_work
from lingzhi.cases.access.links import link_to_end, merge_to_undo
from lingzhi.cases.forms.links import LinkForm
from lingzhi.cases.models import Case
from lingzhi.cases.queries.links import alike
from lingzhi.cases.services.linking import ask_to_pass_on, link_cases, unlink_cases
from lingzhi.cases.services.merging import merge_cases, undo_merge
from lingzhi.core.errors import BadInput


@require_http_methods(["GET", "POST"])
def link(request: SignedIn, pk: int) -> HttpResponse:
    """Link the case to another one, or merge it into that."""
    case = case_to_work(request.user, pk)
    begins = {"other": request.GET.get("other", ""), "how": request.GET.get("how", "")}
    form = LinkForm(case, request.user, request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("cases:case", _tie(request, case, form).pk)
        except BadInput as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
    context = {"case": case, "form": form, "alike": alike(case, request.user)}
    status = 422 if form.errors else 200
    return render(request, "cases/links/link.html", context, status=status)


def _tie(request: SignedIn, case: Case, form: LinkForm) -> Case:
    """The case in which the work goes on."""
    other: Case = form.cleaned_data["other"]
    how, reason = form.cleaned_data["how"], form.cleaned_data["reason"]
    if how != LinkForm.MERGE:
        link_cases(case, other, how, by=request.user)
        messages.success(request, _("The cases are linked."))
        return case
    merge_cases(case, other, seen=case.revision, reason=reason, by=request.user)
    messages.success(request, _("The cases are merged: go on here."))
    return other


@require_POST
def unlink(request: SignedIn, pk: int) -> HttpResponse:
    found = link_to_end(request.user, pk)
    unlink_cases(found, by=request.user)
    messages.success(request, _("The cases are not linked any more."))
    return redirect("cases:case", found.case_id)


@require_POST
def unmerge(request: SignedIn, pk: int) -> HttpResponse:
    """Two cases again, with the reason."""
    found = merge_to_undo(request.user, pk)
    undo_merge(found, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("These are two cases again."))
    return redirect("cases:case", found.merged_id)


@require_POST
def pass_on(request: SignedIn, pk: int) -> HttpResponse:
    """All customers of an incident were told what this one was told."""
    told = ask_to_pass_on(case_to_work(request.user, pk), by=request.user)
    if told is None:
        messages.success(request, _("It is being recorded for every part."))
    else:
        words = ngettext("Recorded for %(n)s part.", "Recorded for %(n)s parts.", told)
        messages.success(request, words % {"n": told})
    return redirect("cases:case", pk)
