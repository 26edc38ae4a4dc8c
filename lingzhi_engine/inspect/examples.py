"""Runs the conversations that a rule carries with it."""

from __future__ import annotations

from . import reference
from .model import Rule, Verdict
from .problems import Problem


def run_tests(rule: Rule) -> list[Problem]:
    """What is wrong with the rule by its own examples; empty when all is well.

    A rule needs a hit and a miss. Every example must get the verdict it stands under.
    """
    problems = [
        Problem("no_examples", rule.id, "tests", params={"verdict": verdict.value})
        for verdict in (Verdict.HIT, Verdict.MISS)
        if all(example.expected != verdict for example in rule.examples)
    ]
    for example in rule.examples:
        actual = reference.judge(rule, example.conversation).verdict
        if actual != example.expected:
            params = {
                "number": example.number,
                "expected": example.expected.value,
                "actual": actual.value,
            }
            field = f"tests.{example.expected.value}"
            problems.append(Problem("example_verdict", rule.id, field, params=params))
    return problems
