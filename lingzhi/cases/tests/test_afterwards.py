"""Sheets filed afterwards, leadership told at once, processes reviewed by other hands."""

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.cases.models import Case, MajorMatter, ProcessReview
from lingzhi.cases.queries.afterwards import sheets_visible_to
from lingzhi.cases.services.afterwards import (
    AcknowledgedAlready,
    FiledAlready,
    MajorAlready,
    NotTheReviewer,
    acknowledge_major,
    begin_sheet,
    close_process_review,
    file_sheet,
    mark_major,
    open_process_review,
)
from lingzhi.cases.services.directory import set_dispatch
from lingzhi.conftest import LONG_AGO
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice
from lingzhi.org.services import create_post, hold_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.first, handler=cast.bo)


def to_dos(person) -> int:
    return Notice.objects.filter(person=person, is_todo=True, ended_at=None).count()


def test_a_sheet_is_filed_afterwards_and_missing_until_then(cast, case):
    sheet = begin_sheet(case, cast.second, "请二组当场改派", by=cast.bo)
    assert (to_dos(cast.bo), list(sheets_visible_to(cast.bo, missing=True))) == (1, [sheet])
    file_sheet(sheet, "11 月 20 日请二组改派车辆，已送达", by=cast.bo)
    assert (sheet.number, to_dos(cast.bo)) == ("LL2026110001", 0)
    assert not sheets_visible_to(cast.bo, missing=True)
    with pytest.raises(FiledAlready):
        file_sheet(sheet, "再次", by=cast.bo)


def test_leadership_hears_at_once_of_a_major_matter(cast, case, hold):
    hold(cast.nora, "leadership", cast.company)
    set_dispatch({"major_words": "人身伤害\n媒体曝光"}, by=cast.quan)
    found = make_case(by=cast.bo, unit=cast.first, description="设备起火，媒体曝光在即")
    major = MajorMatter.objects.get(case=found)
    assert (major.ground, major.told_number, to_dos(cast.nora)) == ("媒体曝光", 1, 1)
    with pytest.raises(MajorAlready):
        mark_major(found, "起火", by=cast.bo)
    acknowledge_major(major, words="立即成立小组", by=cast.nora)
    assert to_dos(cast.nora) == 0
    with pytest.raises(AcknowledgedAlready):
        acknowledge_major(major, by=cast.nora)
    assert not MajorMatter.objects.filter(case=case).exists()


def test_the_post_comes_before_the_role(cast, case, hold, as_):
    hold(cast.nora, "leadership", cast.company)
    post = create_post(code="general_manager", name="总经理", is_key=False, by=cast.sol)
    hold_post(cast.quan, post, cast.company, from_on=LONG_AGO, by=None)
    mark_major(case, "群体投诉", by=cast.bo)
    assert (to_dos(cast.quan), to_dos(cast.nora)) == (1, 0)
    page = as_(cast.quan).get(reverse("cases:major_matters"))
    assert page.context["may_acknowledge"]


def test_a_process_is_reviewed_by_other_hands(cast, case, as_):
    with pytest.raises(BadInput):
        open_process_review(case, "改派流程", cast.bo, by=cast.ada)
    review = open_process_review(case, "改派流程", cast.ines, by=cast.ada)
    with pytest.raises(NotTheReviewer):
        close_process_review(review, "缺少时限", measures="增加时限", by=cast.ada)
    url = reverse("cases:process_review", args=[review.pk])
    assert as_(cast.ines).post(url, {"findings": "缺少时限"}).status_code == 422
    as_(cast.ines).post(url, {"findings": "缺少时限", "measures": "改派两小时内确认"})
    assert ProcessReview.objects.get().closed_at is not None
    assert "改派两小时内确认" in as_(cast.bo).get(url).text  # open to who sees the case


def test_the_page_of_a_case_begins_each(cast, case, as_):
    client = as_(cast.bo)
    url = reverse("cases:case", args=[case.pk])
    client.post(f"{url}sheet/", {"unit": cast.second.pk, "what": "请二组改派"})
    client.post(f"{url}major/", {"reason": "群体投诉"})
    assert client.post(f"{url}process-review/", {"process": "?"}).status_code == 422
    shown = client.get(url).text
    assert "请二组改派" in shown
    assert "群体投诉" in shown
