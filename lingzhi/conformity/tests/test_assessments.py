"""Impact assessments: from the template with the facts, through approval, to the next one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.audit.models import Entry
from lingzhi.conformity.models import Assessment
from lingzhi.conformity.services.assessments import (
    HasFollower,
    NotADraft,
    assess_again,
    remind_of_reviews,
    submit_assessment,
    write_assessment,
)
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice

DAY = timedelta(days=1)
REST = {
    "risk": "medium", "effect": "抽查三十通，遮盖无误。", "conclusion": "go",
    "review_on": today() + 365 * DAY,
}  # fmt: skip


@pytest.fixture
def draft(cast, as_) -> Assessment:
    as_(cast.quan).post(reverse("conformity:begin_assessment"), {"kind": "staff"})
    return Assessment.objects.get()


def written(row: Assessment, **more) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("title", "purpose", "impact", "measures")} | {
        **REST, **more
    }  # fmt: skip


def test_a_draft_has_the_template_and_what_the_program_knows(draft, cast, as_):
    assert draft.purpose
    assert draft.facts["rights"]["inspections.watch"] >= 2  # inspector, leader
    assert draft.facts["days"] == 1095
    assert {"judged", "scores"} <= draft.facts["amounts"].keys()
    page = as_(cast.quan).get(reverse("conformity:edit_assessment", args=[draft.pk])).text
    assert "1095" in page
    with pytest.raises(BadInput):  # nothing says how large the risk is
        submit_assessment(draft, by=cast.quan)


def test_others_approve_it_and_then_it_never_changes(draft, cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    url = reverse("conformity:edit_assessment", args=[draft.pk])
    assert as_(cast.quan).post(url, written(draft)).status_code == 302
    as_(cast.quan).post(reverse("conformity:submit_assessment", args=[draft.pk]))
    with pytest.raises(NotADraft):
        write_assessment(draft, written(draft), by=cast.quan)
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    draft.refresh_from_db()
    assert (draft.approved_by, draft.kept_until.year) == (cast.nora, today().year + 3)
    assert Entry.objects.filter(action="conformity.assessment_approved").count() == 1
    with pytest.raises(NotADraft):
        write_assessment(draft, written(draft), by=cast.quan)
    paper = as_(cast.nora).get(reverse("conformity:assessment_pdf", args=[draft.pk]))
    assert paper["Content-Type"] == "application/pdf"
    assert as_(cast.bo).get(reverse("conformity:assessment", args=[draft.pk])).status_code == 403


def test_what_is_due_for_review_is_done_anew(draft, cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    write_assessment(draft, written(draft), by=cast.quan)
    submit_assessment(draft, by=cast.quan)
    decide(Approval.objects.get(), is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    assert remind_of_reviews() == 0
    Assessment.objects.update(review_on=today())
    assert (remind_of_reviews(), remind_of_reviews()) == (1, 0)
    again = assess_again(draft, by=cast.quan)
    assert (again.follows, again.risk, again.review_on) == (draft, "medium", None)
    with pytest.raises(HasFollower):
        assess_again(draft, by=cast.quan)
    write_assessment(again, written(again), by=cast.quan)
    approval = submit_assessment(again, by=cast.quan)
    decide(approval, is_agreed=True, comment="", by=cast.nora)
    run_jobs()
    matter = f"conformity.assessment/{draft.pk}"
    assert not Notice.objects.filter(matter=matter, ended_at=None).exists()
    assert as_(cast.quan).get(reverse("conformity:assessments")).text.count("<tr>") == 3
