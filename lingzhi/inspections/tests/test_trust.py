"""Trust between rule and person: labels, figures, and the gate that follows from them."""

from datetime import timedelta

import pytest

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contacts
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule, make_sheet
from lingzhi.inspections.models import (
    ReviewChange,
    RuleLabel,
    RuleTrust,
    RuleVersion,
    Task,
    TrustMove,
    TrustPolicy,
)
from lingzhi.inspections.queries.trust import stage_of
from lingzhi.inspections.services.correcting import change_score
from lingzhi.inspections.services.labelling import labels_of, mark_findings
from lingzhi.inspections.services.trusting import (
    NotAutomatic,
    NotReady,
    make_automatic,
    set_trust_policy,
    take_back_automatic,
    weigh_rules,
)
from lingzhi.inspections.wording.reasons import suspension_in_words
from lingzhi.notifications.models import Notice
from lingzhi_engine.stats import Trust

pytestmark = pytest.mark.django_db
PUSHED, KIND = "客户:我要退款\n客服:这个不归我们管", "客户:我要退款\n客服:我帮您查一下"
ANSWERS = [
    {"code": "ok", "title": "做到", "share": 1},
    {"code": "bad", "title": "推诿", "share": 0},
]
FILLED = {
    "title": "通话评分",
    "passes_at": 80,
    "sections": [{"code": "s", "title": "服务", "items": [
        {"code": "own", "title": "首问负责", "points": 100, "answers": ANSWERS, "allows_na": True,
         "fill": {"rules": ["ownership.shirking"], "hit": "bad", "miss": "ok"}},
    ]}],
}  # fmt: skip


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan, FILLED, code="filled")


@pytest.fixture
def version(cast):
    return make_rule()


def talks(count, words, start=0, agent="1002"):
    numbers = [f"T-{words[-1]}-{at}" for at in range(start, start + count)]
    make_contacts({"external_id": one, "agent": agent, "turns": words} for one in numbers)
    Contact.objects.filter(external_id__in=numbers).update(started_at=now())
    services.inspect_all(Contact.objects.all())
    return list(Contact.objects.filter(external_id__in=numbers).select_related("agent", "unit"))


def reviewed(cast, sheet, contact, answer, chance=0.5, release=True):
    """A score of a sampled conversation."""
    task = Task.objects.create(
        contact=contact, sheet=sheet.sheet, reason="random", inclusion=chance, inspector=cast.ines,
        created_at=now(),
    )  # fmt: skip
    review = services.open_review(contact, sheet, task=task, by=cast.ines)
    services.save_review(review, {"own": {"value": answer}}, {}, seen=0, summary="", by=cast.ines)
    services.submit_review(review, by=cast.ines)
    if release:
        services.release_review(review, by=cast.quan)
    review.refresh_from_db()
    return review


def appeal(review, cast, answer="ok"):
    return change_score(
        review, {"own": {"value": answer}}, cause=ReviewChange.Cause.APPEAL, reason="the agent won",
        by=cast.quan,
    )  # fmt: skip


def label():
    return RuleLabel.objects.get()


# --- labels -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer", "said", "is_right"),
    [
        (PUSHED, "bad", "hit", True),
        (PUSHED, "ok", "hit", False),
        (KIND, "bad", "miss", False),
        (KIND, "ok", "miss", True),
    ],
)
def test_a_given_score_says_whether_the_rule_was_right(
    cast, version, sheet, words, answer, said, is_right
):
    reviewed(cast, sheet, talks(1, words)[0], answer)
    assert (label().said, label().is_right, label().source) == (said, is_right, "item")
    assert label().inclusion == 0.5
    assert label().version == version


def test_the_same_score_labels_once(cast, version, sheet):
    review = reviewed(cast, sheet, talks(1, PUSHED)[0], "bad")
    first = label().labelled_at
    appeal(review, cast, "bad")
    assert label().labelled_at == first
    assert label().source == "item"


def test_an_item_that_does_not_apply_says_nothing(cast, version, sheet):
    contact = talks(1, PUSHED)[0]
    review = services.open_review(contact, sheet, by=cast.ines)
    services.save_review(review, {"own": {"is_na": True}}, {}, seen=0, summary="", by=cast.ines)
    assert labels_of(review) == []


