"""Sheets that are missing, major matters, internal reviews: who sees which."""

from typing import Any

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, ContactSheet, MajorMatter, ProcessReview
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.dispatch import dispatch_settings, holders_of_post
from lingzhi.core.clock import today
from lingzhi.org.queries import assignments_on

LEADERSHIP = "leadership"


def leadership() -> list[User]:
    """Who hears of major matters: the post for it, else whoever holds the role leadership."""
    people = holders_of_post(dispatch_settings().major_post)
    if people:
        return people
    held = assignments_on(today()).filter(role=LEADERSHIP, person__is_active=True)
    return list(dict.fromkeys(one.person for one in held.select_related("person")))


def major_word(case: Case) -> str:
    """The word of the settings that makes a case a major matter; empty where none stands in it."""
    text = f"{case.title}\n{case.description}\n{case.demand}".lower()
    words = (word.strip() for word in dispatch_settings().major_words.splitlines())
    return next((word for word in words if word and word.lower() in text), "")


def hands_of(case: Case) -> set[int]:
    """Everybody who had a hand in a case: nobody of them reviews its process."""
    people = {case.owner_id, case.handler_id, case.opened_by_id}
    people |= set(case.events.order_by().values_list("by", flat=True).distinct())
    return {one for one in people if one is not None}


def _of_visible(user: User, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(case__in=cases_visible_to(user).select_related(None).values("pk"))


def sheets_visible_to(user: User, *, missing: bool = False) -> QuerySet[ContactSheet]:
    """Sheets of cases within sight; only those that are missing, the oldest first."""
    rows = _of_visible(user, ContactSheet.objects.select_related("case", "unit", "begun_by"))
    return rows.filter(filed_at=None).order_by("due_on") if missing else rows


def majors_visible_to(user: User) -> QuerySet[MajorMatter]:
    """Major matters within sight, those that nobody acknowledged first."""
    rows = MajorMatter.objects.select_related("case", "acknowledged_by", "by")
    if user not in leadership():
        rows = _of_visible(user, rows)
    return rows.order_by("acknowledged_at", "-told_at")


def reviews_visible_to(user: User) -> QuerySet[ProcessReview]:
    """Internal reviews of cases within sight, and those that this person makes."""
    rows = ProcessReview.objects.select_related("case", "reviewer")
    visible = cases_visible_to(user).select_related(None).values("pk")
    return rows.filter(Q(case__in=visible) | Q(reviewer=user)).order_by("-pk")
