"""Real workers and schedulers: a level of escalation is acted on in time, and never twice."""

import os
from datetime import datetime, timedelta

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Alarm, AlarmTold, EscalationRule
from lingzhi.cases.services.escalation import escalate
from lingzhi.cases.services.escalation_rules import add_escalation
from lingzhi.core.clock import now, today
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Unit
from lingzhi.org.services import assign_role, create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow]
UP, DOWN = 6, 3  # alarms while all runs, and while nothing does
IN_TIME, AFTER_A_START = timedelta(seconds=5), timedelta(seconds=60)


@pytest.fixture
def house_settings() -> str:
    return "config.settings"  # its tables are there already


@pytest.fixture
def alarms(house) -> list[Alarm]:
    """A level of the same clock in each of a few cases: planned, none of them reached."""
    house.environment["DJANGO_SETTINGS_MODULE"] = "lingzhi.cases.tests.timer_settings"
    unit: Unit = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    person = User.objects.create_user("1001", "correct horse", name="Ada")
    assign_role(person, "team_leader", unit, from_on=today(), by=None)
    cases = [make_case(by=person, unit=unit, type_code="outage") for _ in range(UP + DOWN)]
    EscalationRule.objects.all().delete()
    given = {"kind": "resolution", "action": "tell", "to": "leader", "from_on": today()}
    add_escalation(EscalationRule(title="升级", **given), by=None)
    escalate()
    rows = list(Alarm.objects.filter(clock__case__in=cases).order_by("pk"))
    assert len(rows) == UP + DOWN
    return rows


def set_off(alarms: list[Alarm], first: datetime, step: float) -> None:
    """Let them be reached from `first` on, one every `step` seconds."""
    for number, alarm in enumerate(alarms):
        Alarm.objects.filter(pk=alarm.pk).update(at=first + timedelta(seconds=number * step))


def lateness(alarms: list[Alarm]) -> list[timedelta]:
    rows = Alarm.objects.filter(pk__in=[one.pk for one in alarms], fired_at__isnull=False)
    return [one.fired_at - one.at for one in rows if one.fired_at and one.at]


def start(house, of_each: int) -> None:
    for command in (["worker", "--queue", "short"], ["scheduler"]) * of_each:
        house.start(*command)


def workers_at_work(since: datetime) -> int:
    """How many workers have looked what is reached."""
    done = Job.objects.filter(queued_at__gte=since, finished_at__isnull=False)
    return done.order_by().values("worker").distinct().count()


def in_time() -> timedelta:
    """Five seconds; on a machine that is far too busy only that it comes soon can be said."""
    is_busy = os.getloadavg()[0] > 2 * (os.cpu_count() or 1)
    return AFTER_A_START if is_busy else IN_TIME


def test_levels_are_reached_in_time_and_once_over_a_restart(house, until, kill, alarms):
    up, down, began = alarms[:UP], alarms[UP:], now()
    start(house, 2)
    until(lambda: workers_at_work(began) == 2, 120)
    set_off(up, now() + timedelta(seconds=2), 0.7)
    until(lambda: len(lateness(up)) == UP)
    assert timedelta() <= min(lateness(up))
    assert max(lateness(up)) <= in_time()
    for process in house.running:  # as in a power cut
        kill(process.pid)
        process.wait()
    set_off(down, now(), 0.1)
    began = now()
    start(house, 1)
    until(lambda: len(lateness(down)) == DOWN)
    last = Alarm.objects.filter(pk__in=[one.pk for one in down]).latest("fired_at")
    assert last.fired_at - began <= AFTER_A_START
    house.stop()
    assert Entry.objects.filter(action="cases.escalated").count() == UP + DOWN
    assert AlarmTold.objects.filter(told_at__isnull=False).count() == UP + DOWN
    assert Notice.objects.filter(matter__startswith="cases.alarm/").count() == UP + DOWN
