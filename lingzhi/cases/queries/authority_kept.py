"""Whether remedies were agreed to by those whom a clause names for the amount (核决权限)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext

from lingzhi.cases.models import Remedy
from lingzhi.cases.queries.clauses import BROKEN, KEPT, Judged, bound
from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding
from lingzhi.rulebook.queries import controls_in_force

KIND = "authority"
DAY = timedelta(days=1)
LONG_BEFORE = timedelta(days=365)  # how long a remedy may have waited for its agreement


def remedies_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """The remedies agreed to on these days of which this clause's line decides.

    What was offered before the clause was in force was agreed to by other lines, and is left out.
    """
    rows = Remedy.objects.filter(
        bound(binding, "complaint__case__"),
        agreed_at__gte=midnight(first), agreed_at__lt=midnight(last + DAY),
    )  # fmt: skip
    rows = rows.select_related("complaint__case__unit", "approval")
    found = list(rows.prefetch_related("approval__signatures").order_by("pk"))
    lines = controls_in_force(first - LONG_BEFORE, last, kind=KIND) if found else []
    for one in found:
        if _decides(binding, one, lines) and one.agreed_at is not None:
            note = _lack(one, binding.values.get("roles") or [])
            case = one.complaint.case
            yield Judged(
                timezone.localdate(one.agreed_at), case.unit.path, BROKEN if note else KEPT,
                case.pk, at=one.agreed_at, note=note,
            )  # fmt: skip


def _decides(binding: Binding, remedy: Remedy, lines: Sequence[Binding]) -> bool:
    """Whether this clause's line is the narrowest that covers the remedy where it was offered."""
    day = timezone.localdate(remedy.offered_at)
    fitting = [
        one for one in lines
        if one.from_on <= day and (one.to_on is None or one.to_on >= day)
        and one.holds_for(remedy.complaint.case.unit.path) and _covers(one, remedy)
    ]  # fmt: skip
    return bool(fitting) and min(fitting, key=_narrowness).control_id == binding.control_id


def _covers(line: Binding, remedy: Remedy) -> bool:
    up_to = line.values.get("up_to")
    is_enough = up_to is None or remedy.amount <= Decimal(str(up_to))
    return is_enough and line.values.get("grade", "") in ("", remedy.complaint.grade)


def _narrowness(line: Binding) -> tuple[bool, bool, float, int]:
    up_to = line.values.get("up_to")
    return not line.values.get("grade"), up_to is None, up_to or 0.0, line.control_id


def _lack(remedy: Remedy, roles: Sequence[str]) -> str:
    signed = (
        [one.role for one in remedy.approval.signatures.all() if one.is_agreed]
        if remedy.approval else []
    )  # fmt: skip
    lacking = [role for role in roles if role not in signed]
    return gettext("Not agreed to by all whom the clause names.") if lacking else ""
