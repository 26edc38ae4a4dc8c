"""S26 says within 3 rings where S18 says within 3 seconds (V-01): a person decides on the page."""

import copy

import pytest
from django.urls import reverse
from django.utils import translation

from lingzhi.conftest import Cast, make_cast
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.rulebook.conflicts import Conflict
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import conflicts_of, questions_of
from lingzhi.rulebook.queries.adoption import resolved_of
from lingzhi.rulebook.services import (
    resolve_conflict,
    save_answers,
    start_adoption,
    submit_version,
)
from lingzhi.rulebook.services.drafting import problems_of_values

THREE = {"limit": 3, "target": 95}


@pytest.fixture(scope="module")
def made(shared) -> tuple[Cast, Version]:
    """S18 in force for the hotline, within 3 seconds; S26 drafted for it, within 3 rings."""
    cast = make_cast()
    make_version("s18", cast.hotline, by=cast.quan, answers={"answer": {"target": 95}})
    version = start_adoption("s26", cast.hotline, by=cast.quan)
    return cast, save_answers(version, {"ring": THREE}, by=cast.quan)


@pytest.fixture
def cast(made, db) -> Cast:
    return copy.deepcopy(made[0])


@pytest.fixture
def draft(made, db) -> Version:
    return copy.deepcopy(made[1])


def _measured(version: Version) -> list[Conflict]:
    return [one for one in conflicts_of(version) if one.kind == "measures"]


def _values(version: Version, key: str) -> dict:
    found = Version.objects.get(pk=version.pk)
    return next(dict(one.values) for one in resolved_of(found) if one.control.key == key)


def test_three_seconds_against_three_rings_are_named(draft):
    [found] = _measured(draft)
    assert found.choices == ("second", "keep")
    with translation.override("en"):
        assert "Clauses 3.1.1 and 3.1.1 of" in found.sentence
        assert found.sentence.endswith("neither stands for the other: 3 rings and 3 seconds.")


def test_following_the_other_brings_its_unit_and_its_way_of_counting(draft, cast):
    [found] = _measured(draft)
    resolve_conflict(draft, found.key, "second", reason="one clock", by=cast.quan)
    values = _values(draft, "ring")
    assert (values["limit"], values["limit_unit"], values["variant"]) == (3, "seconds", "seconds")
    draft.refresh_from_db()
    assert [one.decision for one in _measured(draft)] == ["second"]
    assert [one for one in problems_of_values(draft) if one.key == "ring"] == []


def test_a_number_set_afterwards_keeps_the_unit(draft, cast):
    resolve_conflict(draft, _measured(draft)[0].key, "second", reason="r", by=cast.quan)
    draft.refresh_from_db()
    save_answers(draft, {"ring": {"limit": 5}}, by=cast.quan)
    values = _values(draft, "ring")
    assert (values["limit"], values["limit_unit"], values["variant"]) == (5, "seconds", "seconds")


def test_taken_back_it_is_rings_again(draft, cast):
    [found] = _measured(draft)
    resolve_conflict(draft, found.key, "second", reason="one clock", by=cast.quan)
    resolve_conflict(draft, found.key, "", by=cast.quan)
    values = _values(draft, "ring")
    assert (values["limit"], values["limit_unit"], values["variant"]) == (3, "rings", "rings")


def test_both_are_kept_for_a_reason_only(draft, cast):
    [found] = _measured(draft)
    with pytest.raises(BadInput) as raised:
        resolve_conflict(draft, found.key, "keep", reason="  ", by=cast.quan)
    assert raised.value.field == "reason"
    resolve_conflict(
        draft, found.key, "keep", reason="two switchboards", ring_seconds=5, by=cast.quan
    )
    draft.refresh_from_db()
    [kept] = _measured(draft)
    assert (kept.decision, kept.reason, kept.ring_seconds) == ("keep", "two switchboards", 5)
    assert _values(draft, "ring")["variant"] == "rings"


def test_what_was_decided_is_in_force_as_decided(draft, cast):
    resolve_conflict(draft, _measured(draft)[0].key, "second", reason="r", by=cast.quan)
    draft.refresh_from_db()
    given: dict = {}
    for one in questions_of(draft):
        if one.is_gap and one.param:
            choices = [code for code, _w in one.param.choices()] if one.param.choices else []
            some = {"number": 3, "percent": 90, "integer": 3, "text": "一", "words": ["您好"]}
            value = choices[0] if choices else some[one.param.form]
            given.setdefault(one.control.key, {})[one.figure.name] = value
    version = save_answers(draft, given, by=cast.quan)
    for one in conflicts_of(version):
        if not one.is_decided:
            version = resolve_conflict(version, one.key, "keep", reason="r", by=cast.quan)
    submit_version(version, effective_on=today(), by=cast.quan)
    clause = version.clauses.get(number="3.1.1")
    assert clause.controls.get(key="ring").values["variant"] == "seconds"
    assert "3 seconds" in clause.text["en"]


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        (5, "Assuming 5 seconds a ring: 3 rings × 5 seconds = 15 seconds, longer than 3 seconds."),
        (0.5, "3 rings × 0.5 seconds = 1.5 seconds, shorter than 3 seconds."),
        (1, "3 rings × 1 second = 3 seconds, just as long."),
    ],
)
def test_the_arithmetic_is_shown_for_an_assumption(as_, cast, draft, ring, words):
    url = reverse("rulebook:conflicts", args=[draft.pk])
    answer = as_(cast.quan).get(url, {"ring_seconds": ring}, headers={"Accept-Language": "en"})
    assert words in answer.content.decode()
    assert f'name="ring_seconds" value="{ring}' in answer.content.decode()


@pytest.mark.parametrize("given", ["", "0", "-1", "61", "NaN", "x"])
def test_without_a_length_there_is_no_arithmetic(as_, cast, draft, given):
    url = reverse("rulebook:conflicts", args=[draft.pk])
    query = {"ring_seconds": given} if given else {}
    html = as_(cast.quan).get(url, query, headers={"Accept-Language": "en"}).content.decode()
    assert "Seconds per ring, as you assume" in html
    assert "Assuming" not in html


def test_the_page_asks_for_the_reason(as_, cast, draft):
    [found] = _measured(draft)
    url, client = reverse("rulebook:conflicts", args=[draft.pk]), as_(cast.quan)
    form = {"key": found.key, "choice": "keep", "ring_seconds": "5"}
    answer = client.post(url, form, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "Say why both measures hold side by side." in answer.content.decode()
    assert client.post(url, form | {"reason": "two switchboards"}).status_code == 302
    draft.refresh_from_db()
    [kept] = _measured(draft)
    assert (kept.reason, kept.ring_seconds) == ("two switchboards", 5)
    html = client.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "Assuming 5 seconds a ring" in html
