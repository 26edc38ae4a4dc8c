"""Approval authority of remedies (核决权限): who agrees up to which amount."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.approvals.queries import DECIDE
from lingzhi.cases.controls.case_duty import GRADE
from lingzhi.cases.controls.common import kind_of_cases
from lingzhi.cases.models import Authority
from lingzhi.cases.queries.authority_kept import remedies_judged
from lingzhi.cases.services.by_clause import demand_authority, release_lines
from lingzhi.core.controls import Flaw, Param


def _check(values: Mapping[str, Any]) -> Iterable[Flaw]:
    roles = values.get("roles") or ()
    if any(DECIDE not in ROLES[code].capabilities for code in roles):
        yield Flaw("roles", _("Some of these roles never sign approvals."))


AUTHORITY = kind_of_cases(
    "authority",
    _("Approval authority"),
    (
        Param(
            "up_to", _("up to"), "number", unit="yuan", is_figure=True, is_required=False, low=0,
            is_positive=True,
        ),
        GRADE,
        Param("roles", _("roles in order"), "roles", is_required=False),
    ),
    check=_check,
    judge=remedies_judged,
    apply=demand_authority,
    end=partial(release_lines, Authority),
)  # fmt: skip
