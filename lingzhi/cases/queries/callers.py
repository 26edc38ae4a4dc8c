"""Who makes a follow-up call: never who served the customer, and each in turn."""

from collections import Counter
from collections.abc import Collection

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES
from lingzhi.cases.models import Case, FollowUp
from lingzhi.core.clock import now, today
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.queries import assignments_on, is_on_duty, paths_to

CALL, PLAN = "cases.follow_up", "cases.plan_follow_ups"
CALLING = [code for code, role in ROLES.items() if CALL in role.capabilities]


def served(follow_up: FollowUp) -> set[int]:
    """Who had a part in what is asked about, merged matters included: they do not call."""
    found: set[int | None] = set()
    for one in (
        [follow_up, *follow_up.merged.select_related("case")] if follow_up.pk else [follow_up]
    ):
        found |= {one.served_by_id, *_of_case(one.case)}
    return {one for one in found if one is not None}


def _of_case(case: Case | None) -> set[int | None]:
    return {case.owner_id, case.handler_id, case.opened_by_id, case.closed_by_id} if case else set()


class Callers:
    """Gives each call to who has the fewest open ones; counts once, then as it gives."""

    def __init__(self) -> None:
        held = assignments_on(today()).filter(role__in=CALLING, person__is_active=True)
        self._held: list[Assignment] = list(
            held.select_related("person", "unit").order_by("person__staff_no")
        )
        rows = FollowUp.objects.filter(state=FollowUp.State.OPEN, person__isnull=False)
        self._load = Counter(rows.order_by().values_list("person_id", flat=True))

    def take(self, unit: Unit | None, besides: Collection[int]) -> User | None:
        """Who calls for the unit: of the nearest unit upward where somebody may; None if nobody."""
        people = self.able(unit, besides)
        if not people:
            return None
        chosen = min(people, key=lambda one: (self._load[one.pk], one.staff_no))
        self._load[chosen.pk] += 1
        return chosen

    def able(self, unit: Unit | None, besides: Collection[int]) -> list[User]:
        """Everybody who may call for the unit and is not known to be away."""
        above = paths_to(unit.path) if unit else None
        held = [
            one for one in self._held
            if one.person_id not in besides and (above is None or one.unit.path in above)
        ]  # fmt: skip
        present = [one for one in held if is_on_duty(one.person, now()) is not False]
        nearest = max((len(one.unit.path) for one in present), default=0) if above else 0
        found = [one.person for one in present if above is None or len(one.unit.path) == nearest]
        return list(dict.fromkeys(found))
