"""Time limits (处理时限): each case gets the clock that a clause asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.controls.common import cases_url, each_team, evidence_from
from lingzhi.cases.queries.limits_kept import UNITS, limits_judged, unit_of
from lingzhi.cases.services.demanding_limits import demand_limit, release_limit
from lingzhi.core.controls import Binding, Flaw
from lingzhi.rulebook.kinds import SLA as WAITING

Values = Mapping[str, Any]


def _check(values: Values) -> Iterable[Flaw]:
    if WAITING.check is not None:
        yield from WAITING.check(values)
    limit = values.get("limit")
    if values.get("limit_unit", "") not in ("", *UNITS):
        yield Flaw("limit", _("A time limit counts minutes, hours, days or working time."))
        return
    is_counted = isinstance(limit, int | float) and values.get("clock") != "handling"
    if is_counted and unit_of(values) is None:
        yield Flaw("limit", _("A clock counts whole minutes."))


def _apply(binding: Binding, by: User | None) -> None:
    demand_limit(binding, by=by)


def _end(binding: Binding, by: User | None) -> None:
    release_limit(binding, by=by)


SLA = replace(
    WAITING,
    waits_for="",
    check=_check,
    apply=_apply,
    end=_end,
    evidence=evidence_from(limits_judged),
    evidence_url=cases_url,
    narrows=each_team,
)
