"""Calibrations: prepared, invited, scored blind or open, discussed, agreed on, closed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.inspections.factories import make_review, make_sheet
from lingzhi.inspections.models import Calibration, CalibrationScore, Review, SheetVersion
from lingzhi.inspections.queries.agreement import agreement_of
from lingzhi.inspections.queries.calibrations import (
    calibrations_visible_to,
    conversations_to_calibrate,
    most_disagreed,
    scores_shown_to,
    some_by_chance,
)
from lingzhi.inspections.services import calibrating, calibration_scoring, concluding
from lingzhi.inspections.services.calibrating import Choice, Setting
from lingzhi.inspections.services.calibration_notices import remind_calibrators
from lingzhi.inspections.services.reviewing import AlreadyScored, NotComplete, SavedElsewhere
from lingzhi.notifications.models import Notice
from lingzhi_engine.stats import exact_agreement, gwet_ac1, krippendorff_alpha

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def ivo(cast, hold):
    person = User.objects.create_user("3003", "correct horse", name="Ivo")
    hold(person, "inspector", cast.hotline)
    return person


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.quan)


@pytest.fixture
def talks(cast):
    return [make_contact(f"BO-{n}", agent="1002") for n in range(3)]


def setting(cast, sheet, people, **changes):
    given = {
        "title": "一月校准", "version": sheet, "unit": cast.hotline, "is_blind": True,
        "rounds": 2, "due_on": today() + timedelta(days=3), "people": people, "expert": None,
    }  # fmt: skip
    return Setting(**given | changes)


@pytest.fixture
def draft(cast, sheet, talks, ivo):
    return calibrating.create_calibration(
        setting(cast, sheet, [cast.ines, ivo, cast.quan], expert=cast.quan),
        Choice(numbers=["BO-0", "BO-1"]), by=cast.quan,
    )  # fmt: skip


@pytest.fixture
def begun(draft, cast):
    calibrating.invite(draft, by=cast.quan)
    return draft


def give(calibration, person, position=1, **answers):
    """`person` scores the conversation at `position`; what is not answered is "yes"."""
    talk = calibration.talks.get(position=position)
    mine = calibration_scoring.open_calibration_score(talk, by=person)
    given = {code: {"value": answers.get(code, "yes")} for code in ("greet", "solve")}
    calibration_scoring.save_calibration_score(
        mine, given, {"greet": [1]}, seen=mine.revision, summary=""
    )
    calibration_scoring.submit_calibration_score(mine, by=person)
    return mine


@pytest.fixture
def discussed(begun, cast, ivo):
    give(begun, cast.ines, 1, greet="no")
    give(begun, ivo, 1)
    give(begun, cast.quan, 1)
    give(begun, cast.ines, 2)
    give(begun, ivo, 2, solve="no")
    concluding.open_discussion(begun, by=cast.quan)
    return begun


def url(name, pk):
    return reverse(f"inspections:{name}", args=[pk])


def html(client, address, **query):
    answer = client.get(address, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- preparing --------------------------------------------------------------------------------


def test_a_draft_is_seen_by_who_holds_it_alone(cast, draft):
    assert [one.pk for one in calibrations_visible_to(cast.quan)] == [draft.pk]
    assert not calibrations_visible_to(cast.ines).exists()
    assert Entry.objects.filter(action="inspections.calibration_created").count() == 1


def test_an_unknown_number_is_named(cast, sheet, talks, ivo):
    with pytest.raises(BadInput, match="NO-1"):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, ivo]), Choice(numbers=["BO-0", "NO-1"]), by=cast.quan
        )
    assert not Calibration.objects.exists()


def test_who_may_not_score_there_is_refused(cast, sheet, talks):
    with pytest.raises(BadInput):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, cast.nora]), Choice(), by=cast.quan
        )


def test_the_expert_is_one_of_those_who_score(cast, sheet, talks, ivo):
    with pytest.raises(BadInput):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, ivo], expert=cast.quan), Choice(), by=cast.quan
        )


def test_the_same_seed_takes_the_same_conversations(cast, talks):
    rows = conversations_to_calibrate(cast.hotline, cast.quan)
    assert some_by_chance(rows, 2, seed=7) == some_by_chance(rows, 2, seed=7)
    assert len(some_by_chance(rows, 9, seed=7)) == 3


def test_where_people_differed_comes_first(cast, sheet, talks, ivo):
    make_review(talks[0], sheet, by=cast.ines)
    make_review(talks[0], sheet, by=ivo)
    make_review(talks[1], sheet, by=cast.ines)
    make_review(talks[1], sheet, by=ivo, solve="no")
    rows = conversations_to_calibrate(cast.hotline, cast.quan)
    assert most_disagreed(rows, sheet.sheet, 5) == [talks[1].pk]


def test_a_draft_changes_until_people_are_invited(cast, draft, ivo, sheet):
    people = [cast.ines, ivo]
    calibrating.change_calibration(
        draft, setting(cast, sheet, people), Choice(numbers=["BO-2"]), by=cast.quan
    )
    assert (draft.talks.count(), draft.calibrators.count()) == (3, 2)
    calibrating.invite(draft, by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.change_calibration(draft, setting(cast, sheet, people), Choice(), by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.leave_out(draft.talks.get(position=1), by=cast.quan)


def test_invited_people_have_something_to_do_once(cast, draft, ivo):
    calibrating.invite(draft, by=cast.quan)
    with pytest.raises(calibrating.BegunAlready):
        calibrating.invite(draft, by=cast.quan)
    told = Notice.objects.filter(is_todo=True, ended_at=None).values_list("person", flat=True)
    assert sorted(told) == sorted([cast.ines.pk, ivo.pk, cast.quan.pk])


def test_nobody_is_invited_to_score_the_own_conversation(cast, draft, hold):
    hold(cast.bo, "inspector", cast.hotline)
    draft.calibrators.create(person=cast.bo)
    with pytest.raises(calibrating.OwnConversationThere):
        calibrating.invite(draft, by=cast.quan)


def test_one_person_alone_does_not_calibrate(cast, draft):
    draft.calibrators.exclude(person=cast.ines).delete()
    with pytest.raises(calibrating.NotEnoughToCalibrate):
        calibrating.invite(draft, by=cast.quan)


# --- scoring ----------------------------------------------------------------------------------


def test_a_score_is_given_once_and_never_counts_for_the_agent(begun, cast):
    mine = give(begun, cast.ines, greet="no")
    assert mine.value == 60
    assert not Review.objects.exists()
    with pytest.raises(AlreadyScored):
        calibration_scoring.submit_calibration_score(mine, by=cast.ines)


def test_an_incomplete_one_is_not_given(begun, cast):
    mine = calibration_scoring.open_calibration_score(begun.talks.get(position=1), by=cast.ines)
    with pytest.raises(NotComplete):
        calibration_scoring.submit_calibration_score(mine, by=cast.ines)


def test_a_second_tab_loses_nothing(begun, cast):
    mine = calibration_scoring.open_calibration_score(begun.talks.get(position=1), by=cast.ines)
    given = {"greet": {"value": "yes"}}
    calibration_scoring.save_calibration_score(mine, given, {}, seen=0, summary="")
    with pytest.raises(SavedElsewhere):
        calibration_scoring.save_calibration_score(mine, {}, {}, seen=0, summary="")
    assert CalibrationScore.objects.get().answers == given


def test_blind_nobody_sees_another_before_the_discussion(begun, cast, ivo):
    give(begun, cast.ines)
    give(begun, ivo)
    talk = begun.talks.get(position=1)
    assert [one.calibrator.person for one in scores_shown_to(cast.ines, talk)] == [cast.ines]
    assert not scores_shown_to(cast.quan, talk).exists()
    concluding.open_discussion(begun, by=cast.quan)
    talk.refresh_from_db()
    assert scores_shown_to(cast.ines, talk).count() == 2


def test_open_one_sees_the_others_after_the_own(begun, cast, ivo):
    Calibration.objects.update(is_blind=False)
    begun.refresh_from_db()
    give(begun, cast.ines)
    talk = begun.talks.get(position=1)
    assert not scores_shown_to(ivo, talk).exists()
    give(begun, ivo)
    assert scores_shown_to(ivo, talk).count() == 2


def test_who_has_scored_everything_is_left_in_peace(begun, cast, ivo):
    for person in (cast.ines, ivo, cast.quan):
        give(begun, person, 1)
        give(begun, person, 2)
    assert not Notice.objects.filter(is_todo=True, ended_at=None).exists()
    complete = Notice.objects.filter(person=cast.quan, is_todo=False)
    assert complete.count() == 1


def test_reminders_a_day_before_and_when_overdue(begun, cast):
    give(begun, cast.ines, 1)
    give(begun, cast.ines, 2)
    assert remind_calibrators() == 0
    Calibration.objects.update(due_on=today() + timedelta(days=1))
    assert (remind_calibrators(), remind_calibrators()) == (2, 0)
    Calibration.objects.update(due_on=today() - timedelta(days=1))
    assert (remind_calibrators(), remind_calibrators()) == (2, 0)
    assert Notice.objects.filter(matter__endswith="/late", person=cast.quan).count() == 1


# --- discussing -------------------------------------------------------------------------------


def test_nothing_is_opened_that_cannot_be_compared(begun, cast):
    give(begun, cast.ines)
    with pytest.raises(concluding.NothingToCompare):
        concluding.open_discussion(begun, by=cast.quan)


def test_the_page_shows_the_engines_figures(discussed, cast, as_):
    nan = float("nan")
    greet, solve = [[0, 1, 0], [nan, 0, 0]], [[0, 0, 0], [nan, 0, 1]]  # expert, Ines, Ivo
    found = agreement_of(discussed)
    assert [one.exact for one in found.items] == [exact_agreement(greet), exact_agreement(solve)]
    assert found.items[0].ac1 == gwet_ac1(greet, categories=(0, 1))
    assert found.items[1].alpha == krippendorff_alpha(solve)
    assert found.exact == exact_agreement([*greet, *solve])
    page = html(as_(cast.quan), url("calibration", discussed.pk))
    assert f"{found.exact.value * 100:.1f}" in page
    assert f"{found.items[0].ac1.value:.2f}" in page
    assert "too few to say" in page


def test_distance_is_from_the_expert_until_answers_are_agreed(discussed, cast, ivo):
    found = {one.calibrator.person: one for one in agreement_of(discussed).distances}
    assert (found[cast.ines].above, found[cast.ines].conversations) == (-40, 1)
    talk = discussed.talks.get(position=1)
    agreed = {"greet": {"value": "no"}, "solve": {"value": "yes"}}
    concluding.agree_on(talk, agreed, {}, by=cast.quan)
    found = {one.calibrator.person: one for one in agreement_of(discussed).distances}
    assert (found[cast.ines].above, found[cast.quan].above) == (0, 40)


def test_another_round_begins_with_the_own_answers(discussed, cast):
    concluding.begin_next_round(discussed, due_on=today(), by=cast.quan)
    talk = discussed.talks.get(position=1)
    again = calibration_scoring.open_calibration_score(talk, by=cast.ines)
    assert again.answers["greet"]["value"] == "no"
    assert again.submitted_at is None
    assert scores_shown_to(cast.ines, talk, 1).count() == 3
    assert not scores_shown_to(cast.ines, talk).exists()
    with pytest.raises(concluding.NoMoreRounds):
        concluding.begin_next_round(discussed, due_on=today(), by=cast.quan)


def test_a_decision_becomes_guidance_of_the_item(discussed, cast, sheet):
    made = concluding.decide_guidance(discussed, "greet", "三秒内问候。", by=cast.quan)
    draft = SheetVersion.objects.get(sheet=sheet.sheet, state="draft")
    assert made.version == draft
    assert draft.read().sections[0].items[0].guidance == "三秒内问候。"
    sheet.refresh_from_db()
    assert sheet.state == "active"
    with pytest.raises(concluding.ItemIsGone):
        concluding.decide_guidance(discussed, "gone", "x", by=cast.quan)


def test_it_is_closed_when_all_answers_are_agreed_on(discussed, cast):
    with pytest.raises(concluding.NotAllAgreed):
        concluding.settle_calibration(discussed, by=cast.quan)
    for talk in discussed.talks.all():
        agreed = {"greet": {"value": "yes"}, "solve": {"value": "yes"}}
        concluding.agree_on(talk, agreed, {}, by=cast.quan)
    with pytest.raises(concluding.NotAgreedYet):
        concluding.close_calibration(discussed, by=cast.quan)
    concluding.settle_calibration(discussed, by=cast.quan)
    concluding.write_minutes(discussed, "同意。", by=cast.quan)
    concluding.close_calibration(discussed, by=cast.quan)
    with pytest.raises(concluding.NotBeingDiscussed):
        concluding.write_minutes(discussed, "anders", by=cast.quan)
    with pytest.raises(concluding.NotBeingDiscussed):
        concluding.comment_on(discussed.talks.first(), "greet", "late", by=cast.ines)


def test_every_item_needs_an_agreed_answer(discussed, cast):
    with pytest.raises(BadInput):
        concluding.agree_on(discussed.talks.first(), {"greet": {"value": "yes"}}, {}, by=cast.quan)


# --- pages ------------------------------------------------------------------------------------


def test_a_session_is_made_on_its_page(cast, sheet, talks, ivo, as_):
    client = as_(cast.quan)
    body = {
        "title": "一月", "version": sheet.pk, "unit": cast.hotline.pk, "sight": "open",
        "rounds": 1, "due_on": today().isoformat(), "people": [cast.ines.pk, ivo.pk],
        "by_chance": 2,
    }  # fmt: skip
    answer = client.post(reverse("inspections:new_calibration"), body)
    made = Calibration.objects.get()
    assert answer.url == url("calibration", made.pk)
    assert (made.talks.count(), made.is_blind) == (2, False)
    wrong = client.post(reverse("inspections:new_calibration"), body | {"numbers": "NO-1"})
    assert wrong.status_code == 422
    assert client.post(url("invite_calibrators", made.pk)).status_code == 302


def test_scoring_goes_on_to_the_next_conversation(begun, cast, as_):
    client, (first, second) = as_(cast.ines), begun.talks.all()
    assert "never count for the agent" in html(client, url("calibration_talk", first.pk))
    body = {"revision": 0, "answer-greet": "yes", "answer-solve": "no", "submit": "1"}
    answer = client.post(url("score_calibration", first.pk), body)
    assert answer.url == url("calibration_talk", second.pk)
    partly = client.post(
        url("score_calibration", second.pk), {"revision": 0, "answer-greet": "yes"},
        headers={"HX-Request": "true"} | ENGLISH,
    )  # fmt: skip
    assert "1 of 2 answered" in partly.content.decode()


def test_the_discussion_page_marks_who_differs(discussed, cast, as_):
    talk = discussed.talks.get(position=1)
    page = html(as_(cast.ines), url("calibration_talk", talk.pk))
    assert page.count('class="lz-differs"') == 1
    assert "1 item answered differently" in page
    assert "Note as agreed" not in page
    said = as_(cast.ines).post(url("comment_on", talk.pk), {"item": "greet", "text": "没说您好"})
    assert said.status_code == 302
    assert "没说您好" in html(as_(cast.quan), url("calibration_talk", talk.pk))


def test_agreed_answers_are_tried_and_noted(discussed, cast, as_):
    talk = discussed.talks.get(position=1)
    client, body = as_(cast.quan), {"answer-greet": "no", "answer-solve": "yes"}
    tried = client.post(url("agree_on", talk.pk), body, headers={"HX-Request": "true"})
    assert ">60</b>" in tried.content.decode()
    talk.refresh_from_db()
    assert talk.agreed_at is None
    client.post(url("agree_on", talk.pk), body | {"agree": "1"})
    talk.refresh_from_db()
    assert talk.agreed_value == 60


def test_who_is_not_in_it_does_not_see_it(begun, cast, as_):
    other = User.objects.create_user("3009", "correct horse", name="Uta")
    assert as_(other).get(url("calibration", begun.pk)).status_code == 403
    assert as_(cast.ines).post(url("open_discussion", begun.pk)).status_code == 403
    assert as_(cast.ines).get(url("calibration", begun.pk + 9)).status_code == 404


def test_the_list_asks_the_same_however_long_it_is(
    begun, cast, sheet, ivo, as_, django_assert_max_num_queries
):
    for _n in range(6):
        calibrating.create_calibration(
            setting(cast, sheet, [cast.ines, ivo]), Choice(numbers=["BO-0"]), by=cast.quan
        )
    client = as_(cast.quan)
    client.get(reverse("inspections:calibrations"))
    with django_assert_max_num_queries(14):
        client.get(reverse("inspections:calibrations"))


def test_figures_and_answers_leave_as_a_table(discussed, cast, as_):
    answer = as_(cast.quan).get(url("calibration_table", discussed.pk), {"form": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "Krippendorff" in text
    assert f"BO-0,{'没做到'}" in text
    excel = as_(cast.quan).get(url("calibration_table", discussed.pk))
    assert excel.content.startswith(b"PK")


def test_nothing_leaves_before_the_discussion(begun, cast, as_):
    assert as_(cast.quan).get(url("calibration_table", begun.pk)).status_code == 409
    assert as_(cast.quan).get(url("print_calibration", begun.pk)).status_code == 409


def test_it_is_printed(discussed, cast, as_):
    answer = as_(cast.quan).get(url("print_calibration", discussed.pk))
    assert answer.content.startswith(b"%PDF")
