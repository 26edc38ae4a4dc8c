"""Reading what holds, and confirming it through the short quiz."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.queries import quiz_of
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def url(in_force) -> str:
    return reverse("rulebook:read", args=[in_force.pk])


def _right(version) -> dict[str, int]:
    return {f"q{at}": question.right for at, question in enumerate(quiz_of(version))}


def test_it_shows_the_text_and_the_questions(as_, cast, url, in_force):
    answer = as_(cast.bo).get(url)
    assert "应答时限" in words(answer)
    assert len(answer.context["form"].fields) == len(quiz_of(in_force)) == 3


def test_right_answers_confirm_it(as_, cast, url, in_force):
    answer = as_(cast.bo).post(url, _right(in_force))
    assert answer["Location"] == reverse("rulebook:regulation", args=[in_force.regulation_id])
    assert in_force.readings.get(person=cast.bo).confirmed_at is not None
    assert Entry.objects.filter(action="rulebook.reading_confirmed").count() == 1
    assert "radio" not in words(as_(cast.bo).get(url))


def test_a_wrong_answer_is_told_and_may_be_tried_again(as_, cast, url, in_force):
    wrong = {name: (place + 1) % 3 for name, place in _right(in_force).items()}
    answer = as_(cast.bo).post(url, wrong)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert as_(cast.bo).post(url, _right(in_force)).status_code == 302
    assert in_force.readings.get(person=cast.bo).tries == 2


def test_an_open_question_is_named(as_, cast, url, in_force):
    given = _right(in_force)
    given.pop("q1")
    answer = as_(cast.bo).post(url, given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["q1"]


def test_a_draft_is_not_confirmed(as_, cast, draft):
    url = reverse("rulebook:read", args=[draft.pk])
    assert as_(cast.quan).post(url, _right(draft)).status_code == 409


def test_the_library_says_what_one_has_to_read(as_, cast, in_force):
    answer = as_(cast.bo).get(reverse("rulebook:list"))
    assert answer.context["to_read"] == [in_force]
    assert answer.context["offers"] == []


def test_the_doors(client, cast, draft):
    assert refused(client, "read", [draft.pk], by=cast.bo) == 404
    assert refused(client, "read", [0], by=cast.quan) == 404
    assert refused(client, "read", [draft.pk], by=cast.quan, method="put") == 405
    assert leads_to_sign_in(client, "read", [draft.pk])
