"""A version takes effect on its day, once; its predecessor ends the day before."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.controls import control_kinds
from lingzhi.jobs.services import later
from lingzhi.rulebook.factories import settle_all
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries import (
    clause_history,
    controls_in_force,
    standing_of,
    version_in_force,
)
from lingzhi.rulebook.services import (
    NotInForce,
    revise,
    save_answers,
    settle_control,
    submit_version,
    take_effect,
    withdraw_version,
)
from lingzhi.rulebook.tests import kinds

pytestmark = pytest.mark.usefixtures("small_packs")
DAY = timedelta(days=1)


def _again(version):
    return Version.objects.select_related("regulation__unit").get(pk=version.pk)


def _tomorrow():
    return time_machine.travel(now() + DAY, tick=False)


@pytest.fixture
def successor(in_force, cast):
    """Approved for tomorrow: four rings instead of three."""
    version = revise(in_force.regulation, reason_kind="feedback", reason="slow", by=cast.quan)
    save_answers(version, {"ring": {"limit": 4}}, by=cast.quan)
    submit_version(version, effective_on=today() + DAY, by=cast.quan)
    return _again(version)


def test_before_its_day_nothing_happens(successor, in_force):
    assert not take_effect(successor)
    assert version_in_force(in_force.regulation) == in_force
    assert version_in_force(in_force.regulation, today() + DAY) == successor


def test_on_its_day_it_takes_the_place_of_its_predecessor(successor, in_force, run_jobs):
    yesterday = today()
    with _tomorrow():
        with transaction.atomic():
            later("rulebook.begin_day")
        run_jobs()
        assert version_in_force(in_force.regulation) == successor
        assert _again(in_force).ended_on == yesterday
        assert _again(in_force).state_on(today()) == "withdrawn"
        assert kinds.RUNNING == ["small 1.1 ring"]
        assert Entry.objects.filter(action="rulebook.version_in_force").count() == 2


def test_it_takes_effect_once(successor):
    with _tomorrow():
        assert take_effect(successor)
        assert not take_effect(successor)


def test_what_was_demanded_under_the_old_version_stays_so(successor, in_force):
    first = today()
    with _tomorrow():
        take_effect(successor)
        limits = {
            one.from_on: (one.values["limit"], one.to_on)
            for one in controls_in_force(first, today(), kind="target")
        }
        assert limits == {first: (3, first), today(): (4, None)}
        history = clause_history(in_force.regulation, "1.1")
    assert ["4 rings" in history[0].text["en"], "3 rings" in history[1].text["en"]] == [True, True]


def test_an_unchanged_control_runs_on_without_being_ended(in_force, cast, monkeypatch):
    told = []
    kind = kinds.TARGET
    monkeypatch.setattr(
        "lingzhi.rulebook.tests.kinds.KINDS",
        (type(kind)(
            kind.code, kind.label, kind.params, check=kind.check,
            apply=lambda binding, by: told.append(("apply", binding.reference)),
            end=lambda binding, by: told.append(("end", binding.reference)),
        ),),
    )  # fmt: skip
    control_kinds.cache_clear()
    version = revise(in_force.regulation, reason_kind="feedback", reason="words", by=cast.quan)
    submit_version(version, effective_on=today() + DAY, by=cast.quan)
    with _tomorrow():
        take_effect(_again(version))
        settle_all()
    assert told == [("apply", "small 1.1 ring")]
    assert Control.objects.filter(key="ring", ended_at=None).get().clause.version == version


def test_a_control_that_is_gone_is_ended(in_force, cast):
    version = revise(in_force.regulation, reason_kind="feedback", reason="less", by=cast.quan)
    body = {**version.body, "clauses": [c for c in version.body["clauses"] if c["number"] != "1.1"]}
    Version.objects.filter(pk=version.pk).update(body=body)
    submit_version(version, effective_on=today() + DAY, by=cast.quan)
    with _tomorrow():
        take_effect(_again(version))
        settle_all()
    assert kinds.RUNNING == []


def test_a_control_whose_app_refuses_is_left_out_with_its_reason_and_tried_again(draft, cast):
    kinds.REFUSED.add("small 1.1 ring")
    submit_version(draft, effective_on=today(), by=cast.quan)
    assert settle_all() == 0
    control = Control.objects.get(key="ring")
    assert _again(draft).state_on(today()) == "effective"
    assert (standing_of(control), control.problem) == ("failed", "This cannot run today.")
    kinds.REFUSED.clear()
    assert settle_all() == 1
    control.refresh_from_db()
    assert (standing_of(control), control.problem) == ("applied", "")
    assert kinds.RUNNING == ["small 1.1 ring"]
    assert settle_all() == 0


def test_a_bug_in_a_kind_holds_up_neither_the_version_nor_other_controls(
    draft, cast, run_jobs, monkeypatch
):
    def broken(binding, by):
        raise ZeroDivisionError

    sla = control_kinds()["sla"]
    broken_kind = type(sla)(sla.code, sla.label, sla.params, apply=broken)
    monkeypatch.setattr("lingzhi.rulebook.tests.kinds.KINDS", (kinds.TARGET, broken_kind))
    control_kinds.cache_clear()
    submit_version(draft, effective_on=today(), by=cast.quan)
    run_jobs(failing=True)
    assert _again(draft).state_on(today()) == "effective"
    assert kinds.RUNNING == ["small 1.1 ring"]
    assert standing_of(Control.objects.get(key="urgent")) == "due"


def test_controls_are_put_to_work_by_a_job_each(draft, cast, run_jobs):
    submit_version(draft, effective_on=today(), by=cast.quan)
    assert kinds.RUNNING == []
    assert standing_of(Control.objects.get(key="ring")) == "due"
    run_jobs()
    assert kinds.RUNNING == ["small 1.1 ring"]
    assert not settle_control(Control.objects.get(key="ring").pk)


def test_controls_come_alive_when_their_app_lands(in_force, settings, monkeypatch):
    control = Control.objects.get(key="appraisal")
    assert standing_of(control) == "waiting"
    waiting = control_kinds()["appraisal"]
    landed = type(waiting)(
        waiting.code, waiting.label, waiting.params,
        apply=lambda binding, by: kinds.RUNNING.append(binding.kind),
    )  # fmt: skip
    monkeypatch.setattr("lingzhi.rulebook.tests.kinds.KINDS", (kinds.TARGET, landed))
    control_kinds.cache_clear()
    assert standing_of(control) == "due"
    assert settle_all() == 1
    assert "appraisal" in kinds.RUNNING


def test_everybody_it_binds_is_asked_to_read_it(in_force, cast):
    assert cast.bo.notices.filter(is_todo=True, ended_at=None).count() == 1
    assert cast.nora.notices.count() == 0


def test_a_version_is_withdrawn_once_and_its_controls_end(in_force, cast):
    withdraw_version(in_force, reason="closed", by=cast.quan)
    settle_all()
    version = _again(in_force)
    assert version.state_on(today()) == "withdrawn"
    assert (version.ended_on, kinds.RUNNING) == (today(), [])
    assert not cast.bo.notices.filter(ended_at=None).exists()
    with pytest.raises(NotInForce):
        withdraw_version(in_force, reason="again", by=cast.quan)
    assert Entry.objects.filter(action="rulebook.version_withdrawn").count() == 1


def test_an_approved_version_is_withdrawn_before_its_day(successor, in_force, cast):
    withdraw_version(successor, reason="wrong", by=cast.quan)
    with _tomorrow():
        assert not take_effect(_again(successor))
        assert version_in_force(in_force.regulation) == in_force


def test_a_draft_cannot_be_withdrawn(draft, cast):
    with pytest.raises(NotInForce):
        withdraw_version(draft, reason="x", by=cast.quan)
