from datetime import date

import pytest

from lingzhi.core.clock import now
from lingzhi.core.controls import Binding, Evidence
from lingzhi.reports import controls
from lingzhi.reports.controls import CONTROL_KINDS
from lingzhi.reports.models import Plan
from lingzhi.rulebook.models import Clause, Control, Regulation, Version

KIND = CONTROL_KINDS[0]


def make_control(cast, key: str) -> Control:
    regulation = Regulation.objects.create(pack=key, unit=cast.hotline, created_at=now())
    version = Version.objects.create(
        regulation=regulation, number=1, body={}, reason_kind="first",
        created_at=now(), created_by=cast.quan,
    )  # fmt: skip
    clause = Clause.objects.create(version=version, position=1, number="6.1", force="must")
    return Control.objects.create(clause=clause, key=key, kind="report")


def binding(cast, control: Control | None = None, **own) -> Binding:
    given = {
        "control_id": (control or make_control(cast, "s26")).pk,
        "reference": "s26 6.1 analysis", "kind": "report", "title": {},
        "values": {"cadence": "daily", "readers": ["quality_manager"]},
        "unit_id": cast.hotline.pk, "unit_path": cast.hotline.path, "from_on": date(2026, 11, 22),
    }  # fmt: skip
    return Binding(**given | own)


def test_a_clause_has_the_report_written_and_can_end_it(cast, on_22_november):
    one = binding(cast)
    KIND.apply(one, cast.quan)
    KIND.apply(one, cast.quan)
    assert Plan.objects.get().readers == ["quality_manager"]
    KIND.end(one, cast.quan)
    assert Plan.objects.get().to_on == date(2026, 11, 22)


def test_two_clauses_share_one_report_and_its_readers(cast, on_22_november, monkeypatch):
    values = {"cadence": "daily", "readers": ["analyst"]}
    other, own = binding(cast, make_control(cast, "s01"), values=values), binding(cast)
    monkeypatch.setattr(controls, "controls_in_force", lambda *_days, kind: [other, own])
    KIND.apply(own, cast.quan)
    assert Plan.objects.get().readers == ["quality_manager", "analyst"]
    KIND.end(own, cast.quan)
    plan = Plan.objects.get()
    assert (plan.readers, plan.to_on) == (["analyst"], None)


def test_a_report_planned_by_hand_outlives_the_clause(cast, plan):
    one = binding(cast)
    KIND.end(one, cast.quan)
    plan.refresh_from_db()
    assert plan.to_on is None


def test_a_report_in_time_keeps_the_clause_and_a_missing_one_breaks_it(
    cast, yesterday, run_jobs, time_machine
):
    one = binding(cast)
    KIND.apply(one, cast.quan)
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    run_jobs()
    time_machine.move_to("2026-11-26T03:00:00+00:00", tick=False)
    [days] = KIND.evidence([one], date(2026, 11, 20), date(2026, 11, 25))
    assert days == {
        date(2026, 11, 22): Evidence(kept=1),
        date(2026, 11, 23): Evidence(broken=1),
        date(2026, 11, 24): Evidence(broken=1),
    }


@pytest.mark.parametrize(
    ("values", "param"), [({"readers": ["king"]}, "readers"), ({"sections": ["joke"]}, "sections")]
)
def test_what_is_not_known_is_named(values, param):
    assert [flaw.param for flaw in KIND.check(values)] == [param]
