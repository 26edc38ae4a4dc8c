"""The control kind `report` (报告): a regulation asks for a report; was it there in time?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, ControlKind, Days, Evidence, Flaw, Param
from lingzhi.kpis.queries import completed
from lingzhi.org.models import Unit
from lingzhi.reports import services
from lingzhi.reports.models import SECTIONS, USUAL_READERS, Plan, Report
from lingzhi.rulebook.queries import controls_in_force

DAYS_TO_WRITE = 1  # a report is in time that was published the day after its last day


def _check(values: Mapping[str, Any]) -> Iterable[Flaw]:
    for reader in values.get("readers", []):
        if reader not in ROLES:
            yield Flaw("readers", _("There is no such role."))
    for section in values.get("sections", []):
        if section not in SECTIONS:
            yield Flaw("sections", _("Reports have no such section."))


def _apply(binding: Binding, by: User | None) -> None:
    """The unit's report of this cadence is planned, for whoever any clause in force names."""
    _plan([*_others(binding), binding], by)


def _end(binding: Binding, by: User | None) -> None:
    """Where no other clause in force asks for this report, no more are written."""
    plan, others = _plan_of(binding), _others(binding)
    if plan is None or plan.control_id is None:
        return
    if others:
        _plan(others, by)
    else:
        services.end_plan(plan, on=binding.to_on or today(), by=by)


def _others(binding: Binding) -> list[Binding]:
    """The other clauses in force that ask this unit for a report of this cadence."""
    found = controls_in_force(today(), today(), kind="report")
    wanted = (binding.unit_id, binding.values["cadence"])
    return [
        one
        for one in found
        if (one.unit_id, one.values["cadence"]) == wanted and one.control_id != binding.control_id
    ]


def _plan(bindings: Sequence[Binding], by: User | None) -> None:
    """One plan for all of them: their readers and sections together, begun by the last."""
    last = bindings[-1]
    readers = {role for one in bindings for role in one.values.get("readers") or USUAL_READERS}
    wanted = {name for one in bindings for name in one.values.get("sections") or SECTIONS}
    asked: dict[str, Any] = {
        "readers": [role for role in ROLES if role in readers],
        "sections": [name for name in SECTIONS if name in wanted],
        "control_id": last.control_id,
    }
    plan = _plan_of(last)
    if plan is not None:
        services.bind_plan(plan, by=by, **asked)
        return
    unit = Unit.objects.get(pk=last.unit_id)
    services.plan_report(unit, last.values["cadence"], from_on=last.from_on, by=by, **asked)


def _plan_of(binding: Binding) -> Plan | None:
    cadence = binding.values["cadence"]
    return Plan.objects.filter(unit=binding.unit_id, cadence=cadence, to_on=None).first()


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return [_of_one(binding, first, last) for binding in bindings]


def _of_one(binding: Binding, first: date, last: date) -> Days:
    """For each period that is over: was a report published the day after it ended?

    Periods that ended before the report was planned are nobody's lapse, even where the clause is
    dated back: nobody could have written it.
    """
    cadence = binding.values["cadence"]
    since = _planned_since(binding)
    reports = Report.objects.filter(
        plan__unit=binding.unit_id, plan__cadence=cadence, edition=1, last_on__range=(first, last)
    )
    published = {one.first_on: timezone.localdate(one.published_at) for one in reports}
    found = {}
    until = min(last, today() - timedelta(days=DAYS_TO_WRITE + 1))
    for period in completed(cadence, first, until):
        if period.first >= binding.from_on and period.last >= since:
            on = published.get(period.first)
            kept = on is not None and on <= period.last + timedelta(days=DAYS_TO_WRITE)
            found[period.last] = Evidence(kept=int(kept), broken=int(not kept))
    return found


def _planned_since(binding: Binding) -> date:
    """The day on which this report was first planned for the unit."""
    cadence = binding.values["cadence"]
    plan = Plan.objects.filter(unit=binding.unit_id, cadence=cadence).order_by("created_at").first()
    return timezone.localdate(plan.created_at) if plan else today()


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    asked = {"cadence": binding.values["cadence"], "unit": binding.unit_id}
    return f"{reverse('reports:list')}?{urlencode(asked)}"


def _each_counts(_values: Mapping[str, Any]) -> float:
    """A report that did not come is a breach by itself."""
    return 1.0


CONTROL_KINDS = [
    ControlKind(
        code="report",
        label=_("Report"),
        params=(
            Param(
                "cadence", _("How often"), "choice", is_figure=True,
                choices=lambda: Plan.Cadence.choices,
            ),
            Param(
                "sections", _("Sections"), "words", is_required=False,
                choices=lambda: list(SECTIONS.items()),
            ),
            Param("readers", _("Readers"), "roles", is_required=False),
        ),
        check=_check,
        apply=_apply,
        end=_end,
        evidence=_evidence,
        evidence_url=_evidence_url,
        needed=_each_counts,
    )
]  # fmt: skip
