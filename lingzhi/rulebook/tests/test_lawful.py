"""A clause on pay, discipline or working time is advisory until its adoption is on record."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.files.services import store_file
from lingzhi.rulebook.models import LawfulStep, Slot, Version
from lingzhi.rulebook.queries import advisory_clauses, clauses_without_control, steps_missing
from lingzhi.rulebook.services import (
    fill_slot,
    record_lawful_step,
    revise,
    save_answers,
    submit_version,
)

pytestmark = pytest.mark.usefixtures("small_packs")
DAY = timedelta(days=1)


def _take(regulation, by, *steps):
    for kind in steps:
        record_lawful_step(regulation, "2.1", kind, on=today(), by=by)


def test_a_clause_that_touches_pay_is_advisory_at_first(in_force):
    assert [clause.number for clause in advisory_clauses(in_force)] == ["2.1"]
    assert steps_missing(in_force.regulation, "2.1") == ["discussion", "union", "publication"]
    assert steps_missing(in_force.regulation, "1.1") == []


def test_the_last_step_makes_it_binding(in_force, cast):
    _take(in_force.regulation, cast.quan, "discussion", "union")
    assert advisory_clauses(in_force).exists()
    _take(in_force.regulation, cast.quan, "reading")
    assert not advisory_clauses(in_force).exists()
    assert Entry.objects.filter(action="rulebook.lawful_step_recorded").count() == 3
    assert Entry.objects.filter(action="rulebook.clause_made_binding").count() == 1


def test_steps_may_be_taken_while_it_is_a_draft(draft, cast):
    _take(draft.regulation, cast.quan, "discussion", "union", "publication")
    submit_version(draft, effective_on=today(), by=cast.quan)
    assert not advisory_clauses(draft).exists()


@pytest.mark.parametrize(("answers", "is_advisory"), [
    ({"ring": {"limit": 4}}, False), ({"appraisal": {"cadence": "weekly"}}, True)
])  # fmt: skip
def test_steps_count_for_the_wording_they_were_taken_for(in_force, cast, answers, is_advisory):
    _take(in_force.regulation, cast.quan, "discussion", "union", "publication")
    with time_machine.travel(now() + DAY, tick=False):
        version = revise(in_force.regulation, reason_kind="business", reason="new", by=cast.quan)
        save_answers(version, answers, by=cast.quan)
        submit_version(version, effective_on=today(), by=cast.quan)
        assert advisory_clauses(version).exists() == is_advisory


@pytest.mark.parametrize(
    ("number", "kind", "days"),
    [("1.1", "union", 0), ("9", "union", 0), ("2.1", "rumour", 0), ("2.1", "union", 1)],
)
def test_a_step_for_nothing_or_in_the_future_is_refused(in_force, cast, number, kind, days):
    with pytest.raises(BadInput):
        record_lawful_step(in_force.regulation, number, kind, on=today() + days * DAY, by=cast.quan)
    assert not LawfulStep.objects.exists()


def test_a_slot_is_filled_and_filled_anew(in_force, cast):
    for name in ("a.pdf", "b.pdf"):
        file = store_file(BytesIO(b"plan"), name=name, purpose="rulebook", by=cast.quan)
        fill_slot(in_force.regulation, "emergency-plan", file, by=cast.quan)
    assert Slot.objects.get().file.name == "b.pdf"
    assert Entry.objects.filter(action="rulebook.slot_filled").count() == 2
    with pytest.raises(BadInput):
        fill_slot(in_force.regulation, "nothing", file, by=cast.quan)


def test_clauses_that_nothing_checks_are_listed(in_force):
    assert [clause.number for clause in clauses_without_control(in_force)] == ["1.4"]
    assert Version.objects.get().body["clauses"][4]["waits_for"]