def test_of_several_rules_nothing_is_said_where_it_cannot_be_told_which(cast, version):
    make_rule(id="ownership.other", title={"zh-Hans": "别的", "en": "Other"})
    content = {**FILLED, "sections": [{**FILLED["sections"][0], "items": [
        {**FILLED["sections"][0]["items"][0],
         "fill": {"rules": ["ownership.shirking", "ownership.other"], "hit": "bad", "miss": "ok"}}
    ]}]}  # fmt: skip
    sheet = make_sheet(cast.quan, content, code="two")
    reviewed(cast, sheet, talks(1, PUSHED)[0], "bad")
    assert not RuleLabel.objects.exists()  # either of the two may be meant
    reviewed(cast, sheet, talks(1, PUSHED, start=1)[0], "ok")
    assert RuleLabel.objects.filter(said="hit", is_present=False).count() == 2


def test_an_appeal_that_is_won_overturns_the_hit(cast, version, sheet):
    review = reviewed(cast, sheet, talks(1, PUSHED)[0], "bad")
    appeal(review, cast)
    assert (label().source, label().is_present, label().is_overturned) == ("appeal", False, True)


def test_what_the_inspector_had_refused_is_not_overturned(cast, version, sheet):
    review = reviewed(cast, sheet, talks(1, PUSHED)[0], "ok")
    appeal(review, cast, "bad")
    appeal(review, cast, "ok")
    assert label().is_overturned is True  # it counted for a while
    other = reviewed(cast, sheet, talks(1, PUSHED, start=1)[0], "ok")
    appeal(other, cast, "ok")
    assert RuleLabel.objects.get(contact=other.contact).is_overturned is False


def test_a_decided_flag_is_a_label_that_came_by_no_chance(cast, version):
    contact = talks(1, PUSHED)[0]
    flag = services.flag_finding(contact, version, reason="a quote", by=cast.bo)
    services.agree_to_flag(flag, by=cast.quan)
    assert (label().source, label().is_right, label().inclusion) == ("flag", False, None)


def test_a_weaker_word_does_not_replace_a_stronger_one(cast, version, sheet):
    contact = talks(1, PUSHED)[0]
    mark_findings(contact, {version.pk: False}, by=cast.ines)
    reviewed(cast, sheet, contact, "bad")
    assert (label().source, label().is_right) == ("mark", False)


def test_marks_count_by_chance_once_every_hit_is_marked(cast, version):
    other = make_rule(id="ownership.other", title={"zh-Hans": "别的", "en": "Other"})
    contact = talks(1, PUSHED)[0]
    Task.objects.create(
        contact=contact, sheet=make_sheet(cast.quan).sheet, reason="random", inclusion=0.25,
        inspector=cast.ines, created_at=now(),
    )  # fmt: skip
    mark_findings(contact, {version.pk: False}, by=cast.ines)
    assert label().inclusion is None
    mark_findings(contact, {other.pk: True}, by=cast.ines)
    assert set(RuleLabel.objects.values_list("inclusion", flat=True)) == {0.25}
    assert Entry.objects.filter(action="inspections.findings_marked").count() == 2


def test_only_verdicts_of_the_conversation_are_marked(cast, version):
    with pytest.raises(BadInput):
        mark_findings(talks(1, PUSHED)[0], {999_999: True}, by=cast.ines)


# --- the gate ---------------------------------------------------------------------------------


def easy(**own):
    usual = {
        "automatic_reviews": 8, "automatic_precision": 0.6, "automatic_recall": 0.3,
        "automatic_agreement": 0.5, "assist_reviews": 5, "hits_to_fall": 5, "reviews_to_fall": 5,
    }  # fmt: skip
    return TrustPolicy(**{**usual, **own})


def state(version):
    return stage_of(RuleVersion.objects.select_related("trust").get(pk=version.pk))


def good(cast, sheet, hits=10, misses=10):
    for contact in talks(hits, PUSHED):
        reviewed(cast, sheet, contact, "bad", 1.0)
    for contact in talks(misses, KIND):
        reviewed(cast, sheet, contact, "ok", 1.0)


def test_a_new_rule_in_force_only_assists(cast, version, sheet):
    assert state(version) is Trust.ASSIST
    review = services.open_review(talks(1, PUSHED)[0], sheet, by=cast.ines)
    assert review.proposed == {"own": {"value": "bad"}}
    assert review.answers == {}


def test_a_good_rule_waits_for_a_person_and_then_answers_by_itself(cast, version, sheet):
    set_trust_policy(easy(), by=cast.quan)
    good(cast, sheet)
    assert weigh_rules() == {"up": 0, "down": 0}
    assert RuleTrust.objects.get().ready_for == "automatic"
    assert Notice.objects.filter(person=cast.quan, matter__startswith="inspections.trust").exists()
    make_automatic(version, note="looked at", by=cast.quan)
    assert state(version) is Trust.AUTOMATIC
    review = services.open_review(talks(1, PUSHED, start=50)[0], sheet, by=cast.ines)
    assert review.answers == {"own": {"value": "bad"}}
    assert Entry.objects.filter(action="inspections.trust_moved").count() == 1


