"""Complaints for tests, as far as a step of their flow."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.factories import step, tell, with_flows
from lingzhi.cases.models import Case, Cause, Complaint
from lingzhi.cases.services.complaint_steps import assess, find, verify_facts
from lingzhi.cases.services.complaints import Registration, register_complaint
from lingzhi.cases.services.telling import Told, record_answer, tell_customer
from lingzhi.cases.services.working import assign_case

WORDS = {"title": "空调不制冷", "description": "换过两次仍不制冷", "demand": "退货"}


def complain(*, by: User, **more: Any) -> Complaint:
    """A complaint as it was registered; the built-in flows are laid."""
    with_flows()
    return register_complaint(Registration(**{**WORDS, **more}), by=by)


def taken_on(complaint: Complaint, *, by: User) -> Complaint:
    """Acknowledged, assessed, and in investigation by `by`."""
    case = complaint.case
    tell(case, by=by)
    step(case, "acknowledge", by=by)
    assess(fresh(complaint), "一般，先核实", by=by)
    case.refresh_from_db()
    assign_case(case, by, seen=case.revision, by=by)
    step(case, "assess", "investigate", by=by)
    return fresh(complaint)


def verified(complaint: Complaint, *, by: User) -> Complaint:
    """The facts are known, the response is drafted."""
    verify_facts(complaint, "上门检测，压缩机故障", is_cause_confirmed=True, by=by)
    step(fresh(complaint).case, "respond", by=by)
    return fresh(complaint)


def decided(complaint: Complaint, *, by: User, finding: str = "upheld") -> Complaint:
    """Found out, decided, and the decision to be told."""
    complaint = verified(taken_on(complaint, by=by), by=by)
    find(
        complaint,
        finding,
        "产品质量问题，予以退货",
        Cause.objects.get(code="quality_function"),
        by=by,
    )
    step(fresh(complaint).case, "decide", by=by)
    return fresh(complaint)


def settle(complaint: Complaint, *, by: User) -> Case:
    """The complaint told, answered and closed."""
    case = fresh(complaint).case
    tell_customer(case, Told("已退货"), seen=case.revision, by=by)
    record_answer(case, "satisfied", seen=case.revision, by=by)
    return step(case, "close", by=by)


def fresh(complaint: Complaint) -> Complaint:
    """As it stands in the database."""
    return Complaint.objects.select_related("case__version", "case__unit").get(pk=complaint.pk)
