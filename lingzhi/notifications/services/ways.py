"""How a person wants to be told besides the inbox."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Wishes
from lingzhi.notifications.queries import open_channels


@transaction.atomic
def choose_ways(values: dict[str, Any], *, by: User) -> Wishes:
    """Keep what the person chose (fields of Wishes), for notices from now on. Raises BadInput."""
    chosen = dict(values)
    channels = list(open_channels().filter(pk__in=[one.pk for one in chosen.pop("channels", [])]))
    if chosen.get("by_mail") and not by.email:
        raise BadInput(_("Enter your e-mail address under My settings first."), field="by_mail")
    if chosen.get("quiet") != Wishes.Quiet.OWN:
        chosen |= {"quiet_from": None, "quiet_until": None}
    elif not (chosen.get("quiet_from") and chosen.get("quiet_until")):
        raise BadInput(_("Give both times."), field="quiet_until")
    elif chosen["quiet_from"] == chosen["quiet_until"]:
        raise BadInput(_("Quiet hours cannot last the whole day."), field="quiet_until")
    wishes, _is_new = Wishes.objects.update_or_create(person=by, defaults=chosen)
    wishes.channels.set(channels)
    after = {
        "by_mail": wishes.by_mail, "channels": sorted(one.pk for one in channels),
        "rhythm": wishes.rhythm, "quiet": wishes.quiet,
    }  # fmt: skip
    record(by, "notifications.ways_chosen", wishes, after=after)
    return wishes
