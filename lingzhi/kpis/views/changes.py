"""Acts: put a way of counting in use, set and end targets, enter figures, name an owner."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.files.services import store_file
from lingzhi.kpis import access, services
from lingzhi.kpis.dictionary import BY_HAND
from lingzhi.kpis.forms import (
    BenchmarkForm,
    DefinitionForm,
    EndForm,
    OwnerForm,
    TargetForm,
    ValueForm,
)
from lingzhi.kpis.presenting.indicator import chosen_definition, shown_definition
from lingzhi.kpis.queries import headline


@require_http_methods(["GET", "POST"])
def define(request: SignedIn, code: str, variant: str) -> HttpResponse:
    """Put a way of counting in use from a day."""
    entry, way = access.variant_to_define(request.user, code, variant)
    used = headline(code)
    known = used.params if used is not None and used.variant == variant else dict(way.params)
    form = DefinitionForm(way, known, request.POST if request.method == "POST" else None)

    def act() -> None:
        services.use_definition(
            code,
            variant,
            form.values(),
            from_on=form.cleaned_data["from_on"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )

    if _done(form, act):
        messages.success(request, _("The way of counting is set; its past is being counted."))
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "way": way, "form": form, "shown": shown_definition(way, known)}
    return _form_page(request, "kpis/define.html", form, context)


@require_http_methods(["GET", "POST"])
def set_target(request: SignedIn, code: str) -> HttpResponse:
    entry = access.indicator_to_manage(request.user, code)
    services.lay_definitions()
    chosen = chosen_definition(code, request.GET)
    initial = {"definition": chosen.pk if chosen else None}
    form = TargetForm(request.user, code, request.POST or None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        services.set_target(
            given["definition"],
            given["unit"],
            form.aim(),
            from_on=given["from_on"],
            reason=given["reason"],
            by=request.user,
        )

    if _done(form, act):
        messages.success(request, _("The target is set."))
        return redirect("kpis:indicator", code)
    return _form_page(request, "kpis/target.html", form, {"entry": entry, "form": form})


@require_http_methods(["GET", "POST"])
def set_benchmark(request: SignedIn, code: str) -> HttpResponse:
    """What others reach is the same for everybody: who speaks for the whole centre sets it."""
    entry = access.indicator_of_all(request.user, code)
    services.lay_definitions()
    definition = chosen_definition(code, request.GET)
    form = BenchmarkForm(request.POST or None)

    def act() -> None:
        if definition is not None:
            services.set_benchmark(definition, by=request.user, **form.cleaned_data)

    if definition is not None and _done(form, act):
        messages.success(request, _("The benchmark is set."))
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "definition": definition, "form": form}
    return _form_page(request, "kpis/benchmark.html", form, context)


@require_POST
def end_target(request: SignedIn, pk: int) -> HttpResponse:
    target = access.target_to_end(request.user, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        services.end_target(target, on=given["on"], reason=given["reason"], by=request.user)
        messages.success(request, _("The target is ended."))
    else:
        messages.error(request, _("Name the last day and the reason."))
    return redirect("kpis:indicator", target.definition.code)


@require_http_methods(["GET", "POST"])
def enter_value(request: SignedIn, code: str) -> HttpResponse:
    entry = access.indicator_to_manage(request.user, code)
    form = ValueForm(request.user, request.POST or None, request.FILES or None)

    def act() -> None:
        services.check_entered(form.entered(), entry.variants[BY_HAND].shape)
        file = _stored(request, form.cleaned_data["file"])
        unit = form.cleaned_data["unit"]
        services.enter_value(code, unit, form.entered(file), by=request.user)

    if _done(form, act):
        messages.success(request, _("The figure is entered."))
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "form": form, "way": entry.variants[BY_HAND]}
    return _form_page(request, "kpis/value.html", form, context)


def _stored(request: SignedIn, upload: Any) -> Any:
    if upload is None:
        return None
    return store_file(upload, name=upload.name, purpose="kpis", by=request.user)


@require_POST
def withdraw_value(request: SignedIn, pk: int) -> HttpResponse:
    value = access.value_to_withdraw(request.user, pk)
    services.withdraw_value(value, reason=request.POST.get("reason", "")[:300], by=request.user)
    messages.success(request, _("The figure is withdrawn."))
    return redirect("kpis:indicator", value.definition.code)


@require_GET
def value_file(request: SignedIn, pk: int) -> FileResponse:
    """The evidence of an entered figure, taken away."""
    file = access.evidence_to_take(request.user, pk)
    return FileResponse(
        default_storage.open(file.stored_as), as_attachment=True, filename=file.name
    )


@require_POST
def name_owner(request: SignedIn, code: str) -> HttpResponse:
    access.indicator_of_all(request.user, code)
    form = OwnerForm(request.POST)
    if form.is_valid():
        post = form.cleaned_data["post"]
        services.name_owner(code, post.code if post else "", by=request.user)
        messages.success(request, _("The responsible post is named."))
    return redirect("kpis:indicator", code)


def _done(form: Any, act: Callable[[], None]) -> bool:
    """Whether the form was sent, was right, and the act was done."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except BadInput as wrong:
        field = wrong.field if wrong.field in form.fields else None
        form.add_error(field, str(wrong.sentence))
        return False
    return True


def _form_page(
    request: SignedIn, template: str, form: Any, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, context, status=422 if form.is_bound else 200)
