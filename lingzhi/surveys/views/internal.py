"""Units judge each other: prepared, opened, answered on one's own page, shown when it is over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import MANAGE, READ, require
from lingzhi.surveys.access.internal import internal_to_change, internal_to_read, seat_to_answer
from lingzhi.surveys.forms.answering import given_from
from lingzhi.surveys.forms.internal import InternalForm
from lingzhi.surveys.models import InternalSurvey
from lingzhi.surveys.presenting.answering import shown_questions
from lingzhi.surveys.presenting.internal import shown_units
from lingzhi.surveys.queries.internal import internal_visible_to, pairs_of, seats_of
from lingzhi.surveys.services import internal as services
from lingzhi.surveys.services.answering import Missing
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def surveys(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {
        "surveys": internal_visible_to(request.user), "may_set": request.user.can(MANAGE),
        "mine": seats_of(request.user).count(),
    }  # fmt: skip
    return render(request, "surveys/internal/list.html", context)


@require_GET
def survey(request: SignedIn, pk: int) -> HttpResponse:
    """Who judges whom, how many answered; once it is over what they said."""
    found = internal_to_read(request.user, pk)
    context = {
        "survey": found, "may_set": request.user.can(MANAGE),
        "pairs": pairs_of(found, request.user), "units": shown_units(found, request.user),
    }  # fmt: skip
    return render(request, "surveys/internal/survey.html", context)


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, internal_to_change(request.user, pk))


def _form(request: SignedIn, old: InternalSurvey | None) -> HttpResponse:
    form = InternalForm(request.POST or None, instance=old)

    def save() -> None:
        said = form.cleaned_data
        services.save_internal(
            form.instance, said["raters"], said["rated"], is_mutual=said["is_mutual"],
            by=request.user,
        )  # fmt: skip

    if sent_well(request, form, save):
        messages.success(request, _("Saved."))
        return redirect("surveys:internal", form.instance.pk)
    title = old.title if old else _("New survey among units")
    back = reverse("surveys:internals")
    return form_page(request, form, title=title, back=back, back_title=_("Internal customers"))


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    number = services.open_internal(internal_to_change(request.user, pk), by=request.user)
    messages.success(request, _("%(n)s people have a to-do now.") % {"n": number})
    return redirect("surveys:internal", pk)


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    services.close_internal(internal_to_change(request.user, pk), by=request.user)
    messages.success(request, _("It is over. What was said is shown now."))
    return redirect("surveys:internal", pk)


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """What I am asked to judge; everybody has this page."""
    return render(request, "surveys/internal/mine.html", {"seats": seats_of(request.user)})


@require_http_methods(["GET", "POST"])
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """My word about one unit; a question that waits for an answer appears when it was given."""
    seat = seat_to_answer(request.user, pk)
    version = seat.pair.survey.version
    assert version is not None  # it was opened
    read = version.read()
    given = given_from(request.POST, read.questions) if request.method == "POST" else {}
    questions = read.asked(given)
    marked: list[str] = []
    if {one.code for one in questions} <= set(request.POST.getlist("shown")):
        try:
            services.judge_unit(seat, given)
        except Missing as wrong:
            marked = [*wrong.missing, *wrong.wrong]
        else:
            messages.success(request, _("Thank you. Your answers are kept without your name."))
            return redirect("surveys:my_judgements")
    shown = shown_questions(questions, given, marked)
    context = {"seat": seat, "questions": shown, "marked": marked}
    return render(request, "surveys/internal/judge.html", context, status=422 if marked else 200)
