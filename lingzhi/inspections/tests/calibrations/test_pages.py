"""A calibration on its pages."""

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Calibration
from lingzhi.inspections.services import calibrating
from lingzhi.inspections.services.calibrating import Choice
from lingzhi.inspections.tests.calibrations.conftest import ENGLISH, html, setting, url

pytestmark = pytest.mark.django_db


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
