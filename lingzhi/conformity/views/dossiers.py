"""The whole rulebook as an auditor's document, and the files made of it."""

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access import dossiers as files
from lingzhi.conformity.access import figures as access
from lingzhi.conformity.forms.figures import DaysAsked
from lingzhi.conformity.models import Dossier
from lingzhi.conformity.printing.content import content_of
from lingzhi.conformity.queries.figures import ENOUGH
from lingzhi.conformity.services import dossiers as services


@require_GET
def document(request: SignedIn, pk: int) -> HttpResponse:
    """Chapter by chapter, clause by clause: to be read, and to be printed."""
    found, form = _asked(request, pk, request.GET)
    version = access.version_to_show(found)
    context = {
        "regulation": found,
        "version": version,
        "form": form,
        "period": form.span,
        "place": form.place,
        "content": content_of(version, form.place, form.span, request.user),
        "enough": ENOUGH,
        "forms": Dossier.Form.choices,
    }
    return render(request, "conformity/dossiers/document.html", context)


@require_GET
def dossiers(request: SignedIn, pk: int) -> HttpResponse:
    """The files that were made, and who took them."""
    found = access.regulation_to_read(request.user, pk)
    context = {
        "regulation": found,
        "version": access.version_to_show(found),
        "dossiers": files.dossiers_for(request.user, found),
    }
    return render(request, "conformity/dossiers/list.html", context)


@require_POST
def ask(request: SignedIn, pk: int) -> HttpResponse:
    """Have a file made of the unit and days that were looked at."""
    found, form = _asked(request, pk, request.POST)
    wanted = request.POST.get("form")
    kind = wanted if wanted in Dossier.Form.values else Dossier.Form.PDF
    version = access.version_to_show(found)
    services.ask_for_dossier(version, form.place, form.span, kind, by=request.user)
    messages.success(request, _("The file is being made. You are told when it is ready."))
    return redirect("conformity:dossiers", pk)


@require_GET
def take(request: SignedIn, pk: int, dossier: int) -> FileResponse:
    """The file itself, to be saved; who took it is recorded."""
    regulation = access.regulation_to_read(request.user, pk)
    found = files.dossier_to_take(request.user, regulation, dossier)
    services.take_dossier(found, by=request.user)
    assert found.file is not None
    opened = default_storage.open(found.file.stored_as, "rb")
    return FileResponse(opened, as_attachment=True, filename=found.file.name)


def _asked(request: SignedIn, pk: int, data: Any) -> tuple[Any, DaysAsked]:
    found = access.regulation_to_read(request.user, pk)
    return found, DaysAsked(data, units=access.units_of(request.user, found))
