"""What somebody reads who may be at fault: the grounds, never who complained."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.complaints import blame_to_answer
from lingzhi.cases.services.blames import appeal_blame, hear
from lingzhi.core.errors import BadInput


@require_http_methods(["GET", "POST"])
def blame(request: SignedIn, pk: int) -> HttpResponse:
    """Say how one sees it; afterwards, appeal once."""
    found = blame_to_answer(request.user, pk)
    problem = None
    if request.method == "POST":
        words = request.POST.get("words", "")
        say = hear if found.decided_at is None else appeal_blame
        try:
            say(found, words, by=request.user)
        except BadInput as wrong:
            problem = wrong
        else:
            messages.success(request, _("It is kept."))
            return redirect("cases:blame", pk)
    context = {"blame": found, "problem": problem, "case": found.complaint.case}
    return render(request, "cases/blames/blame.html", context, status=422 if problem else 200)
