"""Runs the conversations that a rule carries with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .batch import Batch
from .meaning.asking import Models
from .model import Rule, RuleSet, Verdict
from .plan import Plan
from .problems import Problem

_WANTED = (Verdict.HIT, Verdict.MISS)


def run_tests(rule: Rule, models: Models | None = None) -> list[Problem]:
    """What is wrong with the rule by its own examples; empty when all is well.

    A rule needs a hit and a miss. Every example must get the verdict it stands under.
    """
    expected = {example.expected for example in rule.examples}
    missing = [
        Problem("no_examples", rule.id, "tests", params={"verdict": verdict.value})
        for verdict in _WANTED
        if verdict not in expected
    ]
    return missing + list(_wrong(rule, models))


def _wrong(rule: Rule, models: Models | None) -> Iterator[Problem]:
    given = [replace(e.conversation, id=str(n)) for n, e in enumerate(rule.examples)]
    findings = Plan(RuleSet((rule,)), models=models).run(Batch.from_conversations(given))
    for example, finding in zip(rule.examples, findings, strict=True):
        if finding.verdict != example.expected:
            params = {
                "number": example.number,
                "expected": example.expected.value,
                "actual": finding.verdict.value,
            }
            field = f"tests.{example.expected.value}"
            yield Problem("example_verdict", rule.id, field, params=params)
