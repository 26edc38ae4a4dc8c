"""Recall and precision on the made test set (withstand S8)."""

import random
from collections.abc import Callable, Iterator

import pytest

from lingzhi_engine.privacy import Span, find
from lingzhi_engine.privacy.tests.gold.case import Case
from lingzhi_engine.privacy.tests.gold.confusables import confusables
from lingzhi_engine.privacy.tests.gold.numbers import spoken, structured
from lingzhi_engine.privacy.tests.gold.people import addresses, names

SEED = 20260501
Maker = Callable[[random.Random], Iterator[Case]]


def is_found(case: Case, spans: list[Span]) -> bool:
    """Exact in kind, value and place; +86 may stay outside, an address may begin too early."""
    return any(span.kind == case.kind and fits(case, span) for span in spans)


def fits(case: Case, span: Span) -> bool:
    if case.kind == "address":
        return span.start <= case.start and span.end >= case.end
    starts = span.start == case.start or (case.kind == "mobile" and span.start > case.start)
    return starts and span.end == case.end and span.value.upper() == case.value.upper()


def missed(make: Maker) -> list[tuple[Case, list[Span]]]:
    found = [(case, find(case.text)) for case in make(random.Random(SEED))]
    return [(case, spans) for case, spans in found if not is_found(case, spans)]


def count(make: Maker) -> int:
    return sum(1 for _ in make(random.Random(SEED)))


@pytest.mark.parametrize(
    ("make", "size", "recall"),
    [(structured, 5000, 0.995), (spoken, 1000, 0.97), (addresses, 1000, 0.95), (names, 1000, 0.95)],
)
def test_it_finds_what_is_there(make: Maker, size: int, recall: float):
    assert count(make) == size
    lost = missed(make)
    assert 1 - len(lost) / size >= recall, lost[:10]


@pytest.mark.parametrize("kind", ["mobile", "id_card", "bank_card", "landline", "plate", "email"])
def test_no_kind_hides_behind_the_others(kind: str):
    total = sum(case.kind == kind for case in structured(random.Random(SEED)))
    lost = [pair for pair in missed(structured) if pair[0].kind == kind]
    assert 1 - len(lost) / total >= 0.99, lost[:10]


def test_what_only_looks_like_it_is_left_alone():
    assert count(confusables) == 5000
    false = [(c.text, find(c.text)) for c in confusables(random.Random(SEED)) if find(c.text)]
    assert len(false) / 5000 <= 0.02, false[:20]


def test_precision_over_everything():
    right = wrong = 0
    for make in (structured, spoken, addresses, names, confusables):
        for case in make(random.Random(SEED)):
            spans = find(case.text)
            hit = is_found(case, spans)
            right += hit
            wrong += len(spans) - hit
    assert right / (right + wrong) >= 0.98
