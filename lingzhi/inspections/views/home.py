"""The start page: figures for who sees findings, a calm list of doors for everybody else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.menu import menu_of
from lingzhi.inspections.access import READ
from lingzhi.inspections.forms.filters import DEFAULT_PERIOD, PeriodForm
from lingzhi.inspections.models import Rule
from lingzhi.inspections.presenting.overview import overview_of
from lingzhi.inspections.queries import ENOUGH, inspected, rules_in_force
from lingzhi.notifications.queries import inbox_of

STEPS = ("day", "week")
LINES_SHOWN = 8


@require_GET
def home(request: SignedIn) -> HttpResponse:
    if not request.user.can(READ):
        return _doors(request)
    form = PeriodForm(request.GET, user=request.user)
    missing = _first_step(request, form)
    if missing:
        return render(request, "inspections/first_step.html", {"missing": missing})
    step = request.GET.get("step", "")
    overview = overview_of(form, step if step in STEPS else "")
    context = {
        "form": form,
        "overview": overview,
        "period": form.cleaned_data.get("period") or DEFAULT_PERIOD,
        "step": overview.step,
        "enough": ENOUGH,
        "todos": inbox_of(request.user)[:LINES_SHOWN],
    }
    return render(request, "inspections/home.html", context)


def _first_step(request: SignedIn, form: PeriodForm) -> str:
    """What has to be done before there is anything to show; empty when nothing is missing."""
    if not form.visible.exists():
        return "contacts"
    if not rules_in_force().exists():
        return "rules" if not Rule.objects.exists() else "drafts"
    return "" if inspected(form.visible).exists() else "run"


def _doors(request: SignedIn) -> HttpResponse:
    context = {
        "groups": menu_of(request, request.user),
        "todos": inbox_of(request.user)[:LINES_SHOWN],
    }
    return render(request, "inspections/doors.html", context)
