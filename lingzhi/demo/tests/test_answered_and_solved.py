"""The demo centre as it delivers: some calls are given up, some matters come again."""

from datetime import date

import pytest

from lingzhi.contacts.delivery import read_delivery
from lingzhi.contacts.services import publish_group, source_named
from lingzhi.demo.centre import conversations
from lingzhi.demo.seeding import _record, seed_people
from lingzhi.demo.tests.plain_counting import LATER, connected, not_repeated, plainly
from lingzhi.demo.unanswered import unanswered_calls
from lingzhi.kpis.queries import Period, Scope, headlines, overview
from lingzhi.kpis.services import count_days

FIRST, LAST = date(2026, 9, 17), date(2026, 9, 30)


@pytest.fixture
def undamaged(db, time_machine) -> None:
    """Six hundred conversations of two weeks as the demo centre delivers them."""
    time_machine.move_to(LATER, tick=False)
    seed_people()
    span = {"end_on": LAST, "days": 14}
    records = [_record(one) for one in conversations(600, 7, **span)]
    records += [_record(one) for one in unanswered_calls(600, 7, **span)]
    publish_group(source_named("demo"), [read_delivery(record) for record in records])


def test_not_every_call_is_answered_and_not_every_matter_solved_at_once(undamaged):
    count_days(FIRST, LAST)
    for code, count in {"K01": connected, "K07": not_repeated}.items():
        params = headlines()[code].params
        above, below, unknown = map(sum, zip(*plainly(count, params).values(), strict=True))
        [line] = overview(Scope.everything(), Period(FIRST, LAST), codes=[code])
        assert (line.figure.numerator, line.figure.denominator) == (above, below), code
        assert line.figure.unknown == unknown, code
        assert 0.5 < line.figure.ratio < 0.995, code
