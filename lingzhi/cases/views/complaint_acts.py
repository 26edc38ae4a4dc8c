"""What is done with a complaint: one page for each act, from one table."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.complaints import complaint_to_act_on
from lingzhi.cases.forms import complaint_acts as forms
from lingzhi.cases.forms import complaint_items as items
from lingzhi.cases.models import Complaint, Dispute, Duty, GoodsReturn
from lingzhi.cases.queries.complaints import CONFIRM, DECIDE_BLAME, SETTLE
from lingzhi.cases.queries.people import WORK, units_of
from lingzhi.cases.services import complaint_steps as steps
from lingzhi.cases.services.alike import link_alike
from lingzhi.cases.services.blames import answer_appeal, decide_blame, propose_blame
from lingzhi.cases.services.deferrals import ask_deferral
from lingzhi.cases.services.disputes import add_paper, begin_dispute, end_dispute
from lingzhi.cases.services.goods import ask_return, move_return, note_goods
from lingzhi.cases.services.grading import change_grade
from lingzhi.cases.services.letters import send_letter
from lingzhi.cases.services.paper import begin_form
from lingzhi.cases.services.remedies import give_remedy, offer_remedy
from lingzhi.core.errors import BadInput

Done = Callable[..., object]


class Act(NamedTuple):
    """An act: what it is called, its form, who may, and the service that takes what was sent.

    With `items` it is on one of those of the complaint.
    """

    title: str | Promise
    form: type[forms.ActForm]
    capability: str
    do: Done
    items: Callable[[Complaint], QuerySet[Any]] | None = None


def _confirm(complaint: Complaint, *, by: User, **sent: Any) -> None:
    steps.confirm_effect(complaint, **sent, unit_ids=units_of(by), by=by)


ACTS: dict[str, Act] = {
    "assess": Act(gettext_lazy("First assessment"), forms.AssessForm, SETTLE, steps.assess),
    "grade": Act(gettext_lazy("Grade anew"), forms.GradeForm, SETTLE, change_grade),
    "verify": Act(gettext_lazy("Verify the facts"), forms.VerifyForm, WORK, steps.verify_facts),
    "analyse": Act(
        gettext_lazy("Analyse the cause"), forms.AnalyseForm, Duty.Task.ANALYSE, steps.analyse
    ),
    "find": Act(gettext_lazy("Finding and decision"), forms.FindForm, SETTLE, steps.find),
    "extend": Act(gettext_lazy("Ask for more time"), forms.ExtendForm, WORK, ask_deferral),
    "outside": Act(
        gettext_lazy("Tell outside ways"), forms.OutsideWaysForm, WORK, steps.tell_outside_ways
    ),
    "authority": Act(
        gettext_lazy("Answer the authority"), forms.AuthorityForm, WORK, steps.answer_authority
    ),
    "handling": Act(
        gettext_lazy("Satisfaction with the handling"), forms.HandlingForm, WORK,
        steps.record_handling,
    ),
    "effect": Act(gettext_lazy("Confirm the effect"), forms.EffectForm, CONFIRM, _confirm),
    "claimant": Act(
        gettext_lazy("Professional claimant"), forms.ClaimantForm, SETTLE, steps.flag_professional
    ),
}  # fmt: skip


def _keep_paper(dispute: Dispute, title: str, file: UploadedFile, *, by: User) -> None:
    add_paper(dispute, title, file.name or "", file, by=by)  # type: ignore[arg-type]


def _returns(complaint: Complaint) -> QuerySet[GoodsReturn]:
    return GoodsReturn.objects.filter(goods__complaint=complaint)


ITEM_ACTS: dict[str, Act] = {
    "goods": Act(gettext_lazy("Note the goods"), items.GoodsForm, WORK, note_goods),
    "remedy": Act(gettext_lazy("Offer a remedy"), items.RemedyForm, SETTLE, offer_remedy),
    "blame": Act(gettext_lazy("Propose who is at fault"), items.BlameForm, SETTLE, propose_blame),
    "form": Act(gettext_lazy("Begin a form"), items.BeginForm, WORK, begin_form),
    "letter-received": Act(
        gettext_lazy("Letter of receipt"), items.ReceiptForm, WORK, send_letter
    ),
    "letter-progress": Act(
        gettext_lazy("Letter on progress"), items.LetterForm, WORK, send_letter
    ),
    "letter-decision": Act(
        gettext_lazy("Letter of the decision"), items.DecisionForm, WORK, send_letter
    ),
    "alike": Act(gettext_lazy("Link an alike complaint"), items.LinkForm, WORK, link_alike),
    "dispute": Act(
        gettext_lazy("Mediation, arbitration, court"), items.DisputeForm, SETTLE, begin_dispute
    ),
    "dispute-end": Act(
        gettext_lazy("How it ended"), items.DisputeEndForm, SETTLE, end_dispute,
        lambda complaint: complaint.disputes.all(),
    ),
    "dispute-paper": Act(
        gettext_lazy("Add a document"), items.PaperUploadForm, SETTLE, _keep_paper,
        lambda complaint: complaint.disputes.all(),
    ),
    "return": Act(
        gettext_lazy("Ask for the return"), items.ReturnForm, WORK, ask_return,
        lambda complaint: complaint.goods.all(),
    ),
    "return-step": Act(
        gettext_lazy("Move the return on"), items.ReturnStepForm, WORK, move_return, _returns
    ),
    "give": Act(
        gettext_lazy("The customer got it"), items.GiveForm, WORK, give_remedy,
        lambda complaint: complaint.remedies.all(),
    ),
    "judge": Act(
        gettext_lazy("Decide who is at fault"), items.VerdictForm, DECIDE_BLAME, decide_blame,
        lambda complaint: complaint.blames.select_related("complaint__case", "person"),
    ),
    "judge-appeal": Act(
        gettext_lazy("Decide the appeal"), items.AppealVerdictForm, DECIDE_BLAME, answer_appeal,
        lambda complaint: complaint.blames.select_related("complaint__case", "person"),
    ),
}  # fmt: skip
EVERY = {**ACTS, **ITEM_ACTS}


@require_http_methods(["GET", "POST"])
def act(request: SignedIn, pk: int, name: str, item: int | None = None) -> HttpResponse:
    """The page of one act; sent, it is done and leads back to the complaint."""
    found = EVERY.get(name)
    if found is None or (found.items is None) != (item is None):
        raise Http404
    complaint = complaint_to_act_on(request.user, pk, found.capability)
    one = get_object_or_404(found.items(complaint), pk=item) if found.items and item else None
    form = found.form(complaint, request.POST or None, item=one, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("revision", "")
        complaint.case.revision = int(seen) if seen.isdecimal() else complaint.case.revision
        try:
            found.do(one or complaint, **form.cleaned_data, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong.sentence))
        else:
            messages.success(request, _("It is kept."))
            return redirect("cases:complaint", pk)
    context = {"complaint": complaint, "case": complaint.case, "form": form, "title": found.title}
    status = 422 if form.errors else 200
    return render(request, "cases/complaints/act.html", context, status=status)
