"""Facts follow the data: written by the day, anew where data came late, gone where all is gone."""

from datetime import date
from pathlib import Path

import pytest

from lingzhi.cases.factories import make_case, with_flows
from lingzhi.contacts.factories import make_contact, make_contacts
from lingzhi.contacts.models import Contact, Day
from lingzhi.core.measures import measures
from lingzhi.reports.facts import FACTS
from lingzhi.reports.models import FactFile
from lingzhi.reports.queries.facts import files_of, stale_days
from lingzhi.reports.queries.pivot import Asked, Key, pivoted
from lingzhi.reports.services import write_stale_facts
from lingzhi_engine.pivot import Sums

CONTACTS = FACTS["contacts"]
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def asked(facts: str, *axes: str, amount: str = "number", **more) -> Asked:
    table = FACTS[facts]
    down = [axis for axis in table.axes if axis.code in axes]
    [figure] = [one for one in table.amounts if one.code == amount]
    return Asked(table, down, None, [figure], date(2026, 11, 1), date(2026, 11, 30), **more)


def sums(question: Asked, user) -> dict[Key, Sums]:
    return {key: found[0] for key, found in pivoted(question, user).sums.items()}


def bring(number: int, **record) -> list[Contact]:
    return make_contacts({"external_id": f"{record}-{at}", **record} for at in range(number))


def test_figures_equal_the_indicators(cast):
    bring(5, agent=cast.bo.staff_no)
    bring(3, agent=cast.chen.staff_no, answered_at=None, queued_at="2026-11-20 09:59:00", turns="",
          ended_by="customer")  # fmt: skip
    write_stale_facts()
    for measure, params, amount in (
        ("contacts.connected", {"abandon_seconds": 0}, "connected"),
        ("contacts.handle_seconds", {"wrap_up": "in"}, "handling"),
        ("contacts.answer_seconds", {"start": "ringing"}, "answer"),
    ):
        cells = list(measures()[measure].cells(params, DAY, DAY))
        found = sums(asked("contacts", amount=amount), cast.quan)[()]
        assert found.above == sum(cell.numerator for cell in cells)
        assert found.below == sum(cell.denominator for cell in cells)
        assert found.unknown == sum(cell.unknown for cell in cells)
    assert sums(asked("contacts", "hour"), cast.quan) == {(10,): Sums(8.0)}


def test_a_day_is_written_anew_when_something_of_it_changes(cast):
    make_contact("A1", agent=cast.bo.staff_no)
    assert write_stale_facts() > 0
    assert write_stale_facts() == 0
    make_contact("A2", agent=cast.bo.staff_no)
    assert [day for day, _version in stale_days(CONTACTS)] == [DAY]
    assert pivoted(asked("contacts"), cast.quan).waiting == 1
    write_stale_facts()
    assert sums(asked("contacts"), cast.quan) == {(): Sums(2.0)}
    [file], _oldest = files_of(CONTACTS, DAY, DAY)
    Path(file).unlink()  # a restored installation has none
    assert sums(asked("contacts"), cast.quan) == {}
    write_stale_facts()
    assert sums(asked("contacts"), cast.quan) == {(): Sums(2.0)}


def test_of_a_day_whose_data_are_gone_nothing_is_left(cast):
    make_contact("A1")
    write_stale_facts()
    Contact.objects.all().delete()
    Day.objects.all().delete()
    write_stale_facts()
    assert not FactFile.objects.filter(facts="contacts").exists()
    assert sums(asked("contacts"), cast.quan) == {}


def test_everybody_sees_only_what_is_within_reach(cast):
    bring(4, agent=cast.bo.staff_no)
    bring(2, agent=cast.bea.staff_no)
    bring(1, agent=cast.chen.staff_no)
    bring(1, agent="")
    write_stale_facts()
    question = asked("contacts", "agent")
    assert sums(question, cast.ada) == {(cast.bo.pk,): Sums(4.0), (cast.bea.pk,): Sums(2.0)}
    assert sums(question, cast.bea) == {(cast.bea.pk,): Sums(2.0)}
    assert sums(question, cast.ann) == {}
    narrowed = asked("contacts", "centre", unit=cast.second)
    assert sums(narrowed, cast.quan) == {(cast.hotline.pk,): Sums(1.0)}
    assert sums(asked("contacts", unit=cast.second), cast.ada) == {(): Sums()}


def test_a_case_counts_on_the_day_it_was_registered(cast, on_22_november):
    with_flows()
    case = make_case(by=cast.bo, unit=cast.first)
    write_stale_facts()
    [found] = pivoted(asked("cases", "type"), cast.quan).sums.items()
    assert found == ((case.type.code,), [Sums(1.0)])
