"""Random acts on cases through the services, against a walk minute by minute of its own."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from lingzhi.cases.models import Case, CaseType, ClockRule
from lingzhi.cases.services.changing import Change, change_case
from lingzhi.cases.services.clocks import (
    extend_clock,
    meet_clocks,
    pause_clocks,
    repeat_dues,
    resume_clocks,
)
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.cases.tests.conftest import ZONE
from lingzhi_engine.clock.tests.oracle import Days, Terms, tell

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SLOTS = [(540, 720), (780, 1080)]
LIMITS = {  # by class: amount, unit, to the end of the day, cap in minutes
    "routine": (9, "hours", False, None),
    "urgent": (200, "minutes", False, 90),
    "complex": (3, "working_days", True, None),
}
SECONDS = {"hours": 3600, "minutes": 60}


def terms(days: Days) -> dict[str, Terms]:
    return {
        name: Terms(
            days, amount * SECONDS.get(unit, 1),
            "seconds" if unit in SECONDS else unit, ends, True, cap and cap * 60,
        )
        for name, (amount, unit, ends, cap) in LIMITS.items()
    }  # fmt: skip


def lay_limits() -> None:
    lay_built_ins(by=None)
    kept = ("resolution", "resolution_urgent", "resolution_complex")
    ClockRule.objects.exclude(code__in=kept).delete()
    for name, (amount, unit, ends, cap) in LIMITS.items():
        code = "resolution" if name == "routine" else f"resolution_{name}"
        ClockRule.objects.filter(code=code).update(
            amount=amount, unit=unit, ends_with_day=ends, pause_cap=cap
        )


def opened_case(cast) -> Case:
    """A technical question of the class that is meant for it here; nothing else is laid again."""
    kind = CaseType.objects.get(code="technical")
    opening = Opening(type=kind, title="登录失败", unit=cast.first, case_class="routine")
    return open_case(opening, by=cast.bo)


@pytest.mark.parametrize("seed", range(6))
def test_due_time_and_verdict_are_those_of_the_walk(cast, calendar, monkeypatch, seed):
    chance = Random(seed)
    moment = datetime(2026, 3, chance.randint(2, 8), chance.randint(7, 19), 13, tzinfo=ZONE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    lay_limits()
    case = opened_case(cast)
    ruling = terms(Days([SLOTS] * 5 + [[], []], {}, date(2026, 12, 31), ZONE))
    opened, names, happened = int(moment.timestamp()), ["routine"], []
    is_waiting = False
    for _number in range(chance.randint(2, 5)):
        moment += timedelta(minutes=chance.randint(1, 700))
        watch_clocks()
        act = chance.choice(["resume"] if is_waiting else ["pause", "extend", "change"])
        value = 0
        if act == "pause":
            pause_clocks(case, reason="等客户", by=cast.bo)
        elif act == "resume":
            resume_clocks(case, by=cast.bo)
        elif act == "extend":
            hours = chance.randint(1, 3)
            clock = case.clocks.select_related("case", "rule").get(kind="resolution")
            extend_clock(clock, amount=hours, unit="hours", reason="等配件", by=cast.ada)
            value = hours * 3600
        else:
            wanted = chance.choice([name for name in LIMITS if name != case.case_class])
            change_case(
                case, Change(case_class=wanted), reason="改类", seen=case.revision, by=cast.bo
            )
            names.append(wanted)
            value = len(names) - 1
        is_waiting = act == "pause"
        happened.append((int(moment.timestamp()), act, value))
        _compare(case, opened, [ruling[name] for name in names], happened, moment)
    moment += timedelta(minutes=chance.randint(1, 2000))
    watch_clocks()
    meet_clocks(case, ["resolution"], by=cast.bo)
    repeat_dues(case)
    happened.append((int(moment.timestamp()), "met", 0))
    _compare(case, opened, [ruling[name] for name in names], happened, moment)


def _compare(case: Case, opened: int, ruling: list[Terms], happened: list, until: datetime) -> None:
    watch_clocks()
    found = case.clocks.get(kind="resolution")
    walked = tell(opened, ruling, happened, int(until.timestamp()))
    judged = [outcome for _cycle, outcome, _at in walked.verdicts if outcome != "replaced"]
    expected = "late" if "late" in judged else judged[0] if judged else ""
    assert found.verdict == expected, happened
    if walked.due_at is not None and not expected:
        assert int(found.due_at.timestamp()) == walked.due_at, happened
    if expected == "late":
        first = next(at for _cycle, outcome, at in walked.verdicts if outcome == "late")
        assert int(found.judged_at.timestamp()) == first, happened
