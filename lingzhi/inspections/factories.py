"""Rules for tests, written and put into force through the same doors as real ones."""

from typing import Any

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.services import activate_version, create_rule, shadow_version

SHIRKING: dict[str, Any] = {
    "id": "ownership.shirking",
    "title": {"zh-Hans": "推诿用语", "en": "Shirking"},
    "why": {"zh-Hans": "谁先接到，谁负责到底。", "en": "Who answers first owns the matter."},
    "dimension": "ownership",
    "severity": "severe",
    "scope": {"role": "agent"},
    "conditions": {"pushed": {"op": "text.keyword", "words": ["不归我们管"]}},
    "when": "pushed",
    "effect": {"kind": "violation", "points": -5},
    "tests": {"hit": [["agent: 这个不归我们管"]], "miss": [["agent: 我帮您查一下"]]},
}
LENGTH: dict[str, Any] = {
    "id": "time.too_long",
    "title": {"zh-Hans": "停顿过久", "en": "Long silence"},
    "dimension": "time",
    "severity": "moderate",
    "scope": {"role": "any"},
    "conditions": {"silent": {"op": "time.silence", "min_ms": 20000}},
    "when": "silent",
    "tests": {
        "hit": [["agent@0-1000: 稍等", "agent@30000-31000: 好了"]],
        "miss": [["agent@0-1000: 您好", "customer@1500-2000: 你好"]],
    },
}


JUDGED: dict[str, Any] = {
    "id": "ownership.judged",
    "title": {"zh-Hans": "推诿（大模型）", "en": "Shirking (model)"},
    "dimension": "ownership",
    "severity": "minor",
    "scope": {"role": "agent"},
    "conditions": {"j": {"op": "llm.judge", "criteria": ["座席推诿，说「不归我们管」"]}},
    "when": "j",
    "effect": {"kind": "signal"},
    "tests": {"hit": [["agent: 这个不归我们管"]], "miss": [["agent: 我帮您查一下"]]},
}


def make_rule(body: dict[str, Any] | None = None, *, state: str = "active", **own: Any) -> Any:
    """The first version of a rule in `state` (draft, shadow, active); `own` overrides its body."""
    version = create_rule({**(body or SHIRKING), **own}, by=None)
    if state != "draft":
        {"shadow": shadow_version, "active": activate_version}[state](version, by=None)
    return RuleVersion.objects.select_related("rule").get(pk=version.pk)
