from datetime import date

import pytest

from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.queries import published
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.services import inspect_all
from lingzhi.reports.models import Plan
from lingzhi.reports.services import plan_report

BAD = "客服:您好\n客户:我要退款\n客服:这个不归我们管"
GOOD = "客服:您好\n客户:我要退款\n客服:我帮您查一下"


@pytest.fixture
def on_22_november(time_machine):
    time_machine.move_to("2026-11-22T03:00:00+00:00", tick=False)


def bring(day: int, *, bad: int, agent: str) -> None:
    """40 conversations of a day of November, so many of them bad, and all judged."""
    make_contacts(
        {
            "external_id": f"{day}-{at}",
            "started_at": f"2026-11-{day} 10:{at:02}:00",
            "answered_at": None,
            "ended_at": None,
            "agent": agent,
            "turns": BAD if at < bad else GOOD,
        }
        for at in range(40)
    )
    inspect_all(published())


@pytest.fixture
def yesterday(cast, on_22_november):
    """Ten bad ones of yesterday, one of the day before."""
    make_rule()
    bring(20, bad=1, agent=cast.bo.staff_no)
    bring(21, bad=10, agent=cast.bo.staff_no)


@pytest.fixture
def plan(cast, yesterday) -> Plan:
    return plan_report(
        cast.hotline, "daily", from_on=date(2026, 11, 22), by=cast.quan,
        readers=["quality_manager", "team_leader"],
    )  # fmt: skip
