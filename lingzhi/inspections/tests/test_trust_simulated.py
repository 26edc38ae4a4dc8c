"""A small centre with a known truth: the bad rule is suspended, the good one promoted."""

import random

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule, make_sheet
from lingzhi.inspections.models import RuleTrust, RuleVersion, Task, TrustPolicy
from lingzhi.inspections.queries.trust import stage_of
from lingzhi.inspections.services.trusting import set_trust_policy, weigh_rules
from lingzhi_engine.stats import Trust

pytestmark = pytest.mark.django_db
TALKS, CHANCE, SLIP = 80, 0.5, 0.02
WORDS = {"good": "不归我们管", "bad": "稍等一下"}
# how likely it really is there where the rule hits, and where it does not
TRUTH = {"good": (0.97, 0.02), "bad": (0.2, 0.1)}
ANSWERS = [
    {"code": "ok", "title": "做到", "share": 1},
    {"code": "bad", "title": "没做到", "share": 0},
]


def rule(name):
    word = WORDS[name]
    return make_rule(
        id=f"ownership.{name}", conditions={"pushed": {"op": "text.keyword", "words": [word]}},
        tests={"hit": [[f"agent: 这个{word}"]], "miss": [["agent: 我帮您查"]]},
    )  # fmt: skip


def sheet_of(cast):
    items = [
        {"code": name, "title": name, "points": 50, "answers": ANSWERS,
         "fill": {"rules": [f"ownership.{name}"], "hit": "bad", "miss": "ok"}}
        for name in WORDS
    ]  # fmt: skip
    content = {"title": "通话评分", "sections": [{"code": "s", "title": "服务", "items": items}]}
    return make_sheet(cast.quan, content, code="simulated")


def talk(number, hits):
    said = "，".join(word for name, word in WORDS.items() if name in hits) or "我帮您查"
    return make_contact(f"S-{number}", agent="1002", turns=f"客户:我要退款\n客服:{said}").pk


def test_a_bad_rule_is_suspended_and_a_good_one_promoted(cast):
    chance = random.Random(20261122)
    good, bad = rule("good"), rule("bad")
    sheet = sheet_of(cast)
    set_trust_policy(
        TrustPolicy(automatic_precision=0.8, automatic_recall=0.5, automatic_agreement=0.7,
                    automatic_reviews=30, rises_by_itself=True),
        by=cast.quan,
    )  # fmt: skip
    hits = {number: {name for name in WORDS if chance.random() < 0.6} for number in range(TALKS)}
    said = {talk(number, found): found for number, found in hits.items()}
    Contact.objects.update(started_at=now())
    services.inspect_all(Contact.objects.all())
    for contact in Contact.objects.select_related("agent", "unit"):
        score(cast, sheet, contact, said[contact.pk], chance)
    assert weigh_rules() == {"up": 1, "down": 1}
    assert stage(good) is Trust.AUTOMATIC
    assert stage(bad) is Trust.SUSPENDED
    figures = RuleTrust.objects.get(version=bad).evidence["precision"]
    assert figures["low"] < TRUTH["bad"][0] < figures["high"]


def stage(version):
    return stage_of(RuleVersion.objects.select_related("trust").get(pk=version.pk))


def score(cast, sheet, contact, hits, chance):
    """The inspector says what is really there, and slips now and then."""
    task = Task.objects.create(
        contact=contact, sheet=sheet.sheet, reason="random", inclusion=CHANCE,
        inspector=cast.ines, created_at=now(),
    )  # fmt: skip
    review = services.open_review(contact, sheet, by=cast.ines)
    review.task = task
    review.save(update_fields=["task"])
    answers = {}
    for name, (where_hit, elsewhere) in TRUTH.items():
        is_there = chance.random() < (where_hit if name in hits else elsewhere)
        seen = is_there != (chance.random() < SLIP)
        answers[name] = {"value": "bad" if seen else "ok"}
    services.save_review(review, answers, {}, seen=0, summary="", by=cast.ines)
    services.submit_review(review, by=cast.ines)
