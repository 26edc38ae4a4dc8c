"""What the widget on foreign pages calls: everything by the visitor's secret, no cookies."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lingzhi.contacts.access.chats import chat_of_visitor, file_of_visitor, site_to_offer
from lingzhi.contacts.chat_talk import read_chats, shown_to_visitor
from lingzhi.contacts.chat_widget import page_of_site, suggested, transcript_of, words
from lingzhi.contacts.models import ChatMessage
from lingzhi.contacts.queries.chat_sites import is_open
from lingzhi.contacts.services import chats, leaving
from lingzhi.contacts.services.chat_saying import Message, say, send_file
from lingzhi.contacts.services.steering import count_steering
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.middleware import client_address
from lingzhi.core.rest.limits import TooManyCalls, calls

View = Callable[..., HttpResponse]
A_MINUTE = {"say": 40, "file": 10, "signs": 60, "read": 120}  # of one visitor
LONGEST_BODY = 32 * 1024
LANGUAGES = dict(settings.LANGUAGES)
VISITOR = ChatMessage.Side.VISITOR


def for_visitors(view: View) -> View:
    """Answers in JSON and in the visitor's language; refusals with their sentence."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request.headers.get("Chat-Language", ""))):
            try:
                return view(request, *args, **kwargs)
            except TooManyCalls as many:
                said = {"error": _("Too much at once. Please wait a moment.")}
                return JsonResponse(said, status=429, headers={"Retry-After": str(many.again_in)})
            except DomainError as error:
                status = 422 if isinstance(error, BadInput) else 409
                return JsonResponse({"error": str(error.sentence)}, status=status)
            except Http404:
                return JsonResponse({"error": _("This chat is not known.")}, status=404)

    return answer


def language_of(given: str) -> str:
    """The language asked for, where the program speaks it."""
    return given if given in LANGUAGES else settings.LANGUAGE_CODE


def _chat(request: HttpRequest, act: str) -> Any:
    """The visitor's chat. Raises TooManyCalls; a secret of 256 bits is not found by trying."""
    chat = chat_of_visitor(request)
    calls.take(f"chat:{act}:{chat.pk}", A_MINUTE[act])
    return chat


def _body(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_BODY:
        raise BadInput(_("The message is too long."))
    try:
        found = json.loads(request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadInput(_("The message cannot be read."))
    return found


@login_not_required
@require_GET
def widget(request: HttpRequest, key: str) -> HttpResponse:
    """The chat itself, in a frame on the pages of the site's origins and nowhere else."""
    site = site_to_offer(key)
    language = language_of(request.GET.get("lang", "") or translation.get_language())
    with translation.override(language):
        context = page_of_site(site, language, is_open=is_open(site, now()))
        if context["steer"]:
            count_steering(context["steer"].rule, "chat", shown=1)
        answer = render(request, "contacts/chat/widget.html", context)
    answer._csp_replace = {"frame-ancestors": ["'self'", *site.origins]}  # type: ignore[attr-defined]
    answer.xframe_options_exempt = True
    return answer


@require_POST
@for_visitors
def start(request: HttpRequest, key: str) -> HttpResponse:
    site = site_to_offer(key)
    calls.take(f"chat:start:{client_address(request)}", settings.CHAT_STARTS)
    chat, token = chats.start_chat(site, language=translation.get_language())
    return JsonResponse({"token": token, "number": chat.number}, status=201)


@require_GET
@for_visitors
def read(request: HttpRequest) -> HttpResponse:
    """State and messages behind `after`: for pages that can have no stream."""
    chat = _chat(request, "read")
    after = request.GET.get("after", "0")
    position = int(after) if after.isdigit() and len(after) < 10 else 0
    state, events = read_chats({chat.pk: position})[chat.pk]
    return JsonResponse({"state": state, "said": [event for _number, event in events]})


@require_POST
@for_visitors
def send(request: HttpRequest) -> HttpResponse:
    chat, body = _chat(request, "say"), _body(request)
    message = Message(str(body.get("id", "")), VISITOR, str(body.get("text", "")))
    return JsonResponse(shown_to_visitor(say(chat, message)), status=201)


@require_POST
@for_visitors
def attach(request: HttpRequest) -> HttpResponse:
    chat = _chat(request, "file")
    file = request.FILES.get("file")
    if file is None or file.file is None:
        raise BadInput(_("This must be given."), field="file")
    message = Message(request.POST.get("id", ""), VISITOR, kind=ChatMessage.Kind.FILE)
    made = send_file(chat, message, file.file, file.name or "file")
    return JsonResponse(shown_to_visitor(made), status=201)


@require_GET
@for_visitors
def file(request: HttpRequest, number: int) -> HttpResponse:
    found = file_of_visitor(_chat(request, "read"), number)
    return sent_file(found)


def sent_file(message: ChatMessage) -> Any:
    """A file of a chat to take away; it is never opened in the page."""
    if message.file is None or not default_storage.exists(message.file.stored_as):
        raise Http404
    opened = default_storage.open(message.file.stored_as, "rb")
    return FileResponse(
        opened, as_attachment=True, filename=message.file.name,
        content_type="application/octet-stream",
    )  # fmt: skip


@require_POST
@for_visitors
def signs(request: HttpRequest) -> HttpResponse:
    """That the visitor types, and how far they read."""
    chat, body = _chat(request, "signs"), _body(request)
    upto = body.get("read")
    chats.note_signs(
        chat, side="visitor", is_typing=body.get("typing") is True,
        read=upto if isinstance(upto, int) else 0,
    )  # fmt: skip
    return JsonResponse({})


@require_POST
@for_visitors
def end(request: HttpRequest) -> HttpResponse:
    chats.end_chat(_chat(request, "say"), side=VISITOR)
    return JsonResponse({})


@require_GET
@for_visitors
def transcript(request: HttpRequest) -> HttpResponse:
    """What was said, as a text to keep."""
    chat = _chat(request, "read")
    answer = HttpResponse(transcript_of(chat), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{chat.number}.txt"'
    return answer


@require_POST
@for_visitors
def take_way(request: HttpRequest, key: str) -> HttpResponse:
    """The visitor takes the way that was recommended beside the chat."""
    site, body = site_to_offer(key), _body(request)
    calls.take(f"chat:start:{client_address(request)}", settings.CHAT_STARTS)
    found = suggested(is_open=is_open(site, now()))
    if found is not None and found.rule.pk == body.get("rule"):
        count_steering(found.rule, "chat", taken=1)
    return JsonResponse({})


@require_POST
@for_visitors
def leave_message(request: HttpRequest, key: str) -> HttpResponse:
    """The form of the hours in which nobody is at work: a to-do for the unit, by a job."""
    site, body = site_to_offer(key), _body(request)
    calls.take(f"chat:start:{client_address(request)}", settings.CHAT_STARTS)
    given = {name: str(body.get(name, "")) for name in ("id", "name", "reach", "text")}
    leaving.leave_message(site, **given)
    return JsonResponse({"said": words()["left"]}, status=201)
