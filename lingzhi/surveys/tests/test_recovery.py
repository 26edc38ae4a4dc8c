"""A bad judgement opens a case of its own, once, and the agent's leader is told."""

import pytest

from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Case, Clock
from lingzhi.notifications.models import Notice
from lingzhi.surveys.factories import make_asked
from lingzhi.surveys.models import Recovery
from lingzhi.surveys.services.answering import answer_page, finish_answering
from lingzhi.surveys.tasks import recover


def answered(row, number):
    page = row.version.read().pages[0]
    return answer_page(row, page, {"overall": [str(number)], "aspects.attitude": ["1"]})


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_case_with_its_own_clock_once(cast, run_jobs, is_finished):
    with_flows()
    row, _token = make_asked(by=cast.quan, agent="1002")
    found = answered(row, 2)
    if is_finished:
        finish_answering(found)
        run_jobs()
    else:
        assert not Recovery.objects.exists()  # whoever goes on may still change their mind
        recover(found.pk)
    recover(found.pk)
    [case] = Case.objects.filter(type__code="recovery")
    assert (case.owner, case.unit, case.contact) == (cast.ada, cast.first, row.contact)
    assert (case.opened_by, case.opened_through) == (None, "survey")
    assert f"/surveys/answers/{found.pk}/" in case.description
    assert Clock.objects.filter(case=case, rule__code="recovery_first").exists()
    assert Notice.objects.filter(person=cast.ada, matter__startswith="surveys.recovery").exists()
    assert Recovery.objects.get().questions == ["overall", "aspects"]


def test_who_is_content_opens_nothing(cast, run_jobs):
    with_flows()
    row, _token = make_asked(by=cast.quan, agent="1002")
    page = row.version.read().pages[0]
    found = answer_page(row, page, {"overall": ["4"]})
    finish_answering(found)
    run_jobs()
    recover(found.pk)
    assert not Case.objects.filter(type__code="recovery").exists()
