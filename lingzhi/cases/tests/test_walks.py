"""Random walks through the services of cases keep what must always hold.

`WALKS=5000 pytest lingzhi/cases/tests/test_walks.py` is the nightly number; `WALK_FROM` is the
first seed, for going on elsewhere or for one walk again.
"""

import os
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.tests.walker import Walk

WALKS, STEPS = int(os.environ.get("WALKS", "1")), 50
FIRST = int(os.environ.get("WALK_FROM", "1"))
BEGIN = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_a_walk_of_fifty_steps_keeps_the_invariants(cast, calendar, monkeypatch, seed):
    """After every step: the owner stays; the kind is that of the state; a closed case had its
    feedback, an answer and no clock that lives; at most one clock of a kind lives, at most one
    hand-over is open; each ledger replays to the stored state and due time; a verdict once fallen
    never changes; the case repeats the nearest due time and whether it is late; cycles count the
    reopenings; numbers have no gap; each act left an audit row, and a refused one left nothing.
    """
    lay_built_ins(by=None)
    chance = random.Random(seed)

    def turn(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    begin = BEGIN + timedelta(hours=chance.randrange(24 * 90))
    walk = Walk(cast, chance, turn, begin)
    try:
        for _number in range(STEPS):
            walk.step()
    except AssertionError as broken:
        broken.add_note(f"seed {seed}\n" + "\n".join(walk.trail))
        raise


def test_the_checks_see_what_is_wrong(cast, calendar, monkeypatch):
    """A walk whose case was tampered with is noticed, so that a quiet walk means something."""
    lay_built_ins(by=None)
    walk = Walk(cast, random.Random(7), lambda _moment: None, BEGIN)
    walk.check()
    for wrong in ({"owner": cast.quan}, {"kind": "waiting"}, {"cycle": 4}, {"is_late": True}):
        with transaction.atomic():
            type(walk.case).objects.filter(pk=walk.case.pk).update(**wrong)
            with pytest.raises(AssertionError):
                walk.check()
            transaction.set_rollback(True)
    clock = walk.case.clocks.first()
    type(clock).objects.filter(pk=clock.pk).update(state="paused")
    with pytest.raises(AssertionError):
        walk.check()
