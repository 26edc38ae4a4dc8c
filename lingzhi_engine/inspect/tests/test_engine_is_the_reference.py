"""The engine says of every rule and conversation what the plain interpreter says."""

from __future__ import annotations

from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingzhi_engine.inspect import OPERATORS, Batch, compile, parse, reference, scan
from lingzhi_engine.inspect.judge import each, judges
from lingzhi_engine.inspect.reference.condition import QUESTIONS

from .strategies import PARAMS, alone, cases
from .toy_models import models


def test_all_operators_are_tried() -> None:
    assert set(PARAMS) == set(OPERATORS)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_verdicts_and_evidence_are_the_same(case: tuple[dict[str, Any], list[Any]]) -> None:
    data, conversations = case
    rules = parse(data)
    batch = Batch.from_conversations(conversations)
    whole = [batch.conversation(row) for row in range(len(batch))]
    expected = reference.inspect(rules, whole, models())
    assert list(compile(rules, models=models()).run(batch)) == expected
    with patch.object(scan, "SMALL", -1):  # so that the database is used for this little, too
        assert list(compile(rules, models=models()).run(batch)) == expected


@pytest.mark.parametrize("operator", OPERATORS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_each_operator_alone_says_the_same(operator: str, data: st.DataObject) -> None:
    written, conversations = data.draw(alone(operator))
    rules, batch = parse(written), Batch.from_conversations(conversations)
    whole = [batch.conversation(row) for row in range(len(batch))]
    expected = reference.inspect(rules, whole, models())
    assert list(compile(rules, models=models()).run(batch)) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_judging_one_by_one_gives_the_same(case: tuple[dict[str, Any], list[Any]]) -> None:
    data, conversations = case
    rules = parse(data)
    batch = Batch.from_conversations(conversations)
    expected = list(compile(rules, models=models()).run(batch))
    one_by_one = {kind: partial(each.judge, answer=answer) for kind, answer in QUESTIONS.items()}
    with patch.dict(judges.JUDGES, one_by_one):
        assert list(compile(rules, models=models()).run(batch)) == expected
