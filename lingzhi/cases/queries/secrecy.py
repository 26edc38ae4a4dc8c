"""Whose complainant is hidden, and from whom."""

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Secrecy
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.dispatch import dispatch_settings, holds_post


def is_hidden(case: Case) -> bool:
    """Whether the complainant is hidden. Then no page shows customer or conversation."""
    return Secrecy.objects.filter(case=case, lifted_at=None).exists()


def shown_cases_of(user: User) -> QuerySet[Case]:
    """What a person may see, without cases whose customer is hidden: to name beside a customer."""
    return cases_visible_to(user).exclude(secrecy__isnull=False, secrecy__lifted_at=None)


def may_see_hidden(user: User) -> bool:
    """Whether a person holds the post that may ask for a hidden complainant."""
    return holds_post(user, dispatch_settings().secrecy_post)
