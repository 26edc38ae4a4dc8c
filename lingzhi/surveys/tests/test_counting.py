"""Indicators hear of answers, and of time to answer that is over."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from lingzhi.core.clock import now
from lingzhi.kpis.models import StaleDay
from lingzhi.surveys.services.counting import mark_changed_days
from lingzhi.surveys.tests.saying import due, rule, say

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_days_are_counted_anew_once_somebody_answers_or_cannot_any_more(cast):
    by = rule()
    over = due(by, unit=cast.first, at=now() - 8 * DAY, expires_at=now() - HOUR)
    due(by, unit=cast.first, at=now() - 20 * DAY)
    answered = due(by, unit=cast.first, at=now() - 4 * DAY, expires_at=now() + DAY)
    said = say(answered, overall=5)
    said.started_at = said.finished_at = now()
    said.save()
    assert mark_changed_days() == 2
    days = {one.day for one in StaleDay.objects.all()}
    assert days == {localdate(over.served_at), localdate(answered.served_at)}
    assert mark_changed_days() == 2
