"""Inspection (质检): rules as data, judged over batches of conversations."""

from __future__ import annotations

from .examples import run_tests
from .model import Conversation, Evidence, Finding, Rule, RuleSet, Turn, Verdict
from .operators import OPERATORS
from .problems import InvalidRules, Problem
from .rules import load, parse

__all__ = [
    "OPERATORS",
    "Conversation",
    "Evidence",
    "Finding",
    "InvalidRules",
    "Problem",
    "Rule",
    "RuleSet",
    "Turn",
    "Verdict",
    "load",
    "parse",
    "run_tests",
]
