"""Acts: put a way of counting in use, set and end targets, name an owner."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.errors import BadInput
from lingzhi.kpis import access, services
from lingzhi.kpis.forms import (
    BenchmarkForm,
    DefinitionForm,
    EndForm,
    OwnerForm,
    TargetForm,
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

    if done(form, act):
        messages.success(request, _("The way of counting is set; its past is being counted."))
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "way": way, "form": form, "shown": shown_definition(way, known)}
    return form_page(request, "kpis/define.html", form, context)


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

    if done(form, act):
        messages.success(request, _("The target is set."))
        return redirect("kpis:indicator", code)
    return form_page(request, "kpis/target.html", form, {"entry": entry, "form": form})


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

    if definition is not None and done(form, act):
        messages.success(request, _("The benchmark is set."))
        return redirect("kpis:indicator", code)
    context = {"entry": entry, "definition": definition, "form": form}
    return form_page(request, "kpis/benchmark.html", form, context)


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


@require_POST
def name_owner(request: SignedIn, code: str) -> HttpResponse:
    access.indicator_of_all(request.user, code)
    form = OwnerForm(request.POST)
    if form.is_valid():
        post = form.cleaned_data["post"]
        services.name_owner(code, post.code if post else "", by=request.user)
        messages.success(request, _("The responsible post is named."))
    return redirect("kpis:indicator", code)


def done(form: Any, act: Callable[[], None]) -> bool:
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


def form_page(request: SignedIn, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if form.is_bound else 200)
