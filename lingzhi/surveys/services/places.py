"""Counters and outlets where a code hangs."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.surveys.models import Place


class PlaceClosed(DomainError):
    message = _("This place was closed already.")


@transaction.atomic
def open_place(place: Place, *, by: User) -> Place:
    """A place with a code of its own."""
    place.created_at, place.created_by = now(), by
    place.save(force_insert=True)
    record(by, "surveys.place_opened", place, after={"unit": place.unit_id})
    return place


@transaction.atomic
def close_place(place: Place, *, by: User) -> None:
    """Its code leads nowhere any more. Raises PlaceClosed."""
    if not Place.objects.filter(pk=place.pk, closed_at=None).update(closed_at=now()):
        raise PlaceClosed()
    record(by, "surveys.place_closed", place)
