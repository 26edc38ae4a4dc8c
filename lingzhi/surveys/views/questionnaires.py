"""Questionnaires: all of them, one version, its questions, how it looks, putting it into force."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import (
    MANAGE,
    READ,
    questionnaire_to_change,
    require,
    version_to_change,
    version_to_read,
)
from lingzhi.surveys.forms.questionnaires import QuestionForm, WordsForm
from lingzhi.surveys.models import QuestionnaireVersion
from lingzhi.surveys.presenting.answering import shown_questions
from lingzhi.surveys.presenting.questionnaires import version_context
from lingzhi.surveys.queries.questionnaires import questionnaires as all_questionnaires
from lingzhi.surveys.services import questionnaires as services
from lingzhi.surveys.services.built_in import lay_survey_built_ins
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def questionnaires(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {"rows": all_questionnaires(), "may_set": request.user.can(MANAGE)}
    return render(request, "surveys/questionnaires/list.html", context)


@require_POST
def lay(request: SignedIn) -> HttpResponse:
    """Lay the scales, dimensions and questionnaires that come with the program."""
    require(request.user, MANAGE)
    lay_survey_built_ins(by=request.user)
    messages.success(request, _("What comes with the program is there, as drafts."))
    return redirect("surveys:questionnaires")


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    form = WordsForm(None, request.POST or None)
    made: list[QuestionnaireVersion] = []

    def act() -> None:
        code = form.cleaned_data["code"]
        made.append(services.create_questionnaire(code, form.words, by=request.user))

    if sent_well(request, form, act):
        return redirect("surveys:version", made[0].pk)
    return form_page(
        request, form, title=_("New questionnaire"), back=reverse("surveys:questionnaires"),
        back_title=_("Questionnaires"),
    )  # fmt: skip


@require_GET
def version(request: SignedIn, pk: int) -> HttpResponse:
    found = version_to_read(request.user, pk)
    context = version_context(found, may_set=request.user.can(MANAGE))
    return render(request, "surveys/questionnaires/version.html", context)


@require_GET
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """All questions at once, as customers will see them; nothing can be sent."""
    found = version_to_read(request.user, pk)
    context = version_context(found, may_set=False)
    if context["problems"]:
        return redirect("surveys:version", pk)
    pages = [shown_questions(page, {}) for page in found.read().pages]
    context |= {"pages": pages, "is_preview": True}
    return render(request, "surveys/questionnaires/preview.html", context)


@require_http_methods(["GET", "POST"])
def words(request: SignedIn, pk: int) -> HttpResponse:
    found = version_to_change(request.user, pk)
    form = WordsForm(found, request.POST or None)

    def act() -> None:
        services.save_words(found, form.words, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("surveys:version", pk)
    back = reverse("surveys:version", args=[pk])
    return form_page(request, form, title=_("Title and words"), back=back, back_title=str(found))


@require_http_methods(["GET", "POST"])
def question(request: SignedIn, pk: int, code: str = "") -> HttpResponse:
    """A new question, or one that is changed."""
    found = version_to_change(request.user, pk)
    old = next((row for row in found.questions if row.get("code") == code), None)
    if code and old is None:
        raise Http404
    form = QuestionForm(found, old, request.POST or None)

    def act() -> None:
        services.put_question(found, form.question, old=code, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("surveys:version", pk)
    title = _("Change a question") if old else _("New question")
    back = reverse("surveys:version", args=[pk])
    return form_page(request, form, title=title, back=back, back_title=str(found))


@require_POST
def move(request: SignedIn, pk: int, code: str) -> HttpResponse:
    found = version_to_change(request.user, pk)
    step = 1 if request.POST.get("to") == "down" else -1
    services.move_question(found, code, step, by=request.user)
    return redirect("surveys:version", pk)


@require_POST
def remove(request: SignedIn, pk: int, code: str) -> HttpResponse:
    services.remove_question(version_to_change(request.user, pk), code, by=request.user)
    messages.success(request, _("The question is taken out."))
    return redirect("surveys:version", pk)


@require_POST
def revise(request: SignedIn, pk: int) -> HttpResponse:
    """A draft of a questionnaire, the one there is or a new one."""
    found = questionnaire_to_change(request.user, pk)
    return redirect("surveys:version", services.revise_questionnaire(found, by=request.user).pk)


@require_POST
def discard(request: SignedIn, pk: int) -> HttpResponse:
    services.discard_draft(version_to_change(request.user, pk), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("surveys:questionnaires")


@require_POST
def activate(request: SignedIn, pk: int) -> HttpResponse:
    services.activate_version(version_to_change(request.user, pk), by=request.user)
    messages.success(request, _("From now on this version is sent."))
    return redirect("surveys:version", pk)
