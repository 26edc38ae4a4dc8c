"""The door for systems that tell of conversations while they go on (实时接入)."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lingzhi.contacts.feeding.events import Refused, read_events
from lingzhi.contacts.feeding.feeds import feed_of
from lingzhi.contacts.feeding.signing import is_signed
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.core.clock import now

MOST_BYTES = 1_000_000


@csrf_exempt  # a signature proves who sends, not a cookie
@login_not_required
@require_POST
def take(request: HttpRequest, source: str) -> JsonResponse:
    """Take a signed message of events: 200 with counts, 401, 413, or 422 with every problem."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        return _said(413, _("A message may have at most %(limit)d bytes.") % {"limit": MOST_BYTES})
    feed = feed_of(source)
    if feed is None or not is_signed(
        feed.secret, request.headers, request.body, at=now().timestamp()
    ):
        return _said(401, _("The signature does not fit."))
    try:
        data: Any = json.loads(request.body)
    except ValueError:
        return _said(422, _("The message is no JSON."))
    try:
        taken = take_events(feed.source, read_events(data))
    except Refused as refused:
        problems = [
            {"event": number, "field": problem.field, "problem": problem.sentence}
            for number, problem in refused.problems
        ]
        return JsonResponse({"problems": problems}, status=422)
    return JsonResponse({"new": taken.new, "known": taken.known})


def _said(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
