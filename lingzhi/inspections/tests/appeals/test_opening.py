"""Appeals are opened in time, by whom they concern; who sees them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Appeal, Review
from lingzhi.inspections.queries.appeal_windows import window_of
from lingzhi.inspections.queries.appeals import (
    appeals_visible_to,
    narrowed,
)
from lingzhi.inspections.services import appeals as services
from lingzhi.inspections.services.appeals import Point, open_appeal
from lingzhi.inspections.services.deciding_appeals import (
    Opinion,
    decide_appeal,
)
from lingzhi.inspections.tests.appeals.conftest import (
    policy,
)
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db


def test_it_is_opened_with_reason_and_evidence(cast, appeal):
    item = appeal.items.get()
    assert (item.turns, item.answer, item.is_changed) == ([2], "no", None)
    assert "13800002071" not in item.reason
    assert (appeal.role, appeal.level, appeal.value) == ("team_leader", 0, 40)
    assert Entry.objects.filter(action="inspections.appeal_opened").count() == 1
    assert Notice.objects.filter(person=cast.ada, is_todo=True, ended_at=None).exists()
    assert Notice.objects.filter(person=cast.ines, title__contains="申诉").exists()


def test_only_who_was_scored_appeals(cast, score):
    with pytest.raises(services.NotYourScore):
        open_appeal(score, [Point("solve", "x")], by=cast.bea)


@pytest.mark.parametrize(
    "points", [[], [Point("solve", " ")], [Point("nothing", "x")], [Point("solve", "x", [99])]]
)
def test_every_item_needs_its_reason_and_turns_that_exist(cast, score, points):
    with pytest.raises(BadInput):
        open_appeal(score, points, by=cast.bo)
    assert not Appeal.objects.exists()


def test_one_at_a_time_and_no_more_than_the_rounds(cast, appeal, score):
    with pytest.raises(services.OpenAlready):
        open_appeal(score, [Point("greet", "x")], by=cast.bo)
    services.withdraw_appeal(appeal, by=cast.bo)
    with pytest.raises(services.RoundsUsed):
        open_appeal(score, [Point("greet", "x")], by=cast.bo)
    policy(cast, appeal_rounds=2)
    assert open_appeal(score, [Point("greet", "x")], by=cast.bo).round == 2


def test_the_database_keeps_one_open_appeal_a_score(appeal):
    appeal.pk, appeal.round = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        appeal.save(force_insert=True)


def test_after_the_window_or_the_close_nobody_appeals(cast, score):
    Review.objects.update(released_at=now() - timedelta(days=30))
    with pytest.raises(services.TooLate):
        open_appeal(score, [Point("solve", "x")], by=cast.bo)
    policy(cast, appeal_days=60)
    score.refresh_from_db()
    assert window_of(score).is_open
    Review.objects.update(closed_at=now())
    with pytest.raises(services.MonthClosed):
        open_appeal(score, [Point("solve", "x")], by=cast.bo)


def test_a_score_that_is_not_released_waits(cast):
    talk = make_contact("BO-2", agent="1002", turns="客服:您好")
    given = make_review(talk, make_sheet(cast.quan), by=cast.ines)
    with pytest.raises(services.NotReleased):
        open_appeal(given, [Point("solve", "x")], by=cast.bo)


def test_who_sees_it(cast, appeal):
    for person in (cast.bo, cast.ada, cast.ines, cast.quan):
        assert appeals_visible_to(person).get() == appeal
    for person in (cast.bea, cast.cai, cast.nora):
        assert not appeals_visible_to(person).exists()


def test_decisions_are_found_by_their_words(cast, appeal):
    decide_appeal(appeal, {"solve": Opinion("话轮二已办结退款", {"value": "yes"})}, by=cast.ada)
    for text in ("退款", "話輪二", "BO-1", "Bo"):
        assert narrowed(Appeal.objects.all(), text=text).get() == appeal
    assert not narrowed(Appeal.objects.all(), text="换货").exists()
    assert narrowed(Appeal.objects.all(), state="overturned").exists()
    assert not narrowed(Appeal.objects.all(), state="stands").exists()
