"""What a pilot changed in the indicators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access import figures as access
from lingzhi.conformity.forms.pilots import PilotForm
from lingzhi.conformity.presenting.pilot_effects import shown_pilot_effect
from lingzhi.conformity.queries.pilot_effects import effect_of, proposed_for


@require_GET
def pilot(request: SignedIn, pk: int) -> HttpResponse:
    """Before and since it began, beside the units where it does not hold (R-GV-06)."""
    version = access.pilot_to_read(request.user, pk)
    form = PilotForm(request.GET, proposed=proposed_for(version))
    found = effect_of(version, form.definitions, request.user)
    context = {"form": form, "version": version, "shown": shown_pilot_effect(found)}
    name = "_rows" if request.htmx else "pilot"
    return render(request, f"conformity/pilots/{name}.html", context)
