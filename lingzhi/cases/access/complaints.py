"""A complaint is obtained together with the right to do something with it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_read, case_to_work, require
from lingzhi.cases.models import Blame, Complaint, Duty, PaperForm
from lingzhi.cases.queries.complaints import COMPLAIN, CONFIRM, DECIDE_BLAME, SETTLE
from lingzhi.cases.queries.people import SET
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to


def complaint_to_read(user: User, pk: int) -> Complaint:
    """A complaint within sight; one about oneself never is."""
    case = case_to_read(user, pk)
    rows = Complaint.objects.select_related(
        "accused", "accused_unit", "cause", "assessed_by", "verified_by", "analysed_by",
        "decided_by", "effect_confirmed_by", "repeats__case", "group__case",
    )  # fmt: skip
    complaint = rows.filter(pk=pk).first()
    if complaint is None:
        raise Http404
    complaint.case = case
    return complaint


def complaint_to_act_on(user: User, pk: int, capability: str) -> Complaint:
    """A complaint on which this person may take an act that asks for `capability`.

    Working on it and settling it are for who works on the case; an analysis also for whom the
    matrix asked for one; confirming an effect and deciding who is at fault are for people who do
    not work on it.
    """
    complaint = complaint_to_read(user, pk)
    if capability == Duty.Task.ANALYSE:
        if was_asked(user, complaint, capability):
            return complaint
        capability = SETTLE
    require(user, capability)
    if capability not in (CONFIRM, DECIDE_BLAME):
        case_to_work(user, pk)
    return complaint


def may_act_on(user: User, complaint: Complaint, capability: str) -> bool:
    """The same as a question."""
    try:
        complaint_to_act_on(user, complaint.pk, capability)
    except PermissionDenied:
        return False
    return True


def was_asked(user: User, complaint: Complaint, task: str) -> bool:
    """Whether this person was asked for this in this complaint."""
    return complaint.consulted.filter(person=user, task=task).exists()


def require_complaining(user: User) -> None:
    """PermissionDenied for nobody who works here: every employee may bring a complaint in."""
    require(user, COMPLAIN)


def require_setting(user: User) -> None:
    """Who sets flows sets the duty matrix, too."""
    require(user, SET)


def contact_to_complain_from(user: User, pk: int) -> Contact:
    """A conversation within sight from which a complaint is registered."""
    require(user, COMPLAIN)
    found = visible_to(user).select_related("channel", "unit", "customer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def blame_to_answer(user: User, pk: int) -> Blame:
    """A finding of responsibility about oneself: all of the complaint that one ever sees."""
    rows = Blame.objects.select_related("complaint__case", "unit", "decided_by", "answered_by")
    blame = rows.filter(pk=pk, person=user).first()
    if blame is None:
        raise Http404
    return blame


def form_to_read(user: User, pk: int) -> PaperForm:
    """A form of a complaint within sight."""
    rows = PaperForm.objects.select_related("complaint__case__unit", "template")
    paper = rows.filter(pk=pk).first()
    if paper is None:
        raise Http404
    paper.complaint = complaint_to_read(user, paper.complaint_id)
    return paper
