"""The share from which on a clause counts as kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity import services
from lingzhi.conformity.access import figures as access
from lingzhi.conformity.forms.figures import ThresholdForm
from lingzhi.conformity.models import Threshold
from lingzhi.conformity.queries.thresholds import threshold_in_force


@require_http_methods(["GET", "POST"])
def threshold(request: SignedIn) -> HttpResponse:
    access.require_writer_of_all(request.user)
    now = threshold_in_force()
    form = ThresholdForm(request.POST or None, initial={"percent": round(now.share * 100, 4)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.set_threshold(given["percent"], reason=given["reason"], by=request.user)
        messages.success(request, _("From now on this share counts, for every period."))
        return redirect("conformity:overview")
    context = {"form": form, "now": now, "history": Threshold.objects.select_related("set_by")[:20]}
    status = 422 if form.is_bound else 200
    return render(request, "conformity/threshold.html", context, status=status)
