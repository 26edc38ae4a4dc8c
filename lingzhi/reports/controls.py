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
from lingzhi.org.models import Unit
from lingzhi.reports import services
from lingzhi.reports.kinds import KINDS, kind_of
from lingzhi.reports.models import SECTIONS, Plan, Report
from lingzhi.reports.queries.month_end import periods_over
from lingzhi.rulebook.queries import controls_in_force


def _check(values: Mapping[str, Any]) -> Iterable[Flaw]:
    for reader in values.get("readers", []):
        if reader not in ROLES:
            yield Flaw("readers", _("There is no such role."))
    kind = KINDS[values.get("report") or Plan.Kind.QUALITY]
    if values.get("cadence") and values["cadence"] not in kind.cadences:
        yield Flaw("cadence", _("A report of this kind is not made so often."))
    for section in values.get("sections", []):
        if section not in SECTIONS:
            yield Flaw("sections", _("Reports have no such section."))


def _apply(binding: Binding, by: User | None) -> None:
    """The unit's report of this kind is planned, for whoever any clause in force names."""
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
    wanted = _asked(binding)
    return [one for one in found if _asked(one) == wanted and one.control_id != binding.control_id]


def _asked(binding: Binding) -> dict[str, Any]:
    """Which report: whose, of which kind, how often."""
    kind = binding.values.get("report") or Plan.Kind.QUALITY
    return {"unit": binding.unit_id, "kind": kind, "cadence": binding.values["cadence"]}


def _plan(bindings: Sequence[Binding], by: User | None) -> None:
    """One plan for all of them: their readers and sections together, begun by the last."""
    last = bindings[-1]
    usual = KINDS[_asked(last)["kind"]]
    readers = {role for one in bindings for role in one.values.get("readers") or usual.readers}
    wanted = {name for one in bindings for name in one.values.get("sections") or usual.sections}
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
    asked["kind"] = _asked(last)["kind"]
    services.plan_report(unit, last.values["cadence"], from_on=last.from_on, by=by, **asked)


def _plan_of(binding: Binding) -> Plan | None:
    return Plan.objects.filter(**_asked(binding), to_on=None).select_related("unit").first()


def _evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    return [_of_one(binding, first, last) for binding in bindings]


def _of_one(binding: Binding, first: date, last: date) -> Days:
    """For each period that is over: was a report published in time, the day after it ended where
    nobody has to hand it in?

    Periods that ended before the report was planned are nobody's lapse, even where the clause is
    dated back: nobody could have written it.
    """
    plan = (
        Plan.objects.filter(**_asked(binding)).select_related("unit").order_by("created_at").first()
    )
    if plan is None:
        return {}
    since, days = timezone.localdate(plan.created_at), timedelta(days=kind_of(plan).days)
    reports = Report.objects.filter(
        plan__in=Plan.objects.filter(**_asked(binding)), edition=1, published_at__isnull=False,
        last_on__range=(first, last),
    )  # fmt: skip
    published = {one.first_on: timezone.localdate(one.published_at) for one in reports}
    found = {}
    for period in periods_over(plan, first, min(last, today() - days - timedelta(days=1))):
        if period.first >= binding.from_on and period.last >= since:
            on = published.get(period.first)
            kept = on is not None and on <= period.last + days
            found[period.last] = Evidence(kept=int(kept), broken=int(not kept))
    return found


def _evidence_url(binding: Binding, _first: date, _last: date, _verdict: str) -> str:
    return f"{reverse('reports:list')}?{urlencode(_asked(binding))}"


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
                "report", _("Kind"), "choice", is_required=False,
                choices=lambda: Plan.Kind.choices,
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
