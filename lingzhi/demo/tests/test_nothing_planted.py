"""The control of `test_planted`: the same centre and nights with nothing planted find nothing."""

import pytest
import time_machine

from lingzhi.demo import calendar
from lingzhi.demo.tests.test_planted import (
    DAY,
    END,
    LOOKED_AT,
    alerts_of_the_week,
    at,
    bring,
    nights,
)
from lingzhi.surveys.models import Insight

pytestmark = pytest.mark.once
FEW = 1500


def test_a_centre_without_trouble_is_left_in_peace(db, monkeypatch):
    monkeypatch.setattr(calendar, "TEAM_WEEK_STRAIN", 1.0)
    monkeypatch.setattr(calendar.Period, "launch_on", END + 30 * DAY)
    with time_machine.travel(at(END + 3 * DAY), tick=False):
        bring(FEW)
    nights(*LOOKED_AT)
    assert alerts_of_the_week() == []
    assert not Insight.objects.exists()
