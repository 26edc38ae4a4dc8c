"""Who must agree to a remedy of which amount (核决权限)."""

from decimal import Decimal

from django.db.models import F

from lingzhi.cases.models import Authority, Complaint
from lingzhi.cases.queries.by_clause import holding

# Where no matrix is set: small sums by whoever settles complaints, more by those above.
USUAL: tuple[tuple[Decimal | None, list[str]], ...] = (
    (Decimal(500), []),
    (Decimal(5000), ["supervisor"]),
    (None, ["supervisor", "leadership"]),
)


def authorities() -> list[Authority]:
    """The matrix in force: what clauses say, and the house's own lines, else the usual ones."""
    lines = Authority.objects.filter(retired_at=None).select_related("holds_in")
    rows = list(lines.order_by("grade", F("up_to").asc(nulls_last=True), "id"))
    usual = [Authority(up_to=up_to, roles=roles) for up_to, roles in USUAL]
    return rows if any(not one.reference for one in rows) else [*rows, *usual]


def line_for(complaint: Complaint, amount: Decimal) -> Authority | None:
    """The line that decides: of those that cover the amount, the one with the lowest limit.

    What a clause says goes before the house's own lines, and lines of the complaint's grade before
    those of every grade.
    """
    rows = holding(authorities(), complaint.case.unit.path)
    rows = [one for one in rows if one.grade in ("", complaint.grade)]
    fitting = [one for one in rows if one.up_to is None or amount <= one.up_to]
    return min(fitting, key=_narrowness, default=None)


def _narrowness(line: Authority) -> tuple[bool, bool, bool, Decimal]:
    return not line.reference, line.grade == "", line.up_to is None, line.up_to or Decimal(0)
