"""The supervisor's side of a chat that goes on: whisper to the agent, take it over (耳语、接管)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.chats import chat_to_intervene
from lingzhi.contacts.services.chat_handing import take_over as take
from lingzhi.contacts.services.chat_handing import whisper as tell
from lingzhi.contacts.services.chats import new_client_id


@require_POST
def whisper(request: SignedIn, pk: int) -> HttpResponse:
    """Tell the agents something that the visitor never sees."""
    chat = chat_to_intervene(request.user, pk)
    given = request.POST.get("id") or new_client_id()
    tell(chat, request.POST.get("text", ""), given, by=request.user)
    messages.success(request, _("Whispered: the agent sees it, the visitor does not."))
    return redirect("inspections:live_conversation", pk)


@require_POST
def take_over(request: SignedIn, pk: int) -> HttpResponse:
    """Serve the chat oneself from now on, at one's own desk."""
    chat = chat_to_intervene(request.user, pk)
    take(chat, reason=request.POST.get("reason", ""), by=request.user)
    return redirect("chat:talk", chat.pk)
