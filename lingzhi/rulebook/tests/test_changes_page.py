"""What differs between two versions, in words and in values."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.core.clock import today
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import revise, save_answers, submit_version
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


@pytest.fixture
def second(in_force, cast) -> Version:
    version = revise(in_force.regulation, reason_kind="feedback", reason="faster", by=cast.quan)
    save_answers(version, {"ring": {"limit": 2}}, by=cast.quan)
    submit_version(version, effective_on=today() + timedelta(days=1), by=cast.quan)
    return Version.objects.get(pk=version.pk)


def test_it_names_the_clause_the_words_and_the_value(as_, cast, second):
    answer = as_(cast.bo).get(reverse("rulebook:changes", args=[second.pk]))
    (change,) = answer.context["changes"]
    assert change.number == "1.1"
    assert [(one.old[0], one.new[0]) for one in change.figures] == [("3", "2")]
    assert {word.op for word in change.words} == {"same", "gone", "new"}
    assert "<ins" in words(answer)


def test_another_version_may_be_named(as_, cast, in_force, second):
    url = reverse("rulebook:changes", args=[in_force.pk])
    answer = as_(cast.bo).get(url, {"with": "2"})
    (change,) = answer.context["changes"]
    assert [(one.old[0], one.new[0]) for one in change.figures] == [("2", "3")]


@pytest.mark.parametrize("wanted", ["9", "x"])
def test_a_version_that_is_not_there_is_not_found(as_, cast, second, wanted):
    url = reverse("rulebook:changes", args=[second.pk])
    assert as_(cast.bo).get(url, {"with": wanted}).status_code == 404


def test_the_first_version_changes_nothing(as_, cast, in_force):
    answer = as_(cast.bo).get(reverse("rulebook:changes", args=[in_force.pk]))
    assert (answer.context["older"], answer.context["changes"]) == (None, [])


def test_the_doors(client, cast, draft):
    assert refused(client, "changes", [draft.pk], by=cast.bo) == 404
    assert refused(client, "changes", [0], by=cast.quan) == 404
    assert refused(client, "changes", [draft.pk], by=cast.quan, method="post") == 405
    assert leads_to_sign_in(client, "changes", [draft.pk])
