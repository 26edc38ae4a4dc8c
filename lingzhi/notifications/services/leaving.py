"""Notices that leave the house: a delivery for each way a person chose, in their transaction."""

from collections.abc import Sequence

from django.conf import settings

from lingzhi.core.clock import now
from lingzhi.notifications.models import Delivery, Notice
from lingzhi.notifications.queries import wishes_of
from lingzhi.notifications.timing import next_round

OWN = "notifications."  # matters that tell of failing ways: they stay inside


def let_out(notices: Sequence[Notice]) -> int:
    """Write the deliveries of new notices; their number."""
    going = [one for one in notices if not one.matter.startswith(OWN)]
    wishes = wishes_of(one.person_id for one in going) if going else {}
    moment = now()
    rows = []
    for notice in going:
        wish = wishes.get(notice.person_id)
        if wish is None:
            continue
        due = moment if notice.is_urgent else next_round(wish, moment)
        if wish.by_mail and wish.person.email and settings.EMAIL_HOST:
            rows.append(Delivery(notice=notice, next_at=due))
        rows += [Delivery(notice=notice, channel=one, next_at=due) for one in wish.channels.all()]
    return len(Delivery.objects.bulk_create(rows))
