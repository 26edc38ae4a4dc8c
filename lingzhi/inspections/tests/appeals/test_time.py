"""What happens to an appeal when nobody does anything."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import today
from lingzhi.inspections.queries.appeals import (
    appeals_to_decide,
    open_appeals,
)
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    decide_appeal,
)
from lingzhi.inspections.services.overdue_appeals import escalate_overdue
from lingzhi.inspections.tests.appeals.conftest import (
    STANDS,
    YES,
    late,
    policy,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_an_overdue_level_goes_to_the_next_and_nothing_is_lost(cast, appeal, lead):
    type(cast.first).objects.filter(pk=cast.first.pk).update(owner=cast.ada)
    assert escalate_overdue() == 0
    late(appeal)
    assert escalate_overdue() == 1
    appeal.refresh_from_db()
    assert (appeal.role, appeal.state) == ("lead_inspector", "open")
    assert appeal.steps.get(level=0).how == "overdue"
    assert Notice.objects.filter(person=lead, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.ada, title__contains="超期").exists()


def test_at_the_last_level_it_stays_and_is_told_once(cast, score):
    policy(cast, appeal_levels=["quality_manager"])
    appeal = open_appeal(score, [Point("solve", "x")], by=cast.bo)
    late(appeal)
    assert escalate_overdue() == 1
    assert escalate_overdue() == 0
    appeal.refresh_from_db()
    assert appeal.state == "open"
    assert appeals_to_decide(cast.quan).get() == appeal


def test_silence_after_an_answer_ends_it(cast, appeal):
    decide_appeal(appeal, {"solve": STANDS}, by=cast.ada)
    late(appeal)
    assert escalate_overdue() == 1
    appeal.refresh_from_db()
    assert (appeal.state, appeal.is_overturned) == ("decided", False)


def test_the_month_waits_for_open_appeals(cast, appeal):
    assert open_appeals(cast.hotline, today()).get() == appeal
    assert not open_appeals(cast.second, today()).exists()
    assert not open_appeals(cast.hotline, today() - timedelta(days=62)).exists()
    decide_appeal(appeal, {"solve": YES}, by=cast.ada)
    assert not open_appeals(cast.hotline, today()).exists()
