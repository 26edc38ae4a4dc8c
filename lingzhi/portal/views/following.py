"""Following a matter with its secret code: what happened, more words, the answer to the result."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.cases.models import Case
from lingzhi.cases.services.by_customer import add_word, take_answer
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.portal.forms.public import AnswerForm, FindForm, ObjectForm, WriteForm, opened
from lingzhi.portal.models import PublishedImprovement, Submission
from lingzhi.portal.presenting.following import followed
from lingzhi.portal.queries.codes import code_fits, read_code, spaced, submission_of
from lingzhi.portal.queries.shown import improvements_out
from lingzhi.portal.views.doors import Visit, public, shown

OBJECTS = Case.Satisfaction.OBJECTS
WRONG = 404  # a wrong number, a wrong code, a matter that never was: one and the same answer


@public
@require_http_methods(["GET", "POST"])
def find(request: Visit) -> HttpResponse:
    """By number and code."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        if code_fits(number, code):
            return redirect("portal:follow", spaced(read_code(code)))
        return _unknown(request, form)
    status = 422 if form.is_bound else 200
    return shown(request, "portal/find.html", {"find_form": form}, status=status)


@public
@require_GET
def follow(request: Visit, code: str) -> HttpResponse:
    submission = submission_of(code)
    if submission is None:
        return _unknown(request, FindForm())
    return _page(request, submission, code)


@public
@require_POST
def write(request: Visit, code: str) -> HttpResponse:
    """More words and files."""
    form = WriteForm(request.POST, request.FILES)

    def act(case: Case) -> None:
        add_word(case, form.cleaned_data["text"], opened(form.cleaned_data["papers"]))

    return _done(request, code, "write_form", form, act)


@public
@require_POST
def answer(request: Visit, code: str) -> HttpResponse:
    """It is settled, or it is not."""
    submission = submission_of(code)
    is_complaint = bool(submission and submission.kind == Submission.Kind.COMPLAINT)
    form = AnswerForm(request.POST, is_complaint=is_complaint)
    return _done(request, code, "answer_form", form, lambda case: take_answer(case, **form.said))


@public
@require_POST
def reopen(request: Visit, code: str) -> HttpResponse:
    """A finished matter is not finished."""
    form = ObjectForm(request.POST)
    return _done(
        request, code, "object_form", form,
        lambda case: take_answer(case, OBJECTS, objection=form.cleaned_data["objection"]),
    )  # fmt: skip


def _done(request: Visit, code: str, name: str, form: forms.Form, act: Any) -> HttpResponse:
    """Do it and go back to the matter; what was wrong stands beside what was sent."""
    submission = submission_of(code)
    if submission is None:
        return _unknown(request, FindForm())
    problem = ""
    if form.is_valid():
        try:
            act(submission.case)
            return redirect(f"{reverse('portal:follow', args=[code])}?kept=1")
        except BadInput as wrong:
            field = {"file": "papers"}.get(wrong.field, wrong.field)
            form.add_error(field if field in form.fields else None, str(wrong.sentence))
        except DomainError as refused:
            problem = str(refused.sentence)
        submission.case.refresh_from_db()
    status = 409 if problem else 422
    return _page(request, submission, code, status=status, problem=problem, **{name: form})


def _page(
    request: Visit, submission: Submission, code: str, *, status: int = 200, **sent: Any
) -> HttpResponse:
    is_complaint = submission.kind == Submission.Kind.COMPLAINT
    context = {
        "submission": submission, "found": followed(submission.case),
        "code": spaced(read_code(code)),
        "is_new": request.GET.get("new") == "1", "is_kept": request.GET.get("kept") == "1",
        "write_form": WriteForm(), "answer_form": AnswerForm(is_complaint=is_complaint),
        "object_form": ObjectForm(), "improvements": _became(submission.case), **sent,
    }  # fmt: skip
    return shown(request, "portal/follow.html", context, status=status)


def _became(case: Case) -> list[PublishedImprovement]:
    """What was published because of this suggestion."""
    return list(improvements_out().filter(case=case))


def _unknown(request: Visit, form: FindForm) -> HttpResponse:
    context = {"find_form": form, "is_unknown": True}
    return shown(request, "portal/find.html", context, status=WRONG)
