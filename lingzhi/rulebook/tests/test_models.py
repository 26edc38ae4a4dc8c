from datetime import date

from lingzhi.rulebook.models import Version


def test_a_version_is_in_force_between_its_days():
    version = Version(approved_at="then", effective_on=date(2026, 3, 1), ended_on=date(2026, 3, 31))
    states = [version.state_on(date(2026, month, 15)) for month in (2, 3, 4)]
    assert states == ["approved", "effective", "withdrawn"]


def test_what_nobody_submitted_is_a_draft():
    assert Version().state_on(date(2026, 3, 1)) == "draft"
