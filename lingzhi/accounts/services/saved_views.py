"""Keeping and forgetting the filters of a list."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from lingzhi.accounts.models import SavedView, User
from lingzhi.audit.services import record
from lingzhi.core.clock import now

MOST = 30
# What moves through a list does not belong to how it is seen.
PASSING = {"page"}


@transaction.atomic
def save_view(person: User, *, page: str, name: str, query: str) -> SavedView:
    """Keep `query` under `name`; a view of that name is replaced. The oldest beyond 30 go."""
    kept = [(key, value) for key, value in parse_qsl(query) if key not in PASSING]
    view = SavedView.objects.update_or_create(
        person=person,
        page=page,
        name=name,
        defaults={"query": urlencode(kept)[:1000], "created_at": now()},
    )[0]
    oldest = SavedView.objects.filter(person=person, page=page).order_by("-created_at")[MOST:]
    SavedView.objects.filter(pk__in=[one.pk for one in oldest]).delete()
    record(person, "accounts.view_saved", view, after={"page": page})
    return view


@transaction.atomic
def forget_view(view: SavedView, *, by: User) -> None:
    record(by, "accounts.view_forgotten", view, before={"page": view.page})
    view.delete()
