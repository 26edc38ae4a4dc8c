"""The door through which other systems hand over what customers wrote there (消息渠道)."""

import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lingzhi.contacts.access.lines import line_of_key
from lingzhi.contacts.messaging.calls import Call, CannotRead, NotSigned
from lingzhi.contacts.services.message_taking import take_call

MOST_BYTES = 1_000_000
log = structlog.get_logger("lingzhi.messages")


@csrf_exempt  # a signature proves who sends, not a cookie
@login_not_required
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take a signed call: what the system wants to hear, or 401, 413, 422."""
    line = line_of_key(key)
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    call = Call(request.method or "", request.GET.dict(), headers, request.body)
    try:
        received = take_call(line, call)
    except NotSigned:
        log.warning("message not signed", line=line.pk)
        return HttpResponse(status=401)
    except CannotRead:
        log.warning("message not readable", line=line.pk)
        return HttpResponse(status=422)
    return HttpResponse(received.answer, content_type=f"{received.type}; charset=utf-8")