def test_it_rises_by_itself_where_the_company_lets_it(cast, version, sheet):
    set_trust_policy(easy(rises_by_itself=True), by=cast.quan)
    good(cast, sheet)
    assert weigh_rules() == {"up": 1, "down": 0}
    assert state(version) is Trust.AUTOMATIC
    assert weigh_rules() == {"up": 0, "down": 0}


def test_labels_by_no_chance_do_not_make_it_rise(cast, version):
    set_trust_policy(easy(rises_by_itself=True), by=cast.quan)
    for contact in talks(12, PUSHED):
        mark_findings(contact, {version.pk: True}, by=cast.ines)
    weigh_rules()
    assert state(version) is Trust.ASSIST
    assert RuleTrust.objects.get().evidence["beside"] == 12
    assert RuleTrust.objects.get().evidence["precision"]["n"] == 0


def test_nobody_makes_a_rule_automatic_that_is_not_ready(cast, version):
    weigh_rules()
    with pytest.raises(NotReady):
        make_automatic(version, by=cast.quan)


def test_overturned_hits_take_automatic_away_by_themselves(cast, version, sheet):
    set_trust_policy(
        easy(rises_by_itself=True, overturned=0.05, overturned_far=0.9, automatic_precision=0.3),
        by=cast.quan,
    )
    good(cast, sheet)
    weigh_rules()
    for review in version.labels.filter(said="hit")[:4]:
        appeal(review.review, cast)
    assert weigh_rules() == {"up": 0, "down": 1}
    assert state(version) is Trust.ASSIST
    move = TrustMove.objects.first()
    assert (move.was, move.stage, move.moved_by) == ("automatic", "assist", None)
    assert move.reasons[0]["cause"] == "overturned"


def test_a_rule_whose_hits_people_overturn_is_suspended_and_says_why(cast, version, sheet):
    set_trust_policy(easy(), by=cast.quan)
    good(cast, sheet)
    for one in version.labels.filter(said="hit"):
        appeal(one.review, cast)
    assert weigh_rules() == {"up": 0, "down": 1}
    assert state(version) is Trust.SUSPENDED
    version.refresh_from_db()
    assert "%" in suspension_in_words(version.suspended_reason)
    assert Entry.objects.filter(action="inspections.rule_suspended").exists()


def test_after_lifting_it_begins_anew(cast, version, sheet):
    set_trust_policy(easy(), by=cast.quan)
    good(cast, sheet)
    for one in version.labels.filter(said="hit"):
        appeal(one.review, cast)
    weigh_rules()
    version.refresh_from_db()
    services.lift_suspension(version, by=cast.quan)
    assert weigh_rules() == {"up": 0, "down": 0}
    assert state(version) is Trust.ASSIST
    assert RuleTrust.objects.get().evidence["labels"] == 0


def test_a_rule_that_does_not_even_assist_goes_back_into_the_shadow(cast, version, sheet):
    set_trust_policy(easy(assist_precision=0.95, floor=0.0), by=cast.quan)
    for contact in talks(8, PUSHED):
        reviewed(cast, sheet, contact, "ok", 1.0)
    assert weigh_rules() == {"up": 0, "down": 1}
    version.refresh_from_db()
    assert (version.state, state(version)) == ("shadow", Trust.SHADOW)
    services.activate_version(version, by=cast.quan)
    version.refresh_from_db()
    assert (version.state, version.retired_at) == ("active", None)


def test_a_person_takes_automatic_back_with_a_reason(cast, version, sheet):
    set_trust_policy(easy(rises_by_itself=True), by=cast.quan)
    good(cast, sheet)
    weigh_rules()
    with pytest.raises(BadInput):
        take_back_automatic(version, reason=" ", by=cast.quan)
    take_back_automatic(version, reason="new products", by=cast.quan)
    assert state(version) is Trust.ASSIST
    with pytest.raises(NotAutomatic):
        take_back_automatic(version, reason="again", by=cast.quan)


def test_old_conversations_are_not_looked_at(cast, version, sheet):
    set_trust_policy(easy(days=30), by=cast.quan)
    old = talks(1, PUSHED)[0]
    Contact.objects.update(started_at=now() - timedelta(days=60))
    reviewed(cast, sheet, old, "ok")
    weigh_rules()
    assert RuleTrust.objects.get().evidence["labels"] == 0
