"""How many contacts carry notice and consent; what to do where the recording was refused."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access.figures import READ, require
from lingzhi.conformity.access.privacy import contact_to_withhold, refused_for, require_keeper
from lingzhi.conformity.forms.told import ToldFilters
from lingzhi.conformity.presenting.told import shown_channels, shown_days
from lingzhi.conformity.queries.told import told_in
from lingzhi.conformity.services import withholding
from lingzhi.contacts.services.withholding import release_contact
from lingzhi.core.pagination import page_of
from lingzhi.org.queries import reach
from lingzhi.org.queries.privacy import KEEP


@require_GET
def told(request: SignedIn) -> HttpResponse:
    require(request.user)
    form = ToldFilters(request.GET)
    evidence = told_in(reach(request.user, READ), form.span, form.rule_asked)
    wanted = form.cleaned_data.get("channel", "")
    context = {
        "form": form, "lines": shown_channels(evidence, form.names, wanted),
        "page": page_of(request, shown_days(evidence, form.names, wanted)),
        "keeps": request.user.can(KEEP),
    }  # fmt: skip
    template = "conformity/told/_told.html" if request.htmx else "conformity/told/told.html"
    return render(request, template, context)


@require_GET
def refused(request: SignedIn) -> HttpResponse:
    """Conversations whose recording was refused: to withhold, or withheld."""
    require_keeper(request.user)
    page = page_of(request, refused_for(request.user))
    return render(request, "conformity/told/refused.html", {"page": page})


@require_POST
def withhold(request: SignedIn, pk: int) -> HttpResponse:
    contact = contact_to_withhold(request.user, pk)
    tasks = withholding.withhold(contact, reason=request.POST.get("reason", ""), by=request.user)
    sentence = ngettext(
        "Withheld; %(n)s task was dropped.", "Withheld; %(n)s tasks were dropped.", tasks
    )
    messages.success(request, sentence % {"n": tasks})
    return redirect("conformity:refused")


@require_POST
def release(request: SignedIn, pk: int) -> HttpResponse:
    contact = contact_to_withhold(request.user, pk)
    release_contact(contact, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Released: it can be heard, read and inspected again."))
    return redirect("conformity:refused")
