"""Follow-ups of the demo: rules at work, calls made and to be made, and what came of them."""

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.cases.models import FollowUp, FollowUpRule, FollowUpTry
from lingzhi.cases.queries.follow_ups import script_of
from lingzhi.cases.services.follow_up_rules import lay_follow_up_built_ins
from lingzhi.cases.services.following_up import pass_opinion, praise
from lingzhi.cases.services.opening_follow_ups import open_follow_ups
from lingzhi.cases.services.planning_follow_ups import OFTEN, plan_follow_ups
from lingzhi.core.clock import now, today
from lingzhi.org.models import Unit
from lingzhi_engine.script import Asks, Kind, Script

State, Outcome = FollowUp.State, FollowUpTry.Outcome
DAYS = 21
LEFT = 9  # calls that are still to be made
WORDS = (
    "配送还是慢了一天",
    "处理速度很快，谢谢",
    "希望提前短信通知",
    "师傅态度很好",
    "问题又出现了一次",
)


def seed_follow_ups() -> None:
    """Rules in force since three weeks; most calls made, some not reached, a few not content."""
    lay_follow_up_built_ins(by=None)
    if FollowUp.objects.exists():
        return
    rules = FollowUpRule.objects.all()
    rules.update(starts_at=now() - timedelta(days=DAYS))
    rules.filter(code="case_closed").update(share_percent=100)
    rules.filter(code="every_event").update(share_percent=60)
    plan_follow_ups((*OFTEN, *FollowUpRule.OF_CASES, FollowUpRule.Trigger.DELIVERY))
    chance = random.Random(20261125)  # noqa: S311 the same demo every time
    _bring_forward()
    open_follow_ups()
    made = list(FollowUp.objects.filter(state=State.OPEN, person__isnull=False).order_by("pk"))
    for number, one in enumerate(made[LEFT:]):
        _call(one, number, chance)


def _bring_forward() -> None:
    """What would be called tomorrow is called today."""
    coming = FollowUp.objects.filter(state=State.PLANNED, delivery=None)
    coming.update(from_at=now(), due_at=now() + timedelta(days=2))


def _call(one: FollowUp, number: int, chance: random.Random) -> None:
    """A try on an earlier day, at a time when one may call, and what came of it."""
    assert one.person is not None
    version, script = script_of(one)
    began = _moment(number, chance)
    outcome = Outcome.NO_ANSWER if number % 7 == 3 else Outcome.REACHED
    lasted = timedelta(seconds=chance.randrange(70, 260))
    one.attempts.create(
        number=1, by=one.person, began_at=began, ended_at=began + lasted, outcome=outcome
    )
    if outcome == Outcome.NO_ANSWER:
        FollowUp.objects.filter(pk=one.pk).update(tried=1)
        return
    answers = _answers(script, number, chance)
    FollowUp.objects.filter(pk=one.pk).update(
        state=State.DONE, ended_at=began + lasted, ended_by=one.person, next_at=None,
        due_at=began + timedelta(days=2 if number % 6 else -1),
        triggered_at=began - timedelta(days=1),
        from_at=began - timedelta(hours=3), script=version, answers=script.kept(answers),
        satisfaction=script.score(answers, Asks.SATISFACTION),
        service=script.score(answers, Asks.SERVICE),
    )  # fmt: skip
    one.refresh_from_db()
    _result(one, number, one.person)


def _moment(number: int, chance: random.Random) -> datetime:
    day = today() - timedelta(days=1 + number % DAYS)
    start = timezone.make_aware(datetime.combine(day, time(14)))
    return start + timedelta(minutes=11 * (number // DAYS), seconds=chance.randrange(500))


def _answers(script: Script, number: int, chance: random.Random) -> dict[str, str]:
    """Four of five are content."""
    found = {}
    for one in script.questions:
        if one.kind is Kind.TEXT:
            found[one.code] = chance.choice(WORDS) if one.is_required or number % 3 == 0 else ""
        elif one.kind is Kind.SCALE:
            found[one.code] = "2" if number % 5 == 4 else chance.choice(("4", "5"))
        else:
            found[one.code] = one.values[-1 if number % 5 == 4 else 0]
    return found


def _result(one: FollowUp, number: int, by: User) -> None:
    if number % 10 == 1 and one.served_by is not None:
        praise(one, "师傅态度很好，讲解耐心", by=by)
    if number % 10 == 6 and one.customer is not None:
        unit = Unit.objects.filter(code="aftersales-tech").first()
        if unit is not None:
            pass_opinion(one, "希望提前短信通知上门时间", unit=unit, by=by)
