"""The list of rules, one rule with its versions, and the acts on its life."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi_engine.inspect import OPERATORS

RULES = reverse("inspections:rules")
ADOPT = reverse("inspections:adopt")
ENGLISH = {"Accept-Language": "en"}


def html(client, url, **query) -> str:
    answer = client.get(url, query, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rule_url(version) -> str:
    return reverse("inspections:rule", args=[version.rule_id])


def act_url(act, version) -> str:
    return reverse(f"inspections:{act}", args=[version.rule_id, version.number])


def test_the_list_shows_state_owner_and_rate(as_, cast, judged):
    services.change_owner(judged.version.rule, cast.ines, by=cast.quan)
    page = html(as_(cast.quan), RULES)
    for words in ("Shirking", "ownership.shirking", "Active", "Ines", "n = 3"):
        assert words in page


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"Shirking", "Long silence"}),
        ({"text": "推诿"}, {"Shirking"}),
        ({"text": "SILENCE"}, {"Long silence"}),
        ({"severity": "moderate"}, {"Long silence"}),
        ({"dimension": "time"}, {"Long silence"}),
        ({"state": "draft"}, {"Long silence"}),
        ({"kind": "credit"}, set()),
    ],
)
def test_the_list_narrows(as_, cast, filters, expected):
    make_rule()
    make_rule(LENGTH, state="draft")
    rows = html(as_(cast.quan), RULES, **filters).split('id="rows"')[1]
    assert {title for title in ("Shirking", "Long silence") if title in rows} == expected


def test_without_rules_the_first_set_is_offered_to_who_may(as_, cast):
    assert ADOPT in html(as_(cast.quan), RULES)
    assert ADOPT not in html(as_(cast.ines), RULES)


def test_the_first_set_is_adopted(as_, cast):
    assert as_(cast.quan).post(ADOPT).status_code == 302
    assert RuleVersion.objects.filter(state="active").count() >= 40


def test_the_page_of_a_rule_shows_everything(as_, cast, judged):
    page = html(as_(cast.ada), rule_url(judged.version))
    for words in ("Who answers first owns the matter.", "n = 2", "不归我们管", "我帮您查一下",
                  "op: text.keyword", "Nobody answers for this rule."):  # fmt: skip
        assert words in page


def test_versions_are_compared(as_, cast):
    version = make_rule()
    other = {**SHIRKING, "severity": "minor"}
    services.save_draft(version.rule, other, note="less harsh", by=cast.ines)
    page = html(as_(cast.ada), rule_url(version))
    assert "<del>- severity: severe</del>" in page
    assert "<ins>+ severity: minor</ins>" in page
    assert "less harsh" in page
    chosen = html(as_(cast.ada), rule_url(version), version="2")
    assert "Content of version 2" in chosen


def test_a_missing_version_or_rule_does_not_exist(as_, cast):
    version = make_rule()
    client = as_(cast.ada)
    assert client.get(rule_url(version), {"version": "9"}).status_code == 404
    assert client.get(reverse("inspections:rule", args=[999_999])).status_code == 404


def test_acts_are_offered_to_who_may(as_, cast):
    version = make_rule(state="shadow")
    activate = act_url("activate", version)
    assert activate in html(as_(cast.quan), rule_url(version))
    assert activate not in html(as_(cast.ines), rule_url(version))


@pytest.mark.parametrize(
    ("act", "state", "after", "action"),
    [
        ("shadow", "draft", "shadow", "inspections.rule_shadowed"),
        ("activate", "draft", "active", "inspections.rule_activated"),
        ("activate", "shadow", "active", "inspections.rule_activated"),
        ("retire", "shadow", "retired", "inspections.rule_retired"),
        ("retire", "active", "retired", "inspections.rule_retired"),
    ],
)
def test_a_step_of_its_life(as_, cast, act, state, after, action):
    version = make_rule(state=state)
    answer = as_(cast.quan).post(act_url(act, version), {"reason": "tried for a week"})
    assert answer.status_code == 302
    version.refresh_from_db()
    entry = Entry.objects.latest("id")
    assert (version.state, entry.action, entry.actor_label, entry.reason) == (
        after, action, "3001", "tried for a week",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("act", "state"),
    [("shadow", "active"), ("activate", "active"), ("retire", "draft"), ("discard", "active")],
)
def test_a_step_its_state_forbids_is_refused(as_, cast, act, state):
    version = make_rule(state=state)
    answer = as_(cast.quan).post(act_url(act, version), {"reason": "so"})
    assert answer.status_code == 409
    version.refresh_from_db()
    assert version.state == state


def test_a_rule_whose_examples_fail_does_not_judge(as_, cast):
    version = make_rule(state="draft", tests={"hit": [["agent: 好"]], "miss": [["agent: 嗯"]]})
    assert as_(cast.quan).post(act_url("shadow", version)).status_code == 422


def test_retiring_without_a_reason_is_refused(as_, cast):
    version = make_rule()
    assert as_(cast.quan).post(act_url("retire", version)).status_code == 422


def test_a_draft_is_thrown_away(as_, cast):
    version = make_rule(state="draft")
    answer = as_(cast.ines).post(act_url("discard", version))
    assert (answer.status_code, answer.url) == (302, RULES)
    assert not Rule.objects.exists()


@pytest.mark.parametrize("act", ["shadow", "activate", "retire", "discard"])
def test_a_step_is_refused_without_the_right(as_, cast, act):
    version = make_rule(state="draft")
    assert as_(cast.ada).post(act_url(act, version), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("act", ["activate", "retire"])
def test_inspectors_do_not_put_rules_into_force(as_, cast, act):
    version = make_rule(state="shadow")
    assert as_(cast.ines).post(act_url(act, version), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("act", ["shadow", "activate", "retire", "discard"])
def test_a_step_of_a_missing_version_does_not_exist(as_, cast, act):
    version = make_rule(state="draft")
    url = reverse(f"inspections:{act}", args=[version.rule_id, 9])
    assert as_(cast.quan).post(url, {"reason": "x"}).status_code == 404


def test_the_owner_is_changed_and_a_wrong_number_named(as_, cast):
    version = make_rule()
    url = reverse("inspections:change_owner", args=[version.rule_id])
    client = as_(cast.quan)
    assert client.post(url, {"staff_no": "3002"}).status_code == 302
    assert Rule.objects.get().owner == cast.ines
    wrong = client.post(url, {"staff_no": "0000"}, headers=ENGLISH)
    assert wrong.status_code == 422
    assert "Nobody has this staff number." in wrong.content.decode()
    assert as_(cast.ines).post(url, {"staff_no": "3002"}).status_code == 403


def test_without_the_right_to_read_there_is_nothing(as_, cast):
    version = make_rule()
    client = as_(cast.nora)
    assert client.get(RULES).status_code == 403
    assert client.get(rule_url(version)).status_code == 403
    assert client.post(ADOPT).status_code == 403


def test_anonymous_is_sent_to_sign_in(client, cast):
    version = make_rule(state="draft")
    for url in (RULES, rule_url(version)):
        assert client.get(url).status_code == 302
    assert client.post(act_url("shadow", version)).status_code == 302
    version.refresh_from_db()
    assert version.state == "draft"


def test_wrong_methods_are_refused(as_, cast):
    version = make_rule(state="draft")
    client = as_(cast.quan)
    assert client.post(RULES).status_code == 405
    assert client.get(ADOPT).status_code == 405
    assert client.get(act_url("shadow", version)).status_code == 405


def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries):
    for number in range(12):
        make_rule({**SHIRKING, "id": f"ownership.n{number}"})
    client = as_(cast.quan)
    html(client, RULES)
    with django_assert_max_num_queries(21):
        html(client, RULES)


def test_every_operator_stands_on_one_page(cast, client):
    client.force_login(cast.ada)
    page = client.get(reverse("inspections:operators")).content.decode()
    assert [code for code in OPERATORS if f"<code>{code}</code>" not in page] == []
