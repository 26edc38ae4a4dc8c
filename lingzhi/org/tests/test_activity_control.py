"""The control kind `activity`: enough were held, and their organisers said who was there."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from lingzhi.core.clock import now
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.org.models import Activity
from lingzhi.org.queries.activities_held import periods_over
from lingzhi.org.services.activities import cancel_activity, plan_activity

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)


def hold(cast, day: date, *units, is_confirmed=True, kind="sharing") -> Activity:
    begins = timezone.make_aware(datetime.combine(day, time(16)))
    found = plan_activity(
        title="分享会", kind=kind, unit=cast.hotline, organiser=cast.quan, begins_at=begins,
        ends_at=begins.replace(hour=17), open_to=units, by=None,
    )  # fmt: skip
    if is_confirmed:
        Activity.objects.filter(pk=found.pk).update(confirmed_at=now())
    return found


def found(cast, **values) -> dict[date, Evidence]:
    values = {"activity": "sharing", "per": "centre", "cadence": "quarterly", **values}
    binding = Binding(
        control_id=1, reference="s01 2.8 shared", kind="activity", title={"en": "Sharing"},
        values=values, unit_id=cast.hotline.pk, unit_path=cast.hotline.path, from_on=FIRST,
    )  # fmt: skip
    return dict(control_kinds()["activity"].evidence([binding], FIRST, LAST)[0])


def test_a_quarter_is_kept_by_an_activity_of_the_kind_that_was_confirmed(cast):
    hold(cast, date(2026, 5, 7), cast.hotline, kind="contest")
    assert found(cast) == {LAST: BROKEN}
    hold(cast, date(2026, 6, 30), cast.hotline)
    assert found(cast) == {LAST: KEPT}
    assert found(cast, at_least=2) == {LAST: BROKEN}


def test_what_nobody_confirmed_is_unknown_and_what_was_called_off_never_was(cast):
    held = hold(cast, date(2026, 5, 7), cast.hotline, is_confirmed=False)
    assert found(cast) == {LAST: UNKNOWN}
    cancel_activity(held, reason="台风", by=None)
    assert found(cast) == {LAST: BROKEN}


def test_each_team_needs_one_that_was_open_to_it(cast):
    hold(cast, date(2026, 4, 9), cast.first)
    hold(cast, date(2026, 5, 9), cast.company)
    assert found(cast, per="team", cadence="monthly") == {
        date(2026, 4, 30): KEPT + BROKEN,
        date(2026, 5, 31): KEPT + KEPT,
        LAST: BROKEN + BROKEN,
    }


@pytest.mark.parametrize(
    ("cadence", "ends"),
    [
        ("monthly", [date(2025, 12, 31), date(2026, 1, 31)]),
        ("quarterly", [date(2025, 12, 31)]),
        ("yearly", [date(2025, 12, 31)]),
    ],
)
def test_periods_end_within_and_are_over(cadence, ends):
    spans = periods_over(cadence, date(2025, 12, 5), date(2026, 2, 27))
    assert [end for _begin, end in spans] == ends
