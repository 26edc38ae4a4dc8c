"""The quality of data: what is wrong with records, who mends it, how full they are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access import figures, quality
from lingzhi.conformity.forms.quality import DecideForm
from lingzhi.conformity.models import DataFlaw
from lingzhi.conformity.presenting.collected import WORDS
from lingzhi.conformity.queries.quality import DAYS, completeness, examples, flaws, shown_flaw
from lingzhi.conformity.services.quality import decide_flaw
from lingzhi.core.errors import BadInput


@require_GET
def data_quality(request: SignedIn) -> HttpResponse:
    figures.require(request.user)
    found = flaws()
    context = {
        "flaws": found,
        "open": sum(one.row.state == DataFlaw.State.OPEN for one in found),
        "flows": [(WORDS[one.code][0], one) for one in completeness() if one.code in WORDS],
        "days": DAYS,
    }
    return render(request, "conformity/quality/list.html", context)


@require_GET
def data_flaw(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, quality.flaw_to_read(request.user, pk))


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    found = quality.flaw_to_decide(request.user, pk)
    form = DecideForm(request.POST, units=quality.owners(request.user))
    if form.is_valid():
        try:
            decide_flaw(found, by=request.user, **form.cleaned_data)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("conformity:data_flaw", pk)
    return _page(request, found, form)


def _page(request: SignedIn, found: DataFlaw, form: DecideForm | None = None) -> HttpResponse:
    may = found.state != DataFlaw.State.CLEAN and quality.may_decide(request.user, found)
    given = {"owner": found.owner, "state": found.state, "reason": found.reason}
    shown = shown_flaw(found)
    context = {
        "shown": shown,
        "examples": examples(shown.check, request.user),
        "form": form or (may and DecideForm(initial=given, units=quality.owners(request.user))),
        "days": DAYS,
    }
    return render(request, "conformity/quality/flaw.html", context, status=422 if form else 200)
