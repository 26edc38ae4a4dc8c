"""Both doors of the editor save the same rule: what the form shows is what it reads back."""

from urllib.parse import urlencode

import pytest
import yaml
from django.conf import settings
from django.http import QueryDict
from django.utils import translation

from lingzhi.inspections.canonical import canonical
from lingzhi.inspections.forms.editor import RuleDesk
from lingzhi.inspections.forms.examples import read_turn
from lingzhi.inspections.forms.fields import DistanceWidget

pytestmark = pytest.mark.django_db

FIRST = [
    rule
    for file in sorted(settings.FIRST_RULES.glob("*.yaml"))
    for rule in yaml.safe_load(file.read_text())["rules"]
]
ODD = {
    "id": "odd.one",
    "title": {"zh-Hans": "怪"},
    "dimension": "other",
    "severity": "minor",
    "channels": ["fax"],
    "directions": ["out"],
    "scope": {"role": ["agent", "bot"], "turns": [2, None]},
    "conditions": {
        "a": {"op": "text.keyword", "words": ["退款", "12315"], "mode": "at_least", "n": 2,
              "synonyms": {"退款": ["退钱", "返款"]}, "fold": False,
              "scope": {"role": ["agent", "customer"], "quantifier": {"percent": 50}}},
        "b": {"op": "conv.ifThen", "trigger": {"role": "customer", "words": ["退"]},
              "duty": {"name": "时限", "pattern": ["\\d天", "今天"]}, "within": {"turns": 3},
              "same_turn": False},
        "c": {"op": "text.near", "a": "这个", "b": ["不行"], "within": {"chars": 5},
              "scope": {"after": {"condition": "a", "nth": 2, "turns": 4}}},
        "d": {"op": "meta.field", "field": "level", "test": "in", "value": ["12", 12, True]},
        "e": {"op": "time.silence", "min_ms": 20500, "after_role": ["agent", "bot"],
              "scope": {"last_percent": 12.5, "around": {"condition": "a", "turns": 2}}},
        "j": {"op": "text.regex", "pattern": "\\d", "case_sensitive": True,
              "scope": {"turns": {"to": 3}, "absolute": True, "seconds": [0, 30.5],
                        "percent": {"from": 50}, "at": {"condition": "a", "nth": -1}}},
        "f": {"op": "conv.sequence", "within": {"seconds": 30},
              "steps": ["您好", ["请问", "请讲"], {"role": "customer", "pattern": "退.*款"}]},
        "g": {"op": "text.wordset", "set": ["rude", "soft"], "levels": "high"},
        "h": {"op": "text.count", "what": "chars", "max": 3, "scope": {"quantifier": "all"}},
        "i": {"op": "conv.flow", "trigger": ["退货"], "min_share": 0.5,
              "nodes": [{"id": "一", "role": "agent", "words": ["姓名: 全名"], "score": 2},
                        {"id": "二", "pattern": "退.*款", "optional": True}],
              "edges": [{"from": "一", "to": "二", "when": {"words": ["退"]}, "turns": 2}]},
    },
    "when": "a && (b || c) && atLeast(2, d, e, f) unless g || i",
    "applies_when": "h",
    "effect": {"kind": "signal", "points": -1.5, "per": "hit", "cap": -3},
    "wordsets": {"rude": {"high": ["滚"], "low": ["烦"]}, "soft": {"high": ["唉"]}},
    "tests": {
        "hit": [{"channel": "fax", "meta": {"level": 3, "tags": ["x"]},
                 "turns": ["agent@0-3000: 您好", "customer: 退 钱"]}],
        "miss": [["agent: 好", "customer: 嗯"], ["bot: 您好"]],
    },
}  # fmt: skip


def sent(body) -> QueryDict:
    """What a browser sends when the form of `body` is submitted unchanged."""
    desk = RuleDesk(body=body, is_new=True)
    pairs = [("c_count", len(desk.rows.forms))]
    pairs += [(f"{form.prefix}-was", form.operator.name) for form in desk.rows.forms]
    scopes = [form.scope_form for form in desk.rows.forms]
    for form in (desk.rule, desk.scope, *desk.rows.forms, *scopes):
        for bound in form:
            pairs += fields_of(bound)
    return QueryDict(urlencode(pairs))


def fields_of(bound):
    value = bound.value()
    widget = bound.field.widget
    if isinstance(widget, DistanceWidget):
        parts = widget.decompress(value)
        return [(f"{bound.html_name}_{at}", one) for at, one in enumerate(parts) if one is not None]
    if isinstance(value, bool):
        return [(bound.html_name, "on")] if value else []
    if isinstance(value, list):
        return [(bound.html_name, one) for one in value]
    return [] if value is None else [(bound.html_name, value)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("body", [*FIRST, ODD], ids=lambda body: body["id"])
def test_the_form_reads_back_what_it_shows(body, language):
    with translation.override(language):
        desk = RuleDesk(sent(body), body={}, is_new=True)
        errors = [desk.rule.errors, desk.scope.errors, *(row.errors for row in desk.rows.forms)]
        assert desk.is_valid(), errors
        expected = canonical(body)
        expected.pop("version", None)
        assert desk.read() == expected


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("座席@0-900：您好", "agent@0-900: 您好"),
        ("消费者：喂", "customer: 喂"),
        ("顧客：喂", "customer: 喂"),
        ("Bot: hi", "bot: hi"),
    ],
)
def test_examples_know_the_speakers_that_sources_know(line, turn):
    assert read_turn(line) == turn
