"""Which word a reader's pages use for the people served: the one of the reader's own regulation.

Every few seconds a process asks for a stamp, one small query; only when it is another than before
are the regulations looked at. Where none of them has a word of its own, nothing else is asked.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.terms import USUAL, use_term
from lingzhi.org.queries import team_of
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import Term, term_for, terms_in_force

EVERY_SECONDS = 5.0
logger = logging.getLogger(__name__)


class _Seen:
    """When this process last looked, and what it saw."""

    def __init__(self) -> None:
        self.looked_at = -1e9  # never yet
        self.stamp: tuple[Any, ...] = ()
        self.terms: list[Term] = []

    def term_of(self, person: User) -> str:
        """What the person's pages call the people served."""
        self._look()
        unit = team_of(person, today()) if self.terms else None
        return term_for(unit, self.terms) if unit else USUAL

    def _look(self) -> None:
        if monotonic() - self.looked_at < EVERY_SECONDS:
            return
        self.looked_at = monotonic()
        stamp = _stamp()
        if stamp == self.stamp:
            return
        terms = terms_in_force()
        self.terms = [] if all(one.is_usual for one in terms) else terms
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


SEEN = _Seen()


def terms_of_the_regulation(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, as soon as the reader is known. A database that is away changes no page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        use_term(_term_of(request.user))
        return get_response(request)

    return middleware


def _term_of(reader: User | AnonymousUser) -> str:
    try:
        return SEEN.term_of(reader) if reader.is_authenticated else USUAL
    except DatabaseError:
        logger.warning("terms_not_read", exc_info=True)
        return USUAL
