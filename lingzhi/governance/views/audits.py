"""The programme of audits, one audit, planning and holding it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import now, today
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.governance.access import audits as access
from lingzhi.governance.forms.audits import AuditForm, DrawForm, ScanForm, WordsForm, YearForm
from lingzhi.governance.models import Audit
from lingzhi.governance.presenting.audits import STATE_TONES, counted, paper_of, shown_lines
from lingzhi.governance.presenting.papers import word_of
from lingzhi.governance.queries.audits import (
    audits_visible_to,
    clauses_covered,
    units_never_audited,
    with_counts,
)
from lingzhi.governance.queries.people import AUDIT, READ
from lingzhi.governance.services import audits as services
from lingzhi.governance.views.asking import ask
from lingzhi.org.queries import reach
from lingzhi.rulebook.queries.versions import regulations_visible_to

ASK = ["GET", "POST"]


@require_GET
def audits(request: SignedIn) -> HttpResponse:
    """The programme of a year."""
    access.require(request.user, READ)
    form = YearForm(request.GET)
    rows = audits_visible_to(request.user).filter(planned_on__year=form.chosen_year)
    rows = rows.order_by("planned_on", "pk")  # as the year goes
    if form.cleaned_data.get("kind"):
        rows = rows.filter(kind=form.cleaned_data["kind"])
    page = page_of(request, with_counts(rows).prefetch_related("units", "auditors"))
    context = {
        "form": form, "page": page, "rows": [(one, STATE_TONES[one.state]) for one in page],
        "today": today(), "may_plan": request.user.can(AUDIT),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/audits/{name}.html", context)


@require_GET
def coverage(request: SignedIn) -> HttpResponse:
    """Which clauses and units no audit ever looked at."""
    access.require(request.user, READ)
    within = reach(request.user, READ).units.values("pk")
    regulations = regulations_visible_to(request.user).filter(unit__in=within)
    context = {
        "regulations": clauses_covered(today(), list(regulations.values_list("pk", flat=True))),
        "units": units_never_audited(request.user), "may_plan": request.user.can(AUDIT),
    }  # fmt: skip
    return render(request, "governance/audits/coverage.html", context)


@require_http_methods(ASK)
def add_audit(request: SignedIn) -> HttpResponse:
    access.require(request.user, AUDIT)
    return _form(request, None)


@require_http_methods(ASK)
def edit_audit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, access.audit_to_plan(request.user, pk))


def _form(request: SignedIn, old: Audit | None) -> HttpResponse:
    form = AuditForm(request.POST or None, instance=old, user=request.user)

    def act() -> None:
        given = form.cleaned_data
        services.keep_audit(
            form.instance, units=list(given["units"]), auditors=list(given["auditors"]),
            by=request.user,
        )  # fmt: skip

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("governance:audit", form.instance.pk)
    context = {"form": form, "title": old.title if old else _("Plan an audit"), "old": old}
    status = 422 if form.errors else 200
    return render(request, "governance/audits/form.html", context, status=status)


@require_GET
def audit(request: SignedIn, pk: int) -> HttpResponse:
    """The checklist with its evidence and findings; when closed, the report."""
    found = access.audit_to_read(request.user, pk)
    may = access.acts_on(request.user, found)
    units = list(found.units.order_by("path"))
    lines = shown_lines(found, units=units, is_answering=may.answer)
    context = {
        "audit": found, "may": may, "units": units, "lines": lines, "counts": counted(lines),
        "auditors": found.auditors.order_by("staff_no"), "tone": STATE_TONES[found.state],
        "unfollowed": sum(one.needs_rectification for one in lines),
    }  # fmt: skip
    return render(request, "governance/audits/audit.html", context)


@require_http_methods(ASK)
def draw(request: SignedIn, pk: int) -> HttpResponse:
    """Choose chapters of the regulations in force, or write a question."""
    found = access.audit_to_draw(request.user, pk)
    form = DrawForm(request.POST or None, units=found.units.all())

    def act() -> None:
        _draw(found, form, request.user)

    return ask(request, form, act, audit=found, title=_("Draw the checklist"),
               note=_("Each demand of the chapters you choose becomes one line. Lines that nobody "
                      "answered can be taken away again."))  # fmt: skip


def _draw(audit: Audit, form: DrawForm, user: Any) -> None:
    for name, version in form.versions.items():
        if form.cleaned_data[name]:
            services.draw_lines(audit, version, chapters=form.cleaned_data[name], by=user)
    if form.cleaned_data["question"]:
        services.ask_question(audit, form.cleaned_data["question"], by=user)


@require_POST
def collect(request: SignedIn, pk: int) -> HttpResponse:
    found = access.audit_to_draw(request.user, pk)
    services.collect_anew(found, by=request.user)
    messages.success(request, _("The evidence is being collected; it stands here in a moment."))
    return redirect("governance:audit", pk)


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    services.begin_audit(access.audit_to_lead(request.user, pk), by=request.user)
    messages.success(request, _("The audit has begun: each line can be answered now."))
    return redirect("governance:audit", pk)


@require_http_methods(ASK)
def scan(request: SignedIn, pk: int) -> HttpResponse:
    """The report file of a tool, its findings counted by hand."""
    found = access.audit_to_hold(request.user, pk)
    first = {name: getattr(found, name) for name in ("high", "medium", "low")}
    form = ScanForm(request.POST or None, request.FILES or None, initial=first)

    def act() -> None:
        services.keep_scan(found, form.cleaned_data, by=request.user)

    return ask(request, form, act, audit=found, title=_("Report of the scan"),
               note=_("The program runs no scan. Attach the report of your tool and count what it "
                      "found; what has to be put right is a line of the checklist."))  # fmt: skip


@require_http_methods(ASK)
def close(request: SignedIn, pk: int) -> HttpResponse:
    found = access.audit_to_lead(request.user, pk)
    form = WordsForm(request.POST or None, label=pgettext("of an audit", "Conclusion"))

    def act() -> None:
        services.close_audit(found, form.cleaned_data["words"], by=request.user)

    return ask(request, form, act, audit=found, title=_("Close the audit"),
               note=_("Does what was audited meet its demands? What is good, what is at risk? "
                      "Nothing can be changed afterwards."))  # fmt: skip


@require_http_methods(ASK)
def cancel(request: SignedIn, pk: int) -> HttpResponse:
    found = access.audit_to_plan(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Why is it not held?"))

    def act() -> None:
        services.cancel_audit(found, form.cleaned_data["words"], by=request.user)

    return ask(request, form, act, audit=found, title=_("Cancel the audit"))


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    paper = paper_of(access.audit_to_read(request.user, pk))
    context = {"paper": paper, "made_at": now(), "by": request.user}
    return pdf_answer(request, "governance/paper.html", context, paper.name)


@require_GET
def word(request: SignedIn, pk: int) -> HttpResponse:
    paper = paper_of(access.audit_to_read(request.user, pk))
    return word_answer(word_of(paper, author=request.user.name), paper.name)
