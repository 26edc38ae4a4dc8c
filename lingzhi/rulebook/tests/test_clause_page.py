"""One clause: its sentence, its controls, its versions; and the regulation it stands in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.core.clock import today
from lingzhi.rulebook.models import LawfulStep
from lingzhi.rulebook.services import revise, save_answers, submit_version
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")


def test_it_shows_its_controls_with_their_values(as_, cast, in_force):
    answer = as_(cast.bo).get(reverse("rulebook:clause", args=[in_force.regulation_id, "1.1"]))
    (control,) = answer.context["shown"].controls
    assert (control.key, control.runs) == ("ring", True)
    assert {str(value.label): value.value for value in control.values}["target"] == "95%"
    assert "95%" in words(answer)


def test_it_leads_to_its_neighbours(as_, cast, in_force):
    url = reverse("rulebook:clause", args=[in_force.regulation_id, "1.4"])
    context = as_(cast.bo).get(url).context
    assert (context["earlier"], context["later"]) == ("1.3", "2.1")


def test_every_version_of_it_stands_there(as_, cast, in_force):
    version = revise(in_force.regulation, reason_kind="feedback", reason="x", by=cast.quan)
    save_answers(version, {"ring": {"limit": 2}}, by=cast.quan)
    submit_version(version, effective_on=today() + timedelta(days=1), by=cast.quan)
    answer = as_(cast.bo).get(reverse("rulebook:clause", args=[in_force.regulation_id, "1.1"]))
    assert [one.version.number for one in answer.context["history"]] == [2, 1]


def test_one_that_touches_pay_says_what_it_lacks(as_, cast, in_force):
    answer = as_(cast.bo).get(reverse("rulebook:clause", args=[in_force.regulation_id, "2.1"]))
    lacking = [str(LawfulStep.Kind(kind).label) for kind in ("discussion", "union", "publication")]
    assert [str(one) for one in answer.context["missing"]] == lacking
    assert all(one in words(answer) for one in lacking)


def test_the_regulation_shows_what_works_and_what_waits(as_, cast, in_force):
    answer = as_(cast.bo).get(reverse("rulebook:regulation", args=[in_force.regulation_id]))
    standing = answer.context["standing"]
    assert (standing.applied, standing.waiting_number) == (1, 3)
    assert 'href="#chapter-2"' in words(answer)


def test_more_regulations_ask_little_more(as_, cast, in_force, django_assert_max_num_queries):
    client = as_(cast.quan)
    with django_assert_max_num_queries(45):
        client.get(reverse("rulebook:regulation", args=[in_force.regulation_id]))
    with django_assert_max_num_queries(45):
        client.get(reverse("rulebook:list"))


def test_the_doors(client, cast, in_force):
    args = [in_force.regulation_id, "1.1"]
    assert refused(client, "clause", [args[0], "9.9"], by=cast.bo) == 404
    assert refused(client, "clause", [args[0], "1"], by=cast.bo) == 404
    assert refused(client, "clause", args, by=cast.quan, method="post") == 405
    assert leads_to_sign_in(client, "clause", args)
    for name in ("regulation", "version"):
        assert refused(client, name, [0], by=cast.bo) == 404
        assert refused(client, name, [in_force.pk], by=cast.bo, method="post") == 405
        assert leads_to_sign_in(client, name, [in_force.pk])
    assert refused(client, "list", [], by=cast.bo, method="post") == 405
    assert leads_to_sign_in(client, "list", [])
