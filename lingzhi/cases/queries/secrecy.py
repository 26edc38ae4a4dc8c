"""Whose complainant is hidden, and from whom."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Secrecy
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.dispatch import dispatch_settings, holds_post
from lingzhi.cases.queries.people import units_of


def is_hidden(case: Case) -> bool:
    """Whether the complainant is hidden. Then no page shows customer or conversation."""
    return Secrecy.objects.filter(case=case, lifted_at=None).exists()


def named_beside_customer(user: User, rows: QuerySet[Case]) -> QuerySet[Case]:
    """The cases whose customer this person may learn.

    Left out are those whose complainant is hidden, and complaints about a unit where the person
    works, unless they answer for them (I-53).
    """
    about_mine = Q(complaint__accused_unit__in=units_of(user)) & ~Q(owner=user)
    return rows.exclude(secrecy__isnull=False, secrecy__lifted_at=None).exclude(about_mine)


def shown_cases_of(user: User) -> QuerySet[Case]:
    """What a person may see, and may see named beside its customer."""
    return named_beside_customer(user, cases_visible_to(user))


def kept_back(user: User, cases: Iterable[Case]) -> set[int]:
    """Ids of those of these cases whose customer and conversation this person may not learn."""
    keys = {case.pk for case in cases}
    named = named_beside_customer(user, Case.objects.filter(pk__in=keys))
    return keys - set(named.values_list("pk", flat=True))


def may_see_hidden(user: User) -> bool:
    """Whether a person holds the post that may ask for a hidden complainant."""
    return holds_post(user, dispatch_settings().secrecy_post)
