"""Sums of days say what their facts add up to, whichever way a figure is asked for."""

from datetime import timedelta
from itertools import product

import pytest
from django.db.models import Q

from lingzhi.core.clock import today
from lingzhi.kpis.checks import sums_are_whole
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import DaySum, Fact
from lingzhi.kpis.queries import Period, Scope, sums_by
from lingzhi.kpis.queries.figures import SUMS

DAY = today() - timedelta(days=3)


@pytest.mark.parametrize("names", [(), ("day",), ("unit_id", "channel"), ("agent_id",)])
def test_both_ways_give_the_same_figure(cast, names):
    places = product((cast.first, cast.hotline, None), (cast.ann, cast.bo, None))
    for number, (unit, person) in enumerate(places):
        for ago, channel in product((0, 1, 2), ("phone", "chat")):
            make_fact(
                DAY + timedelta(days=ago), 7 + number, 20, unit=unit, agent=person,
                channel=channel, unknown=number,
            )  # fmt: skip
    definition = Fact.objects.first().definition
    period = Period(DAY, DAY + timedelta(days=1))
    for scope, where in (
        (Scope(), Q()),
        (Scope.of_unit(cast.first), Q(unit=cast.first)),
        (Scope.of_unit(cast.hotline, "chat"), Q(unit__path__startswith=cast.hotline.path)
         & Q(channel="chat")),
    ):  # fmt: skip
        rows = Fact.objects.filter(where, day__gte=period.first, day__lte=period.last).order_by()
        plain = rows.values_list("definition_id", *names).annotate(**SUMS)
        want = {row[:-3]: row[-3:] for row in plain}
        assert want
        assert sums_by([definition], scope, period, *names) == want
    assert DaySum.objects.count() < Fact.objects.count()
    assert list(sums_are_whole()) == []
    DaySum.objects.filter(unit=None).update(numerator=1)
    assert {one.message for one in sums_are_whole()} == {"the sum is not that of its facts"}
