"""Quality goals: their tree, one of them, setting, judging and dropping it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.governance.access.goals import (
    goal_to_judge,
    goal_to_read,
    goal_to_set,
    may_judge,
    may_set,
    require,
)
from lingzhi.governance.forms.goals import GoalFilters, GoalForm, ReasonForm, VerdictForm
from lingzhi.governance.models import Goal
from lingzhi.governance.presenting.goals import ShownVerdict, said_target, shown_goal, shown_goals
from lingzhi.governance.queries.goals import (
    PLAN,
    READ,
    asked_goals,
    clause_behind,
    daily_target,
    open_goals,
    policies,
)
from lingzhi.governance.services.goals import drop_goal, judge_goal, keep_goal
from lingzhi.governance.views.common import Place, form_page

ON_A_PAGE = 60
ABOVE = (reverse_lazy("governance:goals"), gettext_lazy("Quality goals"))


@require_GET
def goals(request: SignedIn) -> HttpResponse:
    """The policy in force, and the goals below each other with their present value."""
    require(request.user, READ)
    form = GoalFilters(request.GET, user=request.user)
    page = page_of(request, asked_goals(request.user, **form.asked), size=ON_A_PAGE)
    context = {
        "form": form, "page": page, "rows": shown_goals(list(page)),
        "policies": policies(request.user), "may_plan": request.user.can(PLAN),
    }  # fmt: skip
    return render(request, "governance/goals/list.html", context)


@require_GET
def goal(request: SignedIn, pk: int) -> HttpResponse:
    """What it is, how it stands, what was said at each review, what serves it."""
    found = goal_to_read(request.user, pk)
    verdicts = found.verdicts.select_related("said_by", "definition__indicator")
    below = open_goals(request.user).filter(above=found)
    daily = daily_target(found)
    context = {
        "goal": found, "shown": shown_goal(found), "below": shown_goals(list(below)),
        "verdicts": [ShownVerdict(one) for one in verdicts], "daily": daily,
        "daily_said": said_target(daily),
        "may_set": may_set(request.user, found), "may_judge": may_judge(request.user, found),
    }  # fmt: skip
    return render(request, "governance/goals/goal.html", context)


@require_http_methods(["GET", "POST"])
def add_goal(request: SignedIn) -> HttpResponse:
    """From nothing, from a goal above (`?above=`), or from a clause (`?clause=`)."""
    require(request.user, PLAN)
    clause = clause_behind(request.GET.get("clause", ""))
    row = Goal(clause=clause, kept_by=request.user)
    given = {"judge": request.user.pk, "above": request.GET.get("above", "")}
    if clause is not None:
        given |= {"basis": Goal.Basis.CLAUSE, "basis_words": str(clause)[:300]}
    form = GoalForm(request.POST or None, instance=row, user=request.user, initial=given)
    return _form(request, form, _("Set a goal"))


@require_http_methods(["GET", "POST"])
def edit_goal(request: SignedIn, pk: int) -> HttpResponse:
    found = goal_to_set(request.user, pk)
    form = GoalForm(request.POST or None, instance=found, user=request.user)
    return _form(request, form, _("Change the goal"))


@require_http_methods(["GET", "POST"])
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """The verdict of a person, with the figures of the day."""
    found = goal_to_judge(request.user, pk)
    form = VerdictForm(request.POST or None)
    shown = shown_goal(found)
    said = f"{shown.value} ({shown.aim})" if shown.aim else found.shown_by
    return form_page(
        request, form, lambda: judge_goal(found, **form.cleaned_data, by=request.user).goal,
        title=_("Judge the goal"), above=ABOVE, back=_page_of(found), to="governance:goal",
        note=_("Now: %(value)s. It is kept with the verdict.") % {"value": said},
        done=_("Judged."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def drop(request: SignedIn, pk: int) -> HttpResponse:
    found = goal_to_set(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act() -> Goal:
        drop_goal(found, form.cleaned_data["reason"], by=request.user)
        return found

    return form_page(
        request, form, act, title=_("Drop the goal"), above=ABOVE, back=_page_of(found),
        to="governance:goal", button=_("Drop the goal"), done=_("Dropped."),
        note=_("It is judged no more; what was said of it stays."),
    )  # fmt: skip


def _form(request: SignedIn, form: GoalForm, title: str) -> HttpResponse:
    back = _page_of(form.instance) if form.instance.pk else None
    return form_page(
        request, form, lambda: keep_goal(form.instance, by=request.user), title=title,
        above=ABOVE, back=back, to="governance:goal", done=_("Saved."),
    )  # fmt: skip


def _page_of(row: Goal) -> Place:
    return reverse("governance:goal", args=[row.pk]), Goal.objects.get(pk=row.pk).title
