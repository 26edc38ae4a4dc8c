"""A person's inbox."""

from django.db.models import QuerySet
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.notifications.models import Notice


def inbox_of(person: User) -> QuerySet[Notice]:
    """Everything that is open, to-dos first."""
    return Notice.objects.filter(person=person, ended_at=None).order_by("-is_todo", "-id")


def ended_of(person: User) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).exclude(ended_at=None).order_by("-ended_at")


def bell(person: User) -> tuple[str, int]:
    """Address and number of open lines, for the top of every page."""
    return reverse("notifications:inbox"), inbox_of(person).count()
