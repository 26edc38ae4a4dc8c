"""Sending a question, a complaint or a suggestion: published answers come first."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.contacts.models import SteeringRule
from lingzhi.contacts.services.steering import count_steering
from lingzhi.contacts.steering import Suggestion
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.languages import in_language
from lingzhi.core.middleware import client_address
from lingzhi.knowledge.queries.articles import fitting, in_force
from lingzhi.org.queries.privacy import CHANNELS, notice_on
from lingzhi.portal.forms.public import SubmitForm, opened
from lingzhi.portal.models import PortalSettings, Submission
from lingzhi.portal.queries.suggesting import suggested
from lingzhi.portal.services.submitting import Sent, submit
from lingzhi.portal.views.doors import Visit, public, shown

MOST_ANSWERS = 4
PORTAL = SteeringRule.Place.PORTAL


@public
@require_GET
def begin(request: Visit) -> HttpResponse:
    """What it is about; for a question the answers that fit come first."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = fitting(in_force(to_customers=True), text, MOST_ANSWERS) if text else []
    return shown(request, "portal/begin.html", {"text": text, "found": found})


@public
@require_http_methods(["GET", "POST"])
def write(request: Visit, kind: str) -> HttpResponse:
    """The form; what is sent gets a number and a code."""
    if kind not in Submission.Kind.values:
        raise Http404
    consent = consent_of(request.portal)
    initial = {"title": request.GET.get("q", "").replace("\x00", "")[:100]}
    if request.GET.get("call") == "1":
        initial["text"] = gettext("Please call me back.") + "\n"
    form = SubmitForm(kind, consent, request.POST or None, request.FILES or None, initial=initial)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(f"{reverse('portal:follow', args=[_send(request, form, kind)])}?new=1")
        except BadInput as wrong:
            form.add_error("papers" if wrong.field == "file" else None, str(wrong.sentence))
        except DomainError as refused:
            problem = str(refused.sentence)
    form.renewed()
    context = {
        "form": form, "kind": kind, "label": Submission.Kind(kind).label, "problem": problem,
        "suggestion": _suggested(request, kind),
        "notice": notice_on(CHANNELS.PORTAL),
    }  # fmt: skip
    status = 409 if problem else 422 if form.is_bound else 200
    return shown(request, "portal/write.html", context, status=status)


def _suggested(request: Visit, kind: str) -> Suggestion | None:
    """Another way that suits the matter better; not for who has chosen already."""
    if request.method == "POST" or request.GET.get("call"):
        return None
    found = suggested(kind)
    if found is not None:
        count_steering(found.rule, PORTAL, shown=1)
    return found


@public
@require_POST
def take(request: Visit, kind: str) -> HttpResponse:
    """The customer takes the way that was recommended."""
    found = suggested(kind) if kind in Submission.Kind.values else None
    if found is None:
        raise Http404
    count_steering(found.rule, PORTAL, taken=1)
    if found.channel is None:
        return redirect(f"{reverse('portal:write', args=[kind])}?call=1")
    return redirect(f"{reverse('portal:channels')}?way={found.channel.code}")


def consent_of(portal: PortalSettings) -> str:
    """What is agreed to, in the reader's language."""
    return in_language(portal.consent) or gettext(
        "I agree that what I write here, and how to reach me, is used to handle this matter and to"
        " answer me, and for nothing else."
    )


def _send(request: Visit, form: SubmitForm, kind: str) -> str:
    data = form.cleaned_data
    names = ("title", "text", "demand", "name", "phone", "email")
    sent = Sent(
        kind=kind, consent=str(form.fields["consent"].label), language=get_language() or "zh-hans",
        **{name: data[name] for name in names if name in data},
    )  # fmt: skip
    return submit(sent, opened(data["papers"]), nonce=form.nonce, address=client_address(request))
