"""Who calls the API, and each effect once however often a call is repeated."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.security import HttpBearer

from lingzhi.accounts.models import KeptAnswer, Token, User
from lingzhi.accounts.queries import token_known_by
from lingzhi.accounts.services.tokens import digest_of, note_use
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.origin import current_origin
from lingzhi.core.rest.limits import calls

P = ParamSpec("P")
LONGEST_KEY = 200


class Call(HttpRequest):
    """A call that came with a token: `user` is its owner, held to what the token may do."""

    user: User
    auth: Token


class Bearer(HttpBearer):
    """`Authorization: Bearer lz_…`. The call acts as the token's owner, with the token's rights."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, when it opens the API now. Raises TooManyCalls."""
        origin = current_origin.get()
        found = token_known_by(digest_of(token))
        if found is None:
            calls.take(f"address:{origin.address}", settings.API_CALLS)
            return None
        calls.take(f"token:{found.pk}", settings.API_CALLS)
        person = found.person
        person.limited_to = frozenset(found.capabilities)
        request.user = person
        current_origin.set(replace(origin, door="api"))  # the middleware that set it puts it back
        if "Accept-Language" not in request.headers and person.language:
            translation.activate(person.language)
        note_use(found)
        return found


class SameKeyOtherCall(BadInput):
    """An `Idempotency-Key` came before with another call."""

    code = "key_used_otherwise"

    def __init__(self) -> None:
        super().__init__(_("This key came before with another call."), field="Idempotency-Key")


def once(
    status: int, shape: type[Schema]
) -> Callable[[Callable[Concatenate[Any, P], Any]], Callable[Concatenate[Any, P], HttpResponse]]:
    """Do what a POST asks, and with an `Idempotency-Key` only once.

    The answer is kept in the transaction of its effect, for seven days: a repeat gets it again,
    also after a crash, also while the first call is still under way. A call that was refused had
    no effect, is not kept, and may be tried again.
    """

    def wrap(act: Callable[Concatenate[Any, P], Any]) -> Any:
        @wraps(act)
        def answered(request: Call, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            def body() -> str:
                found = shape.model_validate(act(request, *args, **kwargs))
                return found.model_dump_json()

            key = request.headers.get("Idempotency-Key", "")
            # Without a key the service's own transaction is enough, and shorter.
            return _answer_once(request, key, status, body) if key else _written(status, body())

        return answered

    return wrap


def _answer_once(request: Call, key: str, status: int, body: Callable[[], str]) -> HttpResponse:
    if len(key) > LONGEST_KEY:
        raise BadInput(_("At most 200 characters."), field="Idempotency-Key")
    sent = _digest(request)
    try:
        with transaction.atomic():
            if kept := _kept(request.auth, key, sent):
                return kept
            text = body()
            KeptAnswer.objects.create(
                token=request.auth, key=key, request_sha256=sent, status=status, body=text, at=now()
            )
            return _written(status, text)
    except (DomainError, IntegrityError):
        if kept := _kept(request.auth, key, sent):  # the same call was quicker, side by side
            return kept
        raise


def _kept(token: Token, key: str, sent: str) -> HttpResponse | None:
    row = KeptAnswer.objects.filter(token=token, key=key).first()
    if row is None:
        return None
    if row.request_sha256 != sent:
        raise SameKeyOtherCall()
    answer = _written(row.status, row.body)
    answer["Idempotency-Replayed"] = "true"
    return answer


def _digest(request: HttpRequest) -> str:
    """What tells two calls apart: where they went, and every byte that was sent."""
    return hashlib.sha256(f"{request.path}\n".encode() + request.body).hexdigest()


def _written(status: int, body: str) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")
