"""The list of what is put right, one record, starting and changing it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.changes import changeables
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.origins import Found, origins
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.core.sending import sent_well
from lingzhi.improvement.access.rectifications import (
    acts_on,
    may_supervise,
    rectification_to_note,
    rectification_to_read,
    rectification_to_supervise,
    rectification_to_work,
    require,
)
from lingzhi.improvement.forms.rectifications import (
    RectificationFilters,
    RectificationForm,
    WordsForm,
)
from lingzhi.improvement.models import Rectification, Reward
from lingzhi.improvement.presenting.effects import plan_words, shown_effect, signed
from lingzhi.improvement.presenting.rectifications import (
    NEXT,
    TONES,
    WAYS,
    late_words,
    sections_of,
    shown_rows,
    shown_sources,
    stages_of,
)
from lingzhi.improvement.queries.effects import judged
from lingzhi.improvement.queries.people import READ, START
from lingzhi.improvement.queries.rectifications import (
    OPEN,
    found_of,
    late_on,
    rectifications_visible_to,
    with_progress,
)
from lingzhi.improvement.services import records
from lingzhi.improvement.services.approving import open_approval
from lingzhi.improvement.views.common import act_page


@require_GET
def rectifications(request: SignedIn) -> HttpResponse:
    """What is open, overdue or closed, within reach."""
    require(request.user, READ)
    form = RectificationFilters(request.GET, user=request.user)
    page = page_of(request, _narrowed(request, form).prefetch_related("sources"))
    context = {
        "form": form, "page": page, "rows": shown_rows(page),
        "may_start": request.user.can(START),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"improvement/rectifications/{name}.html", context)


def _narrowed(request: SignedIn, form: RectificationFilters) -> QuerySet[Rectification]:
    asked, user = form.asked, request.user
    rows = with_progress(rectifications_visible_to(user))
    state, unit = asked.get("state"), asked.get("unit")
    if state == "late":
        rows = rows.filter(late_on(today()))
    elif state in Rectification.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(state__in=OPEN)
    if unit:
        rows = rows.filter(unit__path__startswith=unit.path)
    if asked.get("source"):
        rows = rows.filter(pk__in=Rectification.objects.filter(sources__kind=asked["source"]))
    found = _with_part(rows, user, asked.get("mine", "")).filter(_words(asked.get("text", "")))
    is_over = state in ("all", Rectification.State.CLOSED, Rectification.State.DROPPED)
    return found.order_by(*(("-pk",) if is_over else ("due_on", "pk")))


def _with_part(rows: QuerySet[Rectification], user: Any, part: str) -> QuerySet[Rectification]:
    if part == "measure":
        own = Rectification.objects.filter(measures__owner=user, measures__done_at=None)
        return rows.filter(pk__in=own.values("pk"))
    return rows.filter(**{part: user}) if part else rows


def _words(text: str) -> Q:
    number = text.rsplit("-", 1)[-1]
    found = Q(title__icontains=text) | Q(problem__icontains=text)
    return found | Q(pk=int(number)) if number.isdecimal() and len(number) < 10 else found


@require_GET
def export(request: SignedIn) -> HttpResponse:
    """What the list shows, as a file."""
    require(request.user, READ)
    form = RectificationFilters(request.GET, user=request.user)
    rows = shown_rows(_narrowed(request, form).prefetch_related("sources"))
    header = [
        _("Number"), _("Title"), _("Source"), _("Unit"), _("Owner"), _("Supervised by"),
        _("State"), _("To be done by"), _("Days late"), _("Measures"), _("Measures done"),
        _("Times reopened"),
    ]  # fmt: skip
    lines = (
        [
            one.row.number, one.row.title, one.sources, one.row.unit.name, one.row.owner.name,
            one.row.supervisor.name if one.row.supervisor else "", one.row.get_state_display(),
            one.row.due_on.isoformat(), one.late_days, one.measures,
            one.measures_done, one.row.reopened,
        ]
        for one in rows
    )  # fmt: skip
    answer: HttpResponse = table_answer(
        "rectifications", request.GET.get("form", "xlsx"), header, lines
    )
    return answer


@require_GET
def rectification(request: SignedIn, pk: int) -> HttpResponse:
    """One record, in the order of the method that is asked for."""
    row = rectification_to_read(request.user, pk)
    way = request.GET.get("as", row.way)
    way = way if way in WAYS else row.way
    found = judged(row)
    sources, rewards = list(row.sources.all()), Reward.objects.filter(rectification=row)
    context = {
        "row": row, "may": acts_on(request.user, row),
        "changes": [
            kind for kind, one in changeables().items() if request.user.can(one.capability)
        ], "stages": stages_of(row),
        "tone": TONES[Rectification.State(row.state)], "next": NEXT[row.state],
        "late": late_words(row), "way": way, "ways": Rectification.Way.choices,
        "sections": sections_of(row, way), "causes": list(row.causes.all()),
        "effect": shown_effect(row, found), "effect_plan": plan_words(found),
        "signed": [signed(one) for one in row.verifications.select_related("signed_by")],
        "sources": shown_sources(sources, found_of(request.user, sources)),
        "notes": row.notes.select_related("written_by"), "approval": open_approval(row),
        "members": row.team.memberships.select_related("person") if row.team else (),
        "today": today(), "rewards": rewards.select_related("person", "given_by"),
        "panels": panels_of("improvement.rectification", request.user, row),
        "carried": row.carried_over.select_related("unit", "owner"),
    }  # fmt: skip
    return render(request, "improvement/rectifications/rectification.html", context)


@require_http_methods(["GET", "POST"])
def start(request: SignedIn) -> HttpResponse:
    """A new record; from the page of its source it knows what it is about."""
    require(request.user, START)
    kind, key, found = _source(request)
    form = RectificationForm(
        request.POST or None, user=request.user, has_source=found is not None,
        initial=_initial(found),
    )  # fmt: skip

    def act() -> None:
        said = form.cleaned_data
        kind_said = kind if found else said["kind"]
        records.start_rectification(
            form.instance, kind=kind_said, key=key if found else None,
            words=said.get("words", ""), by=request.user,
        )  # fmt: skip

    if sent_well(request, form, act):
        messages.success(request, _("Started: find its cause and plan measures."))
        return redirect("improvement:rectification", form.instance.pk)
    context = {"form": form, "found": found, "label": found and origins()[kind].label}
    status = 422 if form.errors else 200
    return render(request, "improvement/rectifications/start.html", context, status=status)


def _source(request: SignedIn) -> tuple[str, int, Found | None]:
    """What the address names; only what this person may see."""
    kind, key = request.GET.get("source", ""), request.GET.get("key", "")
    if not kind:
        return "", 0, None
    if kind not in origins() or not key.isdecimal() or len(key) > 18:
        raise Http404
    found = origins()[kind].find(request.user, [int(key)]).get(int(key))
    if found is None:
        raise Http404
    return kind, int(key), found


def _initial(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"title": found.title[:120], "problem": found.words[:3000], "unit": found.unit_id}


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_work(request.user, pk)
    form = RectificationForm(request.POST or None, instance=row, user=request.user)
    return act_page(
        request, row, form, lambda: records.change_rectification(form.instance, by=request.user),
        title=_("Change"), done=_("Saved."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def write_note(request: SignedIn, pk: int) -> HttpResponse:
    """Progress by who works on it; what supervision found by who looks after it."""
    row = rectification_to_note(request.user, pk)
    looks = may_supervise(request.user, row)
    label = _("What you found") if looks else _("How far it is")
    form = WordsForm(request.POST or None, label=label)
    return act_page(
        request, row, form,
        lambda: records.write_note(
            row, form.cleaned_data["words"], is_supervision=looks, by=request.user
        ),
        title=_("Note of supervision") if looks else _("Note of progress"), done=_("Saved."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def drop(request: SignedIn, pk: int) -> HttpResponse:
    row = rectification_to_supervise(request.user, pk)
    form = WordsForm(request.POST or None, label=_("Why it is not put right"))
    return act_page(
        request, row, form,
        lambda: records.drop_rectification(row, form.cleaned_data["words"], by=request.user),
        title=_("Drop it"), done=_("Dropped."), button=_("Drop it"),
    )  # fmt: skip
