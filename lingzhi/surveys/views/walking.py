"""The way through a questionnaire, page by page: the same for customers and interviewers."""

from dataclasses import dataclass
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.surveys.models import Answering, Invitation, Place, QuestionnaireVersion
from lingzhi.surveys.presenting.answering import progress_of, shown_questions
from lingzhi.surveys.queries.answering import asked_on, given_in, next_page
from lingzhi.surveys.services.answering import (
    Expired,
    Missing,
    answer_page,
    finish_answering,
    first_page_at,
    keep_page,
    require_open,
)
from lingzhi.surveys.services.asking import is_token, new_token
from lingzhi_engine.questionnaire import Given, Questionnaire


@dataclass
class Walk:
    """Where somebody stands. Who answers at a place has a `secret` from the first page on."""

    version: QuestionnaireVersion
    read: Questionnaire
    given: Given
    invitation: Invitation | None = None
    place: Place | None = None
    answering: Answering | None = None
    secret: str = ""

    @classmethod
    def of_invitation(cls, row: Invitation) -> "Walk":
        """Raises AnsweredAlready, Expired."""
        require_open(row)
        assert row.version is not None  # it was claimed
        answering = Answering.objects.filter(invitation=row).first()
        read = row.version.read()
        return cls(row.version, read, given_in(answering), row, answering=answering)

    @classmethod
    def of_place(cls, place: Place, secret: str) -> "Walk":
        """`secret` is what the page was sent with, empty on the way in. Raises Expired."""
        version = place.questionnaire.active
        if version is None or place.closed_at is not None:
            raise Expired()
        kept = secret if is_token(secret) else new_token()
        return cls(version, version.read(), {}, place=place, secret=kept)

    @classmethod
    def of_answering(cls, answering: Answering) -> "Walk":
        """Going on with what was begun at a place."""
        version = answering.version
        return cls(version, version.read(), given_in(answering), answering=answering)

    def place_of(self, asked_for: int) -> int:
        """The page that was asked for, where something is asked on it; else the first such one."""
        if asked_for >= 0 and asked_on(self.read, self.given, asked_for):
            return asked_for
        return next_page(self.read, self.given) or 0

    def send(self, at: int, given: Given, *, by: User | None = None) -> int | None:
        """Keep a page: the number of the next one, None at the end. Raises Missing, Expired,
        AnsweredAlready."""
        page = asked_on(self.read, self.given, at)
        if self.invitation is not None:
            self.answering = answer_page(self.invitation, page, given, by=by)
        elif self.answering is None:
            assert self.place is not None
            self.answering = first_page_at(self.place, page, given, secret=self.secret)
        else:
            keep_page(self.answering, page, given)
        self.given = given_in(self.answering)
        after = next_page(self.read, self.given, at)
        if after is None:
            finish_answering(self.answering)
        return after

    def context(self, at: int, given: Given | None = None, wrong: Missing | None = None) -> Any:
        """A page; again with what was sent and what was wrong with it."""
        marked = [*wrong.missing, *wrong.wrong] if wrong else []
        known = {**self.given, **(given or {})}
        pages = self.read.pages
        before = [n for n in range(at) if asked_on(self.read, self.given, n)]
        return {
            "survey": self.version,
            "questions": shown_questions(asked_on(self.read, self.given, at), known, marked),
            "at": at,
            "is_first": not before,
            "before": before[-1] if before else None,
            "percent": progress_of(self.read, self.given, at),
            "is_last": at == len(pages) - 1,
            "wrong": wrong,
            "secret": self.secret,
        }
