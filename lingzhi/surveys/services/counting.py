"""Days whose figures of surveys changed: somebody was asked, answered, or has no time left to."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from lingzhi.core.clock import now
from lingzhi.kpis.services import mark_days
from lingzhi.surveys.models import Answering, Invitation

LOOK_BACK = timedelta(hours=3)  # runs every hour; a run that was missed is made up for


@transaction.atomic
def mark_changed_days() -> int:
    """Have the indicators count these days anew; how many. Marking twice does no harm."""
    since, until = now() - LOOK_BACK, now()
    changed = Q()
    for moment in ("due_at", "sent_at", "expires_at", "finished_at"):
        changed |= Q(**{f"{moment}__gt": since, f"{moment}__lte": until})
    served = list(Invitation.objects.filter(changed).values_list("served_at", flat=True))
    said = Answering.objects.filter(
        Q(started_at__gt=since, started_at__lte=until)
        | Q(finished_at__gt=since, finished_at__lte=until)
    )
    for at, began in said.annotate(at=F("invitation__served_at")).values_list("at", "started_at"):
        served.append(at or began)
    days = {localdate(at) for at in served}
    mark_days(days)
    return len(days)
