"""Time limits (处理时限): each case gets the clock that a clause asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.queries.limits_kept import UNITS, limits_judged, unit_of
from lingzhi.cases.services.demanding_limits import demand_limit, release_limit
from lingzhi.core.controls import Flaw
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


SLA = kind_of_cases(
    WAITING.code,
    WAITING.label,
    WAITING.params,
    limits=WAITING.limits,
    check=_check,
    judge=limits_judged,
    apply=demand_limit,
    end=release_limit,
)
