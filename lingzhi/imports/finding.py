"""Imports in the global search."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.finding import Found, Searched
from lingzhi.imports.queries import visible_to


def _find(user: User, text: str, most: int) -> list[Found]:
    named = Q(file_name__icontains=text) | Q(source__icontains=text)
    return [
        Found(
            batch.file_name,
            f"{batch.source} · {batch.state.label}",
            reverse("imports:detail", args=[batch.pk]),
        )
        for batch in visible_to(user).filter(named).order_by("-pk")[:most]
    ]


def _all_url(text: str) -> str:
    return f"{reverse('imports:list')}?{urlencode({'text': text})}"


SEARCH = Searched(_("Imports"), _find, "imports.run", _all_url)
