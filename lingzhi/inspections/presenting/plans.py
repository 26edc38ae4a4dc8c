"""A plan and its draws as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel
from lingzhi.contacts.queries import Filters
from lingzhi.core.languages import joined
from lingzhi.inspections.models import Plan, SheetVersion, Task
from lingzhi.inspections.presenting.runs import filters_in_words
from lingzhi.inspections.wording.plans import (
    LEFT_OUT,
    STRATA,
    sign_in_words,
    stratum_in_words,
)
from lingzhi.org.models import Unit


@dataclass(frozen=True, slots=True)
class ShownTask:
    """One conversation of a draw: why it was taken, from which stratum."""

    task: Task
    why: str
    stratum: str


def facts_of(plan: Plan) -> list[tuple[str, str]]:
    """The terms of a plan as name and value; what is not set is left out."""
    version = SheetVersion.objects.filter(sheet=plan.sheet_id).order_by("-state").first()
    active = plan.sheet.versions.filter(state="active").first() or version
    filters = Filters.from_json(plan.filters)
    found = [
        (_("Unit"), plan.unit.name),
        (_("Conversations"), filters_in_words(filters)),
        (_("Score sheet"), str(active.title) if active else plan.sheet.code),
        (_("Mode"), mode_of(plan)),
        (_("Covert until"), str(plan.covert_until or "")),
        (_("How often"), plan.get_cadence_display()),
        (_("Days"), f"{plan.from_on} – {plan.to_on or '…'}"),
        (_("Method"), method_of(plan)),
        (_("Inspected in any case"), _musts(plan)),
        (_("Left out"), _left_out(plan)),
        (_("Share without a hit, at least"), f"{plan.nonhit_ratio:.0%}"),
        (_("Inspectors’ hours a period"), f"{plan.hours:g}" if plan.hours else ""),
    ]
    return [(name, value) for name, value in found if value]


def mode_of(plan: Plan) -> str:
    """The four pairs of modes (日常/突击, 专项/全面, 明查/暗查, 现场/远程)."""
    names = ("rhythm", "breadth", "openness", "place")
    return " · ".join(str(getattr(plan, f"get_{name}_display")()) for name in names)


def method_of(plan: Plan) -> str:
    """How many, and how they are chosen."""
    if plan.method == Plan.Method.SPREAD:
        return _("%(n)d of each agent, spread over the weeks") % {"n": plan.per_agent or 0}
    n = ngettext("%(n)d conversation", "%(n)d conversations", plan.size or 0) % {"n": plan.size}
    parts = [n, str(plan.get_method_display())]
    if plan.method == Plan.Method.STRATIFIED and plan.strata:
        parts.append(joined(str(STRATA[one]) for one in plan.strata))
    if plan.method == Plan.Method.RISK:
        weights = (f"{sign_in_words(sign)} +{value:g}" for sign, value in plan.weights.items())
        parts.append(joined(weights))
    return " · ".join(part for part in parts if part)


def _musts(plan: Plan) -> str:
    said = joined(sign_in_words(one) for one in plan.musts)
    if said and plan.most_musts is not None:
        return said + " · " + _("at most %(n)d, by chance") % {"n": plan.most_musts}
    return said


def _left_out(plan: Plan) -> str:
    parts = [str(LEFT_OUT[one]) for one in plan.leaves_out]
    if plan.shortest_seconds:
        parts.append(_("shorter than %(n)d s") % {"n": plan.shortest_seconds})
    return joined(parts)


def shown_tasks(tasks: Iterable[Task]) -> list[ShownTask]:
    """Tasks with the reason and the stratum in words; names are read once for all."""
    several = list(tasks)
    names = {
        "team": _names("team", several),
        "agent": _names("agent", several),
        "channel": {one.code: one.label for one in Channel.objects.all()},
    }
    return [
        ShownTask(
            one,
            sign_in_words(one.must) if one.must else str(one.get_reason_display()),
            stratum_in_words(one.stratum, names),
        )
        for one in several
    ]


def _names(kind: str, tasks: Iterable[Task]) -> dict[str, str]:
    """The names of the teams or agents that the strata of these tasks name, by their keys."""
    parts = (part.partition(":") for task in tasks for part in task.stratum.split("/"))
    keys = {value for name, _colon, value in parts if name == kind and value}
    found = (Unit if kind == "team" else User).objects.filter(pk__in=keys)
    return {str(pk): name for pk, name in found.values_list("pk", "name")}
