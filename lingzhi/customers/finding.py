"""Customers in the global search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.customers.presenting.files import rows_of
from lingzhi.customers.queries.files import listed_for
from lingzhi.customers.queries.known import fitting


def _find(user: User, text: str, most: int) -> list[Found]:
    rows = listed_for(user, text).filter(fitting(text)) if text.strip() else listed_for(user).none()
    rows = rows.select_related("company").prefetch_related("identifiers")
    return [
        Found(
            f"{row.customer} {row.name}".strip(),
            " · ".join(filter(None, (row.contact, str(row.customer.company or "")))),
            reverse("customers:detail", args=[row.customer.pk]),
        )
        for row in rows_of(list(rows[:most]))
    ]


def _all_url(text: str) -> str:
    return f"{reverse('customers:list')}?{urlencode({'text': text})}"


SEARCH = Searched(_("Customers"), _find, "customers.read", _all_url)
