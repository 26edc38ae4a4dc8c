"""Which word the regulations in force use for the people served, kept in step in every process.

The regulation of the whole organisation decides. Every few seconds a process asks for a stamp, one
small query; only when it is another than before are the regulations looked at.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse

from lingzhi.core.clock import today
from lingzhi.core.terms import USUAL, term_in_use, use_term
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import terms_for

EVERY_SECONDS = 5.0
logger = logging.getLogger(__name__)


def term_in_force() -> str:
    """What the organisation's regulations call the people served; 客户 where they say nothing."""
    root = Unit.objects.filter(parent=None).first()
    return terms_for(root).get("customer", USUAL) if root else USUAL


class _Step:
    """When this process last looked, and what it saw."""

    def __init__(self) -> None:
        self.looked_at = -1e9  # never yet
        self.stamp: tuple[Any, ...] = ()

    def keep(self) -> None:
        """Take up the term in force, at most every few seconds."""
        if monotonic() - self.looked_at < EVERY_SECONDS:
            return
        self.looked_at = monotonic()
        stamp = _stamp()
        if stamp == self.stamp:
            return
        term = term_in_force()
        if term != term_in_use():
            use_term(term)
        self.stamp = stamp


def _stamp() -> tuple[Any, ...]:
    """Changes whenever another version may be in force: versions, their ends, the day."""
    found = Version.objects.aggregate(
        number=Count("pk"),
        approved=Max("approved_at"),
        applied=Max("applied_at"),
        withdrawn=Max("withdrawn_at"),
        ended=Max("ended_on"),
    )
    return (today(), *found.values())


STEP = _Step()


def terms_of_the_regulation(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before the language is chosen. A database that is away changes no word."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            try:
                STEP.keep()
            except DatabaseError:
                logger.warning("terms_not_read", exc_info=True)
        return get_response(request)

    return middleware
