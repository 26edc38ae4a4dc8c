"""From stored versions to the engine's rule set."""

from collections.abc import Iterable, Mapping
from typing import Any

from lingzhi.inspections.models import RuleVersion
from lingzhi_engine.inspect import RuleSet, parse


def rule_file(bodies: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One rule file of several stored rules; word sets that travel inside a rule are lifted out.

    Two rules may carry different word sets of one name, so each gets its rule's name in front.
    """
    rules = []
    wordsets: dict[str, Any] = {}
    for body in bodies:
        own = body.get("wordsets") or {}
        names = {name: f"{body['id']}/{name}" for name in own}
        wordsets.update({names[name]: words for name, words in own.items()})
        plain = {key: value for key, value in body.items() if key != "wordsets"}
        rules.append({**plain, "conditions": _renamed(plain.get("conditions"), names)})
    return {"rules": rules, "wordsets": wordsets}


def _renamed(conditions: Any, names: dict[str, str]) -> Any:
    if not isinstance(conditions, Mapping):
        return conditions
    return {key: _with_names(condition, names) for key, condition in conditions.items()}


def _with_names(condition: Any, names: dict[str, str]) -> Any:
    used = condition.get("set") if isinstance(condition, Mapping) else None
    if isinstance(used, str):
        return {**condition, "set": names.get(used, used)}
    if isinstance(used, list):
        return {**condition, "set": [names.get(name, name) for name in used]}
    return condition


def engine_id(version: RuleVersion) -> str:
    """The name of a version within a rule set: two versions of one rule may judge side by side."""
    return f"{version.rule.code}.v{version.number}"


def rule_set(versions: Iterable[RuleVersion]) -> RuleSet:
    """The engine's rules of these versions, in their order, each under its `engine_id`."""
    return parse(rule_file({**version.body, "id": engine_id(version)} for version in versions))
