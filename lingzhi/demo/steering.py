"""Which channel suits whom in the demo centre, and what came of it."""

import random
from datetime import timedelta

from lingzhi.contacts.models import Channel, SteeringCount, SteeringRule
from lingzhi.contacts.services.steering import keep_steering
from lingzhi.core.clock import today
from lingzhi.customers.queries.segments import segments_in_use

RULES = (
    (10, {"at_desk": True, "case_class": "complex"}, "counter",
     ("您的问题比较复杂，建议您到客户接待处面谈，我们安排专人接待。",
      "Your matter is complex: come to our reception desk, somebody will take time for you.")),
    (20, {"in_portal": True, "case_type": "complaint"}, "phone",
     ("投诉处理需要核实细节，致电热线可当场登记、更快解决。",
      "We shall have questions about your complaint: by phone it is registered at once.")),
    (30, {"in_chat": True, "only_shut": True}, "",
     ("现在人工客服繁忙或已下班，留下电话，我们尽快给您回电。",
      "Nobody is free right now. Leave your phone number and we call you back.")),
)  # fmt: skip
IMPORTANT = ("您是我们的重要客户，专属客户经理将尽快给您回电。",
             "As a valued customer you get a call back from your account manager.")  # fmt: skip
DAYS = 30


def seed_steering() -> None:
    """Four rules; for a month some customers were shown them, and some took them."""
    if SteeringRule.objects.exists():
        return
    channels = {one.code: one for one in Channel.objects.all()}
    for order, where, code, words in RULES:
        _kept(SteeringRule(order=order, channel=channels.get(code), **where), words)
    important = segments_in_use().filter(is_important=True).first()
    if important is not None:
        _kept(SteeringRule(order=5, at_desk=True, segment=important), IMPORTANT)


def _kept(rule: SteeringRule, words: tuple[str, str]) -> None:
    rule.sentence = dict(zip(("zh-Hans", "en"), words, strict=True))
    keep_steering(rule, by=None)
    chance = random.Random(rule.order)  # noqa: S311 the same demo every time
    place = "portal" if rule.in_portal else "chat" if rule.in_chat else "desk"
    for back in range(1, DAYS + 1):
        shown = chance.randint(0, 3 if rule.at_desk else 9)
        taken = sum(chance.random() < 0.35 for _one in range(shown))
        day = today() - timedelta(days=back)
        SteeringCount.objects.create(rule=rule, place=place, day=day, shown=shown, taken=taken)
