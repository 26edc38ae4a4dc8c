"""Inspection (质检): rules as data, judged over batches of conversations."""

from __future__ import annotations

from .backtest import backtest
from .batch import Batch
from .difference import Difference
from .examples import run_tests
from .explain import Explanation, explain
from .findings import Findings
from .meaning.asking import Asking, Judge, Limits, Models
from .model import Conversation, Evidence, Finding, Rule, RuleSet, Turn, Verdict
from .operators import OPERATORS
from .plan import Plan, Suspension, compile
from .problems import InvalidRules, Problem
from .rules import load, parse

__all__ = [
    "OPERATORS",
    "Asking",
    "Batch",
    "Conversation",
    "Difference",
    "Evidence",
    "Explanation",
    "Finding",
    "Findings",
    "InvalidRules",
    "Judge",
    "Limits",
    "Models",
    "Plan",
    "Problem",
    "Rule",
    "RuleSet",
    "Suspension",
    "Turn",
    "Verdict",
    "backtest",
    "compile",
    "explain",
    "load",
    "parse",
    "run_tests",
]
