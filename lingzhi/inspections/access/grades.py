"""Criteria of grades: whoever is graded may read them, few may set them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import POLICY, READ, require
from lingzhi.inspections.models import GradeCriteria
from lingzhi.inspections.queries.grades import criteria_in_force
from lingzhi.org.queries import reach


def criteria_to_read(user: User) -> list[GradeCriteria]:
    """What holds above or within the reader's units; somebody with none reads all."""
    require(user, READ)
    paths = reach(user, READ).paths

    def concerns(path: str) -> bool:
        return any(one.startswith(path) or path.startswith(one) for one in paths)

    return [one for one in criteria_in_force() if not paths or concerns(one.unit.path)]


def criteria_to_use(user: User, pk: int) -> GradeCriteria:
    """Criteria in force with which this person may compute grades."""
    require(user, POLICY)
    within = reach(user, POLICY)
    for one in criteria_in_force():
        if one.pk == pk and within.covers(one.unit, None):
            return one
    raise Http404
