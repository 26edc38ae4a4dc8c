"""Scoring a conversation by hand: draft, given, veto, released, read."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.errors import BadInput
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_review, make_rule, make_sheet
from lingzhi.inspections.models import Review, ReviewItem
from lingzhi.inspections.queries.reviews import confirmers_of, reviews_visible_to
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
YES = [{"code": "a1", "title": "做到", "share": 1}, {"code": "a2", "title": "没做到", "share": 0}]
CONTENT = {
    "title": "通话评分",
    "passes_at": 80,
    "sections": [
        {
            "code": "s",
            "title": "服务",
            "items": [
                {"code": "greet", "title": "问候", "points": 40, "answers": YES},
                {
                    "code": "own", "title": "首问负责", "points": 60, "answers": YES,
                    "veto": "sheet", "evidence": "failed", "allows_na": True,
                    "fill": {"rules": ["ownership.shirking"], "hit": "a2", "miss": "a1"},
                },
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def sheet(cast):
    version = services.create_sheet("call", CONTENT, by=cast.quan)
    services.activate_sheet(version, by=cast.quan)
    version.refresh_from_db()
    return version


@pytest.fixture
def contact(cast):
    make_rule()
    found = make_contact("BO-1", agent="1002", turns="客户:我要退款\n客服:这个不归我们管")
    services.inspect_all(type(found).objects.all())
    return found


@pytest.fixture
def draft(cast, sheet, contact):
    return services.open_review(contact, sheet, by=cast.ines)


def save(review, by, pins=None, seen=None, **answers):
    given = {code: {"value": value} for code, value in answers.items()}
    review.refresh_from_db()
    return services.save_review(
        review, given, pins or {}, seen=review.revision if seen is None else seen, summary="",
        by=by,
    )  # fmt: skip


def given_score(draft, cast, **answers):
    save(draft, cast.ines, pins={"own": [2]}, **answers)
    services.submit_review(draft, by=cast.ines)
    draft.refresh_from_db()
    return draft


def url(name, review, *more):
    return reverse(f"inspections:{name}", args=[review.pk, *more])


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- a draft ----------------------------------------------------------------------------------


def test_what_the_rules_found_is_proposed(draft):
    assert draft.proposed == {"own": {"value": "a2"}}
    assert draft.answers == {}  # the rule only assists: a person answers
    assert Entry.objects.filter(action="inspections.review_opened").count() == 1


def test_the_same_draft_is_gone_on_with(cast, draft, contact, sheet):
    assert services.open_review(contact, sheet, by=cast.ines).pk == draft.pk


def test_nobody_scores_their_own_conversation(cast, contact, sheet):
    with pytest.raises(services.OwnConversation):
        services.open_review(contact, sheet, by=cast.bo)


def test_the_own_team_needs_a_reason_that_is_kept(cast, contact, sheet):
    with pytest.raises(services.OwnTeam):
        services.open_review(contact, sheet, by=cast.ada)
    review = services.open_review(contact, sheet, reason="nobody else is there", by=cast.ada)
    assert review.override_reason == "nobody else is there"


def test_a_second_tab_loses_nothing(cast, draft):
    save(draft, cast.ines, greet="a1")
    with pytest.raises(services.SavedElsewhere):
        save(draft, cast.ines, seen=0, greet="a2")
    draft.refresh_from_db()
    assert draft.answers["greet"] == {"value": "a1"}


def test_an_answer_that_does_not_fit_is_refused_and_keeps_the_draft(cast, draft):
    with pytest.raises(BadInput):
        save(draft, cast.ines, greet="maybe")
    draft.refresh_from_db()
    assert draft.revision == 0


# --- given ------------------------------------------------------------------------------------


def test_a_score_needs_every_answer_and_its_evidence(cast, draft):
    save(draft, cast.ines, greet="a1", own="a2")
    with pytest.raises(services.NotComplete):
        services.submit_review(draft, by=cast.ines)
    save(draft, cast.ines, pins={"own": [2, 99]}, greet="a1", own="a2")
    services.submit_review(draft, by=cast.ines)
    assert list(draft.pins.values_list("turn", flat=True)) == [2]


def test_what_each_item_gave_is_kept_with_what_the_rules_said(cast, draft):
    review = given_score(draft, cast, greet="a1", own="a1")
    assert (review.value, review.is_passed, review.state) == (100, True, "scored")
    own = ReviewItem.objects.get(item="own")
    assert (own.value, own.proposed, own.earned, own.most) == ("a1", "a2", 60, 60)


def test_a_given_score_is_not_saved_over(cast, draft):
    given_score(draft, cast, greet="a1", own="a1")
    with pytest.raises(services.AlreadyScored):
        save(draft, cast.ines, greet="a2")
    with pytest.raises(services.AlreadyScored):
        services.submit_review(draft, by=cast.ines)
    assert ReviewItem.objects.count() == 2


# --- a veto -----------------------------------------------------------------------------------


@pytest.fixture
def vetoed(cast, draft):
    return given_score(draft, cast, greet="a1", own="a2")


def test_a_veto_waits_for_a_second_person_and_the_leader_is_told(cast, vetoed):
    assert (vetoed.value, vetoed.without_veto, vetoed.is_vetoed) == (0, 40, True)
    assert confirmers_of(vetoed) == [cast.quan]
    assert Notice.objects.filter(person=cast.quan, is_todo=True).exists()
    with pytest.raises(services.reviewing.NotReleasable):
        services.release_review(vetoed, by=cast.quan)
    with pytest.raises(services.reviewing.NotYours):
        services.decide_veto(vetoed, is_agreed=True, reason="", by=cast.ines)


def test_a_covert_veto_is_not_told_to_the_leader(cast, draft):
    cast.first.owner = cast.ada
    cast.first.save()
    Review.objects.update(is_covert=True)
    given_score(draft, cast, greet="a1", own="a2")
    assert not Notice.objects.filter(person=cast.ada).exists()
    assert Notice.objects.filter(person=cast.quan, is_todo=True).exists()


def test_a_veto_agreed_to_stays(cast, vetoed):
    services.decide_veto(vetoed, is_agreed=True, reason="", by=cast.quan)
    vetoed.refresh_from_db()
    assert (vetoed.value, vetoed.veto_decided_by) == (0, cast.quan)
    services.release_review(vetoed, by=cast.quan)
    with pytest.raises(services.reviewing.NoVeto):
        services.decide_veto(vetoed, is_agreed=True, reason="", by=cast.quan)


def test_a_veto_refused_gives_the_score_without_it_and_keeps_the_first(cast, vetoed):
    with pytest.raises(BadInput):
        services.decide_veto(vetoed, is_agreed=False, reason=" ", by=cast.quan)
    services.decide_veto(vetoed, is_agreed=False, reason="the words were quoted", by=cast.quan)
    vetoed.refresh_from_db()
    change = vetoed.changes.get()
    assert (vetoed.value, vetoed.is_vetoed, vetoed.is_passed) == (40, False, False)
    assert (change.value, change.new_value, change.reason) == (0, 40, "the words were quoted")


# --- released ---------------------------------------------------------------------------------


def test_the_agent_sees_it_only_once_released(cast, draft):
    review = given_score(draft, cast, greet="a1", own="a1")
    assert not reviews_visible_to(cast.bo).exists()
    assert reviews_visible_to(cast.quan).get() == review
    services.release_review(review, by=cast.quan)
    assert reviews_visible_to(cast.bo).get() == review
    assert not reviews_visible_to(cast.bea).exists()
    assert reviews_visible_to(cast.ada).get() == review
    assert not reviews_visible_to(cast.cai).exists()
    assert Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None).exists()


def test_reading_is_kept_once(cast, draft):
    review = given_score(draft, cast, greet="a1", own="a1")
    services.release_review(review, by=cast.quan)
    for _time in range(2):
        services.acknowledge_review(review, by=cast.bo)
    review.refresh_from_db()
    assert review.acknowledged_at is not None
    assert Entry.objects.filter(action="inspections.review_acknowledged").count() == 1
    assert not Notice.objects.filter(person=cast.bo, ended_at=None).exists()


# --- pages ------------------------------------------------------------------------------------


def test_a_conversation_is_scored_on_its_pages(as_, cast, sheet, contact):
    client = as_(cast.ines)
    assert "Score this conversation" in html(client, reverse("contacts:detail", args=[contact.pk]))
    client.post(reverse("inspections:open_review", args=[contact.pk]), {"sheet": sheet.pk})
    review = Review.objects.get()
    page = html(client, url("review", review))
    assert "The rules say: 没做到" in page
    assert "0 of 2 answered" in page
    client.post(url("score_review", review), {"confirm": "own", "revision": "0"})
    assert "1 of 2 answered" in html(client, url("review", review))
    sent = {"revision": 1, "answer-greet": "a1", "answer-own": "a2", "turns-own": "2、"}
    answer = client.post(url("score_review", review), sent, headers={"Hx-Request": "true"})
    assert 'name="revision" value="2"' in answer.content.decode()
    answer = client.post(url("score_review", review), {**sent, "revision": 2, "submit": "1"})
    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.is_vetoed) == ("scored", True)
    page = html(as_(cast.quan), url("review", review))
    assert "waits for a second person" in page
    as_(cast.quan).post(url("decide_veto", review), {"agree": "1"})
    as_(cast.quan).post(url("release_review", review))
    page = html(as_(cast.bo), url("review", review))
    assert "I have read it" in page
    as_(cast.bo).post(url("acknowledge_review", review))
    review.refresh_from_db()
    assert review.seen_at is not None
    assert review.acknowledged_at is not None


def test_what_is_missing_is_named_on_the_page(as_, cast, draft):
    sent = {"revision": 0, "answer-own": "a2", "submit": "1"}
    page = as_(cast.ines).post(url("score_review", draft), sent, headers=ENGLISH).content.decode()
    assert "not answered yet" in page
    assert "needs evidence" in page


def test_an_answer_that_does_not_fit_takes_no_other_with_it(as_, cast, draft):
    sent = {"revision": 0, "answer-greet": "a1", "answer-own": "maybe", "submit": "1"}
    page = as_(cast.ines).post(url("score_review", draft), sent, headers=ENGLISH).content.decode()
    assert "首问负责: there is no answer “maybe”" in page
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == ("draft", {"greet": {"value": "a1"}})


def test_the_list_narrows(as_, cast, draft):
    assert "BO-1" in html(as_(cast.ines), reverse("inspections:reviews"), state="draft")
    assert "BO-1" not in html(as_(cast.quan), reverse("inspections:reviews"))
    given_score(draft, cast, greet="a1", own="a2")
    assert "BO-1" in html(as_(cast.quan), reverse("inspections:reviews"), state="veto", text="Bo")
    assert "BO-1" not in html(as_(cast.quan), reverse("inspections:reviews"), state="released")


def test_the_list_narrows_to_a_matter_and_counts_each(as_, cast):
    said = [{"code": "consult", "title": "咨询", "share": 1},
            {"code": "complaint", "title": "投诉", "share": 1}]  # fmt: skip
    item = {"code": "matter", "title": "事项", "points": 100, "answers": said}
    content = {"title": "按事项", "sections": [{"code": "s", "title": "s", "items": [item]}]}
    sheet = make_sheet(cast.quan, content, code="matters")
    for number, matter in enumerate(("complaint", "consult", "complaint")):
        talk = make_contact(f"M-{number}", agent="1002", turns="客服:您好")
        make_review(talk, sheet, by=cast.ines, matter=matter)
    page = html(as_(cast.quan), reverse("inspections:reviews"), matter="complaint")
    assert ("M-0" in page, "M-1" in page, "M-2" in page) == (True, False, True)
    assert "投诉 <b>2</b>" in page
    assert "咨询 <b>1</b>" in page
    assert "投诉 <b>" not in html(as_(cast.quan), reverse("inspections:reviews"), state="draft")


def test_without_a_sheet_in_force_the_page_says_so(as_, cast, contact):
    page = html(as_(cast.ines), reverse("inspections:open_review", args=[contact.pk]))
    assert "No score sheet is in force" in page


def test_the_list_costs_the_same_however_many_scores(
    as_, cast, sheet, draft, django_assert_max_num_queries
):
    for number in range(5):
        talk = make_contact(f"C{number}", agent="1003", turns="客服:您好")
        services.open_review(talk, sheet, by=cast.ines)
    client = as_(cast.ines)
    client.get(reverse("inspections:reviews"))
    with django_assert_max_num_queries(14):
        client.get(reverse("inspections:reviews"))
