"""The first step of the wizard: every figure the pack leaves open or suggests."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.services import start_adoption
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")
SUGGESTED = {"ring.target": 95, "appraisal.cadence": "monthly"}


@pytest.fixture
def version(small_packs, cast) -> Version:
    return start_adoption("small", cast.hotline, by=cast.quan)


@pytest.fixture
def url(version) -> str:
    return reverse("rulebook:figures", args=[version.pk])


def test_it_asks_what_is_open_by_chapter_and_folds_what_is_suggested(as_, cast, url):
    answer = as_(cast.quan).get(url)
    shown = answer.context["shown"]
    assert [(one.heading, len(one.to_set), len(one.suggested)) for one in shown.groups] == [
        ("1 接听", 1, 1), ("2 人员", 0, 1)
    ]  # fmt: skip
    assert (shown.left, shown.total, shown.suggestions) == (1, 1, 2)
    assert "响铃几声内应答？" in words(answer)


def test_normative_figures_are_not_asked(as_, cast, url):
    assert "urgent.limit" not in as_(cast.quan).get(url).context["form"].fields


def test_the_cursor_stands_in_what_is_open(as_, cast, url, version):
    fields = as_(cast.quan).get(url).context["form"].fields
    assert fields["ring.limit"].widget.attrs.get("autofocus")
    as_(cast.quan).post(url, {"ring.limit": "3"} | SUGGESTED)
    fields = as_(cast.quan).get(url).context["form"].fields
    assert not any(field.widget.attrs.get("autofocus") for field in fields.values())


def test_saving_keeps_what_changed_and_stays(as_, cast, url, version):
    answer = as_(cast.quan).post(url, {"ring.limit": "3"} | SUGGESTED)
    assert answer["Location"] == url
    version.refresh_from_db()
    assert version.answers == {"ring": {"limit": 3}}
    assert Entry.objects.filter(action="rulebook.answers_saved").count() == 1


def test_going_on_leads_to_the_conflicts(as_, cast, url, version):
    answer = as_(cast.quan).post(url, {"ring.limit": "3", "next": "1"} | SUGGESTED)
    assert answer["Location"] == reverse("rulebook:conflicts", args=[version.pk])


def test_a_suggestion_is_changed_and_taken_back(as_, cast, url, version):
    client = as_(cast.quan)
    client.post(url, SUGGESTED | {"ring.target": "90"})
    version.refresh_from_db()
    assert version.answers == {"ring": {"target": 90}}
    client.post(url, SUGGESTED | {"ring.target": ""})
    version.refresh_from_db()
    assert version.answers.get("ring", {}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [("ring.limit", "-3"), ("ring.limit", "0"), ("ring.target", "101"), ("ring.limit", "three")],
)
def test_a_wrong_figure_is_named_at_its_field_and_nothing_is_saved(
    as_, cast, url, version, name, value
):
    answer = as_(cast.quan).post(url, SUGGESTED | {name: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert answer.context["form"].fields[name].widget.attrs.get("autofocus")
    version.refresh_from_db()
    assert version.answers == {}


def test_what_left_the_draft_is_not_changed(as_, cast, in_force):
    url = reverse("rulebook:figures", args=[in_force.pk])
    assert as_(cast.quan).post(url, {"ring.limit": "5"} | SUGGESTED).status_code == 409


def test_the_doors(client, cast, in_force):
    assert refused(client, "figures", [in_force.pk], by=cast.bo) == 403
    assert refused(client, "figures", [0], by=cast.quan) == 404
    assert refused(client, "figures", [in_force.pk], by=cast.quan, method="delete") == 405
    assert leads_to_sign_in(client, "figures", [in_force.pk])
