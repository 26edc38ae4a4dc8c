"""Back-tests: what another version would find, before anybody is judged by it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access, services
from lingzhi.inspections.forms.backtests import BackTestForm
from lingzhi.inspections.models import BackTest, Rule
from lingzhi.inspections.presenting.backtests import (
    ShownPair,
    axis_of,
    compared_versions,
    next_steps,
    run_query,
    samples_of,
    shown_pairs,
    suspended_in,
)
from lingzhi.inspections.presenting.runs import filters_in_words
from lingzhi.inspections.queries import ENOUGH
from lingzhi.jobs.services import cancel_run


@require_GET
def back_tests(request: SignedIn) -> HttpResponse:
    page = page_of(request, access.back_tests_of(request.user))
    template = "inspections/_back_tests.html" if request.htmx else "inspections/back_tests.html"
    return render(request, template, {"page": page})


@require_http_methods(["GET", "POST"])
def start_back_test(request: SignedIn) -> HttpResponse:
    """Two versions of `?rule=`, else every draft; the form counts, sending it starts."""
    access.require(request.user, access.RUN)
    given = request.POST or request.GET
    about = _rule_of(request, given.get("rule", ""))
    form = BackTestForm(given, user=request.user, about=about)
    if request.method == "POST" and form.is_valid():
        label = _label(form, about)
        test = services.start_back_test(form.pairs, form.filters, label=label, by=request.user)
        return redirect("inspections:back_test", test.pk)
    context = {"form": form, "about": about, "pairs": form.pairs, "count": form.contacts.count()}
    parts = {True: "_back_test_count", False: "start_back_test"}
    template = f"inspections/{parts[bool(request.htmx)]}.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _rule_of(request: SignedIn, number: str) -> Rule | None:
    if not number:
        return None
    if not number.isdecimal():
        raise Http404
    return access.rule_to_read(request.user, int(number))


def _label(form: BackTestForm, about: Rule | None) -> str:
    number = len(form.pairs)
    what = (
        form.pairs[0][1].title
        if about and form.pairs
        else ngettext("%(n)d draft", "%(n)d drafts", number) % {"n": number}
    )
    return _("Back-test: %(what)s · %(where)s") % {
        "what": what,
        "where": filters_in_words(form.filters),
    }


@require_GET
def back_test(request: SignedIn, pk: int) -> HttpResponse:
    test = access.back_test_to_read(request.user, pk)
    pairs = shown_pairs(test)
    context = {
        "test": test,
        "run": test.run,
        "pairs": pairs,
        "compared": compared_versions(test),
        "suspended": suspended_in(test),
        "may_cancel": access.may_cancel(request.user, test),
        "run_query": run_query(test),
        **(_chosen(request, pairs) if pairs else {}),
    }
    return render(request, "inspections/back_test.html", context)


def _chosen(request: SignedIn, pairs: list[ShownPair]) -> dict[str, object]:
    """The rule asked for, else the one with most changes, with everything about it."""
    wanted = request.GET.get("rule", "")
    pair = next((one for one in pairs if str(one.after.rule_id) == wanted), pairs[0])
    people, units = pair.agents, pair.units
    return {
        "pair": pair,
        "samples": samples_of(pair, request.user),
        "people": people,
        "units": units,
        "steps": next_steps(pair),
        "enough": ENOUGH,
        "axis": axis_of([pair.whole, *people.every, *units.every]),
    }


@require_GET
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; the whole page once the run has ended."""
    test = access.back_test_to_read(request.user, pk)
    if test.run.is_finished:
        return HttpResponseClientRefresh()
    context = {"test": test, "run": test.run}
    return render(request, "inspections/_back_test_progress.html", context)


@require_POST
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    test: BackTest = access.back_test_to_cancel(request.user, pk)
    cancel_run(test.run, by=request.user)
    messages.success(request, _("The back-test stops; what it compared until then is shown."))
    return redirect("inspections:back_test", pk)
