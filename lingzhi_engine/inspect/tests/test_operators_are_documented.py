"""Every operator has its section, with all its parameters and an example that is true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from lingzhi_engine.inspect import OPERATORS, Rule, parse, run_tests
from lingzhi_engine.inspect.expression import parse as parse_expression
from lingzhi_engine.inspect.params import KINDS
from lingzhi_engine.inspect.rules import FIELDS as RULE
from lingzhi_engine.inspect.scope import FIELDS as SCOPE

from .toy_models import models

PAGE = Path(__file__).parents[3] / "docs/reference/operators.md"


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_lists_the_operators_in_their_order() -> None:
    assert list(sections()) == list(OPERATORS)


@pytest.mark.parametrize("name", OPERATORS)
def test_parameters_are_described(name: str) -> None:
    described = re.findall(r"^\| `(\w+)` \| (\w+) \| ", sections()[name], flags=re.M)
    assert described == [(param.name, param.kind) for param in OPERATORS[name].params]
    assert OPERATORS[name].summary in sections()[name]


def example_of(name: str) -> Rule:
    block = re.search(r"```yaml\n(.+?)```", sections()[name], flags=re.S)
    assert block is not None
    example: dict[str, Any] = yaml.safe_load(block[1])
    assert example["condition"]["op"] == name
    rule = {
        "id": "doc.example",
        "conditions": {"a": example["condition"]},
        "tests": example["tests"],
    }
    return parse({"rules": [rule], "wordsets": example.get("wordsets", {})}).rules[0]


@pytest.mark.parametrize("name", OPERATORS)
def test_examples_are_true(name: str) -> None:
    assert [str(problem) for problem in run_tests(example_of(name), models())] == []


@pytest.mark.parametrize("name", OPERATORS)
def test_what_it_needs_and_when_it_answers_is_true(name: str) -> None:
    condition = example_of(name).condition("a")
    spec, scope = condition.spec, condition.scope
    fills = spec.within_scope and scope.full_at is not None
    early = scope.grows and (fills or spec.settles(scope) or spec.overdue_after is not None)
    when = "during the conversation too" if early else "after the conversation"
    where = "points at turns" if OPERATORS[name].locates else "points at no turn"
    line = f"Needs {', '.join(OPERATORS[name].needs)}; {when}; {where}."
    assert line in sections()[name].splitlines()


COMPARED = PAGE.with_name("operators-compared.md").read_text(encoding="utf-8")
ELSEWHERE = {*SCOPE, *RULE, "all", "nth", "na", "unknown", "started_at"}


@pytest.mark.parametrize("here", re.findall(r"^\| .+? \| (.*`.*) \|$", COMPARED, flags=re.M))
def test_what_the_comparison_names_is_there(here: str) -> None:
    named = set(re.findall("`(.+?)`", here))
    operators = [OPERATORS[name] for name in named if name in OPERATORS]
    params = [param for operator in operators for param in operator.params]
    known = {param.name for param in params} | {one for param in params for one in param.choices}
    for other in named - known - set(OPERATORS) - ELSEWHERE:
        assert re.search(r"\W", other), other
        parse_expression(other.replace("\\|", "|"))


def test_kinds_of_parameters_are_known() -> None:
    assert {p.kind for operator in OPERATORS.values() for p in operator.params} <= set(KINDS)
