"""Calling the systems by which customers write, with an access token where they want one."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

from lingzhi.contacts.messaging import sms
from lingzhi.contacts.messaging.calls import CannotRead, Post, Refused
from lingzhi.contacts.messaging.platforms import account_of, platform_of
from lingzhi.contacts.models import MessageLine
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, get_json, post_json, post_message

SECONDS = 10.0  # for one call, all in all
EARLY = timedelta(minutes=5)  # so long before its end a token is asked for anew
Found = TypeVar("Found")
REFUSED_TOKEN = {400, 401}  # answers whose words the door keeps back: a new token may help


def ask(
    line: MessageLine,
    call: Callable[[str], Post],
    read: Callable[[Mapping[str, Any]], Found],
) -> Found:
    """What the answer to `call(token)` means; a token that is refused is renewed once.

    Raises Refused, and what `core.egress` raises.
    """
    if platform_of(line).token_call is None:
        return read(_answer(call("")))
    is_kept = bool(line.token) and line.token_until is not None and line.token_until > now()
    try:
        return read(_answer(call(line.token if is_kept else renew_token(line))))
    except Refused as refused:
        if not (refused.needs_token and is_kept):
            raise
    except Failed as failed:
        if failed.status not in REFUSED_TOKEN or not is_kept:
            raise
    return read(_answer(call(renew_token(line))))


def renew_token(line: MessageLine) -> str:
    """A new access token, kept sealed until shortly before its end."""
    platform = platform_of(line)
    if platform.token_call is None or platform.token_in is None:
        return ""
    is_refused = bool(line.token) and line.token_until is not None and line.token_until > now()
    answer = _answer(platform.token_call(account_of(line), renews=is_refused))
    try:
        token, seconds = platform.token_in(answer)
    except (CannotRead, ValueError, TypeError) as problem:
        raise Failed("json", 200) from problem
    until = now() + max(timedelta(seconds=seconds) - EARLY, timedelta(minutes=1))
    line.sealed_token, line.token_until = line.sealed(token), until
    rows = MessageLine.objects.filter(pk=line.pk)
    rows.update(sealed_token=line.sealed_token, token_until=until)
    return token


def _answer(call: Post) -> Mapping[str, Any]:
    if call.body is None:
        answer = get_json(call.url, purpose="message", seconds=SECONDS)
    else:
        answer = post_json(
            call.url, dict(call.body), purpose="message", seconds=SECONDS, secret=call.bearer
        )
    if not isinstance(answer, Mapping):
        raise Failed("json", 200)
    return answer


def hand_to_gateway(line: MessageLine, call: Post, reference: str) -> None:
    """Post to a gateway that speaks the neutral form: signed, and taken where it says 2xx."""
    content = json.dumps(dict(call.body or {}), ensure_ascii=False).encode()
    headers = sms.headers_of(account_of(line), reference, content, int(now().timestamp()))
    post_message(call.url, content, headers, purpose="message", seconds=SECONDS)
