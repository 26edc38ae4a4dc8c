"""The next case for me (下一单): by priority, what is due, and what one has done before."""

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.queries.desk import FULL, my_cases, takeable
from lingzhi.cases.services.claiming import CaseChanged
from lingzhi.cases.services.working import assign_case
from lingzhi.core.errors import DomainError

LOOKED_AT = 50  # cases among which the one that fits best is chosen


class HandsFull(DomainError):
    message = _("You have as many open cases as one person handles. Finish one first.")


@transaction.atomic
def take_next(*, by: User) -> Case | None:
    """The case of one's units that fits best, taken on; None where nothing waits.

    Of those of the highest priority the type one has closed most often comes first, then what is
    due first. Raises HandsFull.
    """
    if my_cases(by).count() >= FULL:
        raise HandsFull()
    rows = takeable(by).order_by("priority", F("next_due_at").asc(nulls_last=True), "pk")
    found = list(rows.select_related("unit")[:LOOKED_AT])
    skill = _skill(by)
    for case in sorted(found, key=lambda one: (one.priority, -skill.get(one.type_id, 0))):
        try:
            with transaction.atomic():
                assign_case(case, by, seen=case.revision, by=by)
        except CaseChanged:
            continue  # somebody else was quicker
        return case
    return None


def _skill(person: User) -> dict[int, int]:
    """How many cases of each type the person has closed."""
    closed = Case.objects.filter(handler=person, kind=Case.Kind.CLOSED).order_by()
    return dict(closed.values_list("type").annotate(number=Count("pk")))
