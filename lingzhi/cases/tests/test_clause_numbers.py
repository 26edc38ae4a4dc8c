"""Numbers of cases as a clause wants them."""

import copy
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, ImportedCase, Numbering
from lingzhi.cases.services.numbering import PatternOfRulebook, set_pattern
from lingzhi.cases.tests.complaining import complain
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.core.errors import DomainError
from lingzhi.rulebook.conflicts import chosen_values, conflicts_among
from lingzhi.rulebook.packs import body_of_pack, content_of, resolve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(cast, calendar, at) -> None:
    at("2026-03-06 10:00")


def bound(unit, pattern: str, *, control=7, **values) -> Binding:
    values = {"pattern": pattern, **values}
    reference = f"s04 5.1 key{control}"
    day = date(2026, 3, 1)
    return Binding(control, reference, "numbering", {}, values, unit.pk, unit.path, day)


def kind():
    return control_kinds()["numbering"]


def found(binding: Binding):
    [days] = kind().evidence([binding], date(2026, 2, 1), today())
    return days


def test_a_clause_sets_the_pattern_until_it_ends(cast):
    binding = bound(cast.company, "TS{year}{month}{serial:3}", case="complaint")
    for _twice in range(2):
        kind().apply(binding, None)
    assert complain(by=cast.bo).case.number == "TS202603001"
    assert make_case(by=cast.bo, unit=cast.first).number == "2026030001"
    with pytest.raises(PatternOfRulebook):
        set_pattern("complaint", "{year}-{serial:3}", by=cast.quan)
    with pytest.raises(DomainError):  # another clause wants another one
        kind().apply(bound(cast.first, "K{serial:3}", control=8, case="complaint"), None)
    for _twice in range(2):
        kind().end(binding, None)
    numbering = Numbering.objects.get(kind="complaint")
    assert (numbering.control_id, numbering.pattern) == (None, "TS{year}{month}{serial:3}")
    acts = Entry.objects.filter(action__startswith="cases.pattern").values_list("action", flat=True)
    assert sorted(acts) == ["cases.pattern_released", "cases.pattern_set"]
    set_pattern("complaint", "{year}-{serial:3}", by=cast.quan)


def test_numbers_that_do_not_fit_and_gaps_break_it(cast):
    binding = bound(cast.company, "{year}{month}{serial:4}")
    cases = [make_case(by=cast.bo, unit=cast.first) for _one in range(4)]
    complain(by=cast.bo)  # has a pattern of its own
    assert found(binding) == {today(): Evidence(kept=4)}
    Case.objects.filter(pk=cases[1].pk).update(number="KH-7")
    assert found(binding) == {today(): Evidence(kept=2, broken=2)}, "the next one leaves a gap"
    Case.objects.filter(pk=cases[0].pk).update(number="2025030001")
    assert found(binding)[today()].broken == 2, "of another year, and the first of this month fits"


def test_cases_of_another_system_leave_no_gap(cast):
    cases = [make_case(by=cast.bo, unit=cast.first) for _one in range(3)]
    ImportedCase.objects.create(case=cases[1], source="old", external_id="1")
    Case.objects.filter(pk=cases[1].pk).update(opened_at=cases[1].opened_at - timedelta(days=400))
    assert found(bound(cast.company, "{year}{month}{serial:4}")) == {today(): Evidence(kept=2)}


def test_what_cannot_be_a_pattern_is_named():
    flaws = [one.param for one in kind().check({"pattern": "{month}{serial}", "case": "urgent"})]
    assert flaws == ["pattern", "case"]


def test_two_clauses_with_different_patterns_are_named_and_one_is_followed(settings):
    settings.PACKS = Path(__file__).parent / "packs"
    body = copy.deepcopy(body_of_pack("desk"))
    for clause, pattern in zip(body["clauses"][1:], ("A{serial}", "B{serial}"), strict=True):
        number = {"key": f"no{pattern[0]}", "kind": "numbering", "title": {"en": "Numbers"}}
        clause["controls"] = [{**number, "with": {"pattern": pattern}}]
    content = content_of(body)
    (conflict,) = conflicts_among(resolve(content, {}), (), is_uniform=True)
    with translation.override("en"):
        assert "A{serial} and B{serial}" in conflict.sentence
    side, values = chosen_values(conflict, "second")
    followed = resolve(content, {side.key: values})
    assert conflicts_among(followed, (), is_uniform=True) == []
    assert [one.values["pattern"] for one in followed] == ["B{serial}", "B{serial}"]
