"""The agents' desk for chats: one's chats, who waits, the talk, and what may be done with it."""

from django.contrib import messages as notes
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access import chats as access
from lingzhi.contacts.chat_desks import shown_lists, shown_talk
from lingzhi.contacts.forms.chats import EndForm, InviteForm, PassOnForm
from lingzhi.contacts.models import Chat, ChatMessage
from lingzhi.contacts.queries.chats import messages_after
from lingzhi.contacts.services import chat_handing as handing
from lingzhi.contacts.services import chats, states
from lingzhi.contacts.services.chat_saying import Message, say, send_file
from lingzhi.contacts.views.chat_visitors import sent_file
from lingzhi.core.errors import BadInput
from lingzhi.core.panels import panels_of

AGENT = ChatMessage.Side.AGENT


@require_GET
def desk(request: SignedIn) -> HttpResponse:
    """The desk, with the first of one's chats open."""
    access.require_chats(request.user)
    states.note_desks([request.user.pk])
    lists = shown_lists(request.user)
    if lists["chats"] and not request.GET.get("list"):
        return redirect("chat:talk", lists["chats"][0].chat.pk)
    return render(request, "contacts/chat/desk.html", lists)


@require_GET
def lists(request: SignedIn) -> HttpResponse:
    """Chats and who waits, as they are now (`?current=`)."""
    access.require_chats(request.user)
    states.note_desks([request.user.pk])
    current = request.GET.get("current", "")
    shown = shown_lists(request.user, int(current) if current.isdigit() else 0)
    return render(request, "contacts/chat/_lists.html", shown)


@require_GET
def talk(request: SignedIn, pk: int) -> HttpResponse:
    chat = access.chat_to_serve(request.user, pk)
    template = "contacts/chat/_talk.html" if request.htmx else "contacts/chat/desk.html"
    context = shown_talk(chat, request.user) | {
        "panels": panels_of("contacts.chat", request.user, chat),
        "pass_on": PassOnForm(chat=chat, by=request.user),
        "invite": InviteForm(chat=chat, by=request.user), "end": EndForm(),
    }  # fmt: skip
    if not request.htmx:
        context |= shown_lists(request.user, chat.pk)
    return render(request, template, context)


@require_GET
def messages(request: SignedIn, pk: int) -> HttpResponse:
    """What was said behind `after`."""
    chat = access.chat_to_serve(request.user, pk)
    return _said(request, chat)


def _said(request: SignedIn, chat: Chat) -> HttpResponse:
    after = (request.POST or request.GET).get("after", "0")
    position = int(after) if after.isdigit() and len(after) < 10 else 0
    context = {"chat": chat, "said": messages_after(chat, position)}
    return render(request, "contacts/chat/_messages.html", context)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """Say something; the desk gets what is new, a page without script the talk again."""
    chat = access.chat_to_serve(request.user, pk)
    given = request.POST.get("id") or chats.new_client_id()
    say(chat, Message(given, AGENT, request.POST.get("text", ""), request.user))
    return _said(request, chat) if request.POST.get("after") else redirect("chat:talk", pk)


@require_POST
def attach(request: SignedIn, pk: int) -> HttpResponse:
    chat = access.chat_to_serve(request.user, pk)
    file = request.FILES.get("file")
    if file is None or file.file is None:
        raise BadInput(_("This must be given."), field="file")
    given = request.POST.get("id") or chats.new_client_id()
    message = Message(given, AGENT, person=request.user, kind=ChatMessage.Kind.FILE)
    send_file(chat, message, file.file, file.name or "file")
    return _said(request, chat) if request.POST.get("after") else redirect("chat:talk", pk)


@require_GET
def file(request: SignedIn, pk: int, seq: int) -> HttpResponse:
    answered: HttpResponse = sent_file(access.file_to_read(request.user, pk, seq))
    return answered


@require_POST
def signs(request: SignedIn, pk: int) -> HttpResponse:
    """That the agent types, and has read what there is."""
    chat = access.chat_to_serve(request.user, pk)
    upto = request.POST.get("read", "")
    chats.note_signs(
        chat, side="agent", is_typing=request.POST.get("typing") == "1",
        read=int(upto) if upto.isdigit() else 0,
    )  # fmt: skip
    return JsonResponse({})


@require_POST
def accept(request: SignedIn, pk: int) -> HttpResponse:
    handing.accept_chat(access.chat_to_accept(request.user, pk), by=request.user)
    return redirect("chat:talk", pk)


@require_POST
def pass_on(request: SignedIn, pk: int) -> HttpResponse:
    chat = access.chat_to_serve(request.user, pk)
    form = PassOnForm(request.POST, chat=chat, by=request.user)
    if not form.is_valid():
        raise handing.NotAnswering()
    handing.pass_on(chat, to=form.cleaned_data["to"], by=request.user)
    notes.success(request, _("Passed on."))
    return redirect("chat:desk")


@require_POST
def invite(request: SignedIn, pk: int) -> HttpResponse:
    chat = access.chat_to_serve(request.user, pk)
    form = InviteForm(request.POST, chat=chat, by=request.user)
    if not form.is_valid():
        raise handing.NotAnswering()
    handing.invite(chat, form.cleaned_data["to"], by=request.user)
    return redirect("chat:talk", pk)


@require_POST
def leave(request: SignedIn, pk: int) -> HttpResponse:
    handing.leave_chat(access.chat_to_serve(request.user, pk), by=request.user)
    return redirect("chat:desk")


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    """End it; what was said is a contact now, from which a case can be opened."""
    chat = access.chat_to_serve(request.user, pk)
    form = EndForm(request.POST)
    said = form.cleaned_data["disposition"] if form.is_valid() else ""
    kept = chats.end_chat(chat, side=AGENT, by=request.user, disposition=said)
    if kept is not None and "case" in request.POST:
        return redirect("contacts:detail", kept.pk)
    notes.success(request, _("The chat has ended and is kept."))
    return redirect("chat:desk")
