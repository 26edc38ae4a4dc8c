"""Clauses from one version to the next, and before, in and after a pilot."""

from datetime import date

import pytest

from lingzhi.accounts.models import User
from lingzhi.cases.controls import JUDGES
from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.cases.models import Cause, ClockRule, Complaint, Duty
from lingzhi.cases.queries.behind import Asked, behind
from lingzhi.cases.queries.clauses import Judged
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.laying import set_duty
from lingzhi.cases.services.limits import add_limit
from lingzhi.cases.tests.complaining import complain, decided, settle, taken_on, verified
from lingzhi.cases.tests.demanding import PACKS, control, revised
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.rulebook.factories import make_version

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


@pytest.fixture(autouse=True)
def _morning(cast, calendar, at, settings):
    settings.PACKS = PACKS
    at("2026-03-06 10:00")
    lay_built_ins(by=None)


def listed(cast, version, key: str, first: date = FRIDAY) -> list[Judged]:
    """What stands behind the figure of a control, the oldest first."""
    found = control(version, key)
    asked = Asked(found.pk, None, first, today())
    rows, _hidden = behind(JUDGES[found.kind], asked, cast.quan)
    return [one.judged for one in reversed(rows)]


@pytest.fixture
def overnight(cast, at):
    """A case opened before midnight by a limit of the house that is stricter than the clause's two
    hours, and closed half an hour after these; with the version of the clause."""
    own = ClockRule(
        code="quick", kind="resolution", amount=5, unit="minutes", base="round_the_clock",
        from_on=today(),
    )  # fmt: skip
    add_limit(own, reason="quick", by=None)
    version = make_version("desk", cast.company, by=cast.quan)
    at("2026-03-06 23:00")
    return in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), version


@pytest.mark.parametrize("is_pilot", [False, True])
def test_a_clock_from_before_a_boundary_counts_once_by_the_limit_of_then(
    cast, at, overnight, is_pilot
):
    case, version = overnight
    at("2026-03-07 00:10")
    later = revised(
        version, by=cast.quan, pilot_in=[cast.first] if is_pilot else [], limit={"limit": 4}
    )
    at("2026-03-07 01:30")
    make_closed(case, by=cast.bo)
    at("2026-03-07 12:00")
    (one,) = listed(cast, later, "limit", SATURDAY)
    assert (one.day, one.verdict, one.case_id) == (SATURDAY, "broken", case.pk)
    assert len(listed(cast, version, "limit")) == (0 if is_pilot else 1)


@pytest.mark.parametrize("key", ["number", "steps", "paper"])
def test_what_was_over_before_a_clause_was_put_to_work_breaks_nothing(cast, at, key):
    """Dated back by a day, and put to work in the middle of another one."""

    def complaint() -> None:
        settle(decided(complain(by=cast.bo), by=cast.ada), by=cast.ada)
        Complaint.objects.update(cause=Cause.objects.get(code="human_late"))

    complaint()
    at("2026-03-06 15:00")
    version = make_version("demands", cast.hotline, by=cast.quan, effective_on=date(2026, 3, 5))
    assert listed(cast, version, key) == []
    complaint()
    before = listed(cast, version, key)
    assert len(before) == 1
    at("2026-03-09 10:00")
    same = revised(version, by=cast.quan)
    complaint()
    assert listed(cast, same, key)[:1] == before, "the next version goes on with it"
    assert len(listed(cast, same, key)) == 2


def test_the_unit_that_the_house_named_holds_in_each_version_and_each_unit_of_a_pilot(cast, at):
    """Ines inspects for the hotline, and by the clause: not for the unit that the house named."""
    version = make_version("demands", cast.hotline, by=cast.quan)
    name_unit(cast.hotline, cast.second, by=cast.quan)
    verified(taken_on(complain(by=cast.bo), by=cast.ada), by=cast.ada)
    Complaint.objects.update(verified_by=cast.ines)
    assert [one.verdict for one in listed(cast, version, "verifying")] == ["broken"]
    at("2026-03-07 00:10")
    pilot = revised(version, by=cast.quan, pilot_in=[cast.first, cast.second])
    name_unit(cast.second, cast.second, by=cast.quan)
    verified(taken_on(complain(by=cast.bo), by=cast.ada), by=cast.ada)
    Complaint.objects.update(verified_by=cast.ines)
    assert [one.verdict for one in listed(cast, pilot, "verifying", SATURDAY)] == ["kept"]
    later = revised(version, by=cast.quan)
    assert [one.verdict for one in listed(cast, later, "verifying")] == ["broken"]


def name_unit(holds_in: Unit, unit: Unit, *, by: User) -> None:
    duty = Duty.objects.get(reference="demands 1.3 verifying", holds_in=holds_in)
    set_duty(duty, unit=unit, role="inspector", by=by)
