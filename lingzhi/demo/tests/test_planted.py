"""What was planted into the demo centre is found by the nightly jobs, said in the report, put right
and verified; the product never reads `truth`, which tells this test alone.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from lingzhi.accounts.models import User
from lingzhi.approvals.services import decide
from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.core.errors import DomainError
from lingzhi.demo.centre import conversations
from lingzhi.demo.rectifications import REFUND, seed_rectifications
from lingzhi.demo.seeding import _record, seed_people
from lingzhi.demo.truth import happened
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.improvement.factories import planned
from lingzhi.improvement.models import Effect, Rectification
from lingzhi.improvement.queries.effects import judged
from lingzhi.improvement.queries.people import heads_of
from lingzhi.improvement.services import approving, planning, records, verifying
from lingzhi.kpis import tasks
from lingzhi.kpis.models import Alert
from lingzhi.kpis.presenting import say
from lingzhi.kpis.services import count_days, take_alert
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Unit
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.words import summary
from lingzhi.reports.services import plan_report, write_due_reports
from lingzhi.surveys.models import Insight
from lingzhi.surveys.tasks import look_for_troubles

pytestmark = pytest.mark.once  # what the sums are is tried on every database elsewhere
END, DAYS = date(2026, 9, 30), 60
DAY = timedelta(days=1)
MANY = 4500
TRUE = happened(END, DAYS)


def at(day: date) -> str:
    """The night after a day, when its jobs run."""
    return f"{day}T18:30:00+00:00"


def bring(number: int) -> None:
    seed_people()
    told = [_record(one) for one in conversations(number, 1, end_on=END, days=DAYS)]
    told += [_record(one) for one in unanswered_calls(number, 1, end_on=END, days=DAYS)]
    publish_group(source_named("demo"), [read_delivery(one) for one in told])
    count_days(END - (DAYS - 1) * DAY, END)


def nights(*days: date) -> None:
    """The jobs of the nights after some days."""
    for day in days:
        with time_machine.travel(at(day), tick=False):
            tasks.count_recent()
            look_for_troubles()


LOOKED_AT = (
    *(TRUE.launched_on + n * DAY for n in (9, 10, 16)),
    *(TRUE.first + n * DAY for n in range(-2, 10)),
)


@pytest.fixture(scope="module")
def centre(shared) -> None:
    with time_machine.travel(at(END + 3 * DAY), tick=False):  # letters are answered later
        bring(MANY)
    with time_machine.travel(at(END), tick=False):
        seed_rectifications()
    nights(*LOOKED_AT)


@pytest.fixture
def now(centre, db):
    with time_machine.travel(at(END), tick=False):
        yield


def alerts_of_the_week() -> list[Alert]:
    rows = Alert.objects.filter(definition__indicator__code=TRUE.indicator)
    near = rows.filter(began_on__range=(TRUE.first - 2 * DAY, TRUE.last))
    return list(near.select_related("unit", "owner", "definition__indicator"))


def written(unit: Unit, first: date) -> Report:
    """The weekly report about the week that begins on a day."""
    manager = User.objects.get(staff_no="7002")
    plan_report(unit, "weekly", from_on=first + 7 * DAY, by=manager, sections=["figures"])
    write_due_reports()
    return Report.objects.get(first_on=first, plan__unit=unit)


def test_the_bad_week_is_alerted_reported_put_right_and_verified(now):
    [alert] = alerts_of_the_week()
    assert alert.unit.name == TRUE.team
    assert abs((alert.began_on - TRUE.first).days) <= 2
    assert alert.found_on <= TRUE.last
    assert alert.signals.exists()
    assert alert.owner == heads_of(alert.unit)[0]
    told = Notice.objects.filter(url=reverse("kpis:alert", args=[alert.pk]))
    assert [one.person for one in told] == [alert.owner]
    assert alert.change_high < 0  # the interval leaves out "nothing happened"

    report = written(Unit.objects.get(code="centre"), TRUE.first)
    with override("en"):
        said = " ".join(summary(report.facts))
        for number in (alert.usual, alert.change, alert.change_low, alert.change_high):
            assert say(number, alert.definition.unit) in said
        assert f"{TRUE.team}: {alert.definition.entry.name}" in said

    row = _put_right(alert)
    found = judged(row)
    assert (found.verdict, found.effect.definition) == ("better", alert.definition)
    assert found.low > 0
    with pytest.raises(DomainError):
        verifying.verify(row, is_effective=True, words="好了", by=row.owner)
    verifying.verify(row, is_effective=True, words="恢复到平日水平", by=row.supervisor)
    verifying.close(row, "排班留出机动人员", by=row.supervisor)
    row.refresh_from_db()
    assert row.state == "closed"
    assert row.verifications.get().computed == "better"


def _put_right(alert: Alert) -> Rectification:
    """As its owner would: the alert taken, causes and a measure, approved, carried out."""
    owner, manager = alert.owner, User.objects.get(staff_no="7002")
    take_alert(alert, by=owner)
    row = Rectification(
        title="排队等待过长", problem="一周内服务水平明显低于平日", unit=alert.unit, owner=owner,
        supervisor=manager, due_on=END + 14 * DAY,
    )  # fmt: skip
    row = planned(
        records.start_rectification(row, kind="kpis.alert", key=alert.pk, by=owner), by=owner
    )
    effect = Effect(
        rectification=row, definition=alert.definition, unit=alert.unit, after_days=7,
        before_from=TRUE.first, before_to=TRUE.last,
    )  # fmt: skip
    planning.plan_effect(effect, by=owner)
    approval = approving.request_approval(row, by=owner)
    decide(approval, is_agreed=True, comment="", by=manager)
    approval.refresh_from_db()
    approving.approve_plan(row, approval)
    for measure in row.measures.all():
        measure.rectification = row
        planning.report_measure(measure, "已增派两人", by=owner)
    verifying.report_done(row, since=TRUE.last + DAY, by=owner)
    return row


def test_the_product_trouble_is_found_and_named(now):
    [found] = Insight.objects.filter(created_by=None)
    assert TRUE.product in found.title
    assert any(matter in found.words for matter in TRUE.matters)
    assert found.owner is not None
    assert Notice.objects.filter(person=found.owner, body=TRUE.product).count() == 1
    week = TRUE.launched_on + 3 * DAY
    monday = week - week.weekday() * DAY + 7 * DAY
    facts = written(Unit.objects.get(parent=None), monday).facts
    [named] = facts["moved"]["products"]
    assert named["product"] == TRUE.product
    assert set(named["matters"]) <= TRUE.matters
    assert any(str(named["hits"]) in line and TRUE.product in line for line in summary(facts))


def test_the_effect_of_the_measure_is_found(now):
    row = Rectification.objects.get(title=REFUND[0], parent=None)
    found = judged(row)
    assert row.state == "closed"
    assert found.verdict == "better"
    assert 0 < found.low < TRUE.effect < found.high
