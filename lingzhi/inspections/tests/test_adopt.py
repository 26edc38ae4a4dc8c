"""Adopting a rule set: all of it or nothing, and only once."""

from pathlib import Path

import pytest
from django.conf import settings

from lingzhi.audit.models import Entry
from lingzhi.inspections import services
from lingzhi.inspections.models import Rule, RuleVersion

pytestmark = pytest.mark.django_db

GOOD = """
wordsets: {rude: [滚开, 闭嘴]}
rules:
- id: courtesy.rude
  version: 3
  title: {zh-Hans: 粗话, en: Rude words}
  dimension: courtesy
  severity: severe
  scope: {role: agent}
  conditions: {said: {op: text.wordset, set: rude}}
  when: said
  tests:
    hit: [["agent: 闭嘴"]]
    miss: [["agent: 您好"]]
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "a.yaml").write_text(GOOD)
    return tmp_path


def test_the_first_rule_set_is_adopted_whole_and_once(cast):
    assert services.adopt_rule_file(settings.FIRST_RULES, by=cast.quan) >= 40
    assert services.adopt_rule_file(settings.FIRST_RULES, by=cast.quan) == 0
    entry = Entry.objects.get(action="inspections.rules_adopted")
    assert entry.after["rules"] == RuleVersion.objects.filter(state="active").count()
    assert len(entry.after["sha256"]) == 64


def test_word_sets_travel_inside_the_rule(folder):
    assert services.adopt_rule_file(folder, by=None) == 1
    version = RuleVersion.objects.get()
    assert version.body["wordsets"] == {"rude": ["滚开", "闭嘴"]}
    assert (version.number, version.body["version"]) == (1, 1)
    assert services.snapshot_now().version_ids == [version.pk]


def test_a_rule_that_is_there_stays_as_it_is(folder):
    services.adopt_rule_file(folder, by=None)
    services.retire_version(RuleVersion.objects.get(), reason="no", by=None)
    assert services.adopt_rule_file(folder, by=None) == 0
    assert RuleVersion.objects.get().state == "retired"


@pytest.mark.parametrize(
    "wrong", [GOOD.replace("severe", "huge"), GOOD.replace('hit: [["agent: 闭嘴"]]', "hit: []")]
)
def test_one_wrong_rule_brings_in_nothing(folder, wrong):
    (folder / "b.yaml").write_text(wrong.replace("courtesy.rude", "courtesy.other"))
    with pytest.raises(services.RuleProblems):
        services.adopt_rule_file(folder, by=None)
    assert not Rule.objects.exists()
