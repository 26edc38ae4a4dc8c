from datetime import date

import pytest

from lingzhi.core.controls import Binding, Evidence
from lingzhi.reports.controls import CONTROL_KINDS
from lingzhi.reports.models import Plan

KIND = CONTROL_KINDS[0]


def binding(cast, **own) -> Binding:
    given = {
        "control_id": None, "reference": "s26 6.1 analysis", "kind": "report", "title": {},
        "values": {"cadence": "daily", "readers": ["quality_manager"]},
        "unit_id": cast.hotline.pk, "unit_path": cast.hotline.path, "from_on": date(2026, 11, 22),
    }  # fmt: skip
    return Binding(**given | own)


def test_a_clause_has_the_report_written_and_can_end_it(cast, on_22_november):
    KIND.apply(binding(cast), cast.quan)
    KIND.apply(binding(cast), cast.quan)
    assert Plan.objects.get().readers == ["quality_manager"]
    KIND.end(binding(cast), cast.quan)
    assert Plan.objects.get().to_on == date(2026, 11, 22)


def test_a_report_in_time_keeps_the_clause_and_a_missing_one_breaks_it(
    cast, yesterday, run_jobs, time_machine
):
    KIND.apply(binding(cast), cast.quan)
    time_machine.move_to("2026-11-23T03:00:00+00:00", tick=False)
    run_jobs()
    time_machine.move_to("2026-11-26T03:00:00+00:00", tick=False)
    [days] = KIND.evidence([binding(cast)], date(2026, 11, 20), date(2026, 11, 25))
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
