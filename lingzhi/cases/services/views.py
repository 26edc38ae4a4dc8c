"""Keeping lists under a name."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import SavedView
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit


@transaction.atomic
def keep_view(title: str, query: str, *, unit: Unit | None = None, by: User) -> SavedView:
    """Keep a list under a title, for oneself or for a unit. Raises BadInput for a title in use."""
    if not title.strip():
        raise BadInput(_("Give it a name."), field="title")
    try:
        with transaction.atomic():
            view = SavedView.objects.create(
                person=by, unit=unit, title=title.strip()[:40], query=query[:500]
            )
    except IntegrityError as error:
        raise BadInput(_("You have a view of this name already."), field="title") from error
    record(by, "cases.view_kept", view, after={"title": view.title, "query": view.query})
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: User) -> None:
    """The list is kept no more."""
    record(by, "cases.view_dropped", view, before={"title": view.title, "query": view.query})
    view.delete()
