"""Whatever a clause about cases counts stands in the list behind its figure, one row each.

A regulation has a second version on Monday and a pilot in the first team on Tuesday, given up on
Thursday; cases and complaints run over all of them.
"""

from collections import Counter
from datetime import date

import pytest

from lingzhi.cases.controls import JUDGES
from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import Case, Cause, Complaint, Remedy
from lingzhi.cases.queries.behind import Asked, behind
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.complaining import complain, decided, settle
from lingzhi.cases.tests.demanding import PACKS, revised
from lingzhi.conformity.queries.periods import Period
from lingzhi.conformity.queries.reading import readings_of
from lingzhi.conformity.services import count_kind
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.customers.factories import make_customer
from lingzhi.org.models import Unit
from lingzhi.rulebook.factories import make_version, settle_all
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import withdraw_version

pytestmark = pytest.mark.django_db
FRIDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 10)
PHONE = "13800002071"


def _complaint(cast: Cast) -> None:
    """One with a remedy, settled at once."""
    complaint = decided(complain(by=cast.bo), by=cast.ada)
    Remedy.objects.create(
        complaint=complaint, kind="refund", words="退", amount=300, offered_at=now(),
        offered_by=cast.ada, agreed_at=now(), given_at=now(), given_by=cast.ada,
    )  # fmt: skip
    settle(complaint, by=cast.ada)
    Complaint.objects.filter(pk=complaint.pk).update(cause=Cause.objects.get(code="human_late"))


def _cases(cast: Cast) -> list[Case]:
    """One in each team, begun and left for another day."""
    found = []
    for person, unit in ((cast.bo, cast.first), (cast.chen, cast.second)):
        case = make_case(by=person, unit=unit, customer=make_customer(phone=PHONE))
        found.append(in_work(case, by=person))
    return found


@pytest.fixture
def versions(cast: Cast, calendar, at, settings) -> list[tuple[Version, Unit, date]]:
    """The versions with the units to ask for and the first days on which they count."""
    settings.PACKS = PACKS
    at("2026-03-06 09:00")
    make_case(by=cast.bo, unit=cast.first)  # lays types and flows
    packs = [make_version(one, cast.hotline, by=cast.quan) for one in ("desk", "demands")]
    left = _cases(cast)
    _complaint(cast)
    at("2026-03-09 09:00")
    later = [revised(packs[0], by=cast.quan, limit={"limit": 4}), revised(packs[1], by=cast.quan)]
    for case in left:
        make_closed(case, by=case.handler)
    left = _cases(cast)
    _complaint(cast)
    plan_follow_ups()
    at("2026-03-10 09:00")
    pilots = [revised(one, by=cast.quan, pilot_in=[cast.first]) for one in later]
    for case in [*left, *_cases(cast)]:
        make_closed(case, by=case.handler)
    _complaint(cast)
    at("2026-03-12 23:00")
    late = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    at("2026-03-13 00:10")
    withdraw_version(pilots[0], reason="given up", by=cast.quan)
    settle_all()
    at("2026-03-13 02:00")
    make_closed(late, by=cast.bo)  # by the limit of the pilot too late, by the other one not
    at("2026-03-13 09:00")
    plan_follow_ups()
    watch_clocks()
    for kind in JUDGES:
        count_kind(kind)
    units = (cast.hotline, cast.first, cast.second)
    asked = [(one, unit, FRIDAY) for one in later for unit in units]
    return asked + [(one, cast.first, TUESDAY) for one in pilots]


def test_each_figure_has_its_rows_across_a_version_and_a_pilot(cast, versions):
    counted: Counter[str] = Counter()
    for version, unit, first in versions:
        readings = readings_of(version, unit, Period(first, today()), usual=0.95)
        for reading in readings.values():
            control, found = reading.control, reading.figure(Period(first, today())).evidence
            asked = Asked(control.pk, unit.pk, first, today())
            rows, _hidden = behind(JUDGES[control.kind], asked, cast.quan)
            listed = Counter(one.judged.verdict for one in rows)
            figure = Counter(kept=found.kept, broken=found.broken, unknown=found.unknown)
            assert listed == figure, f"{control.key} of {unit} in {version}"
            counted[control.kind] += listed.total()
    assert counted.keys() == JUDGES.keys()
    assert all(counted.values()), counted
