"""Taking up a weak link, so that it can be put right."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit
from lingzhi.reports.models import WeakStep
from lingzhi.reports.queries.weak_steps import Asked, Compared, Place, Step


@transaction.atomic
def take_up_step(
    step: Step, asked: Asked, unit: Unit, compared: Compared, place: Place | None, *,
    words: str, by: User,
) -> WeakStep:  # fmt: skip
    """Keep a step with its figures as they are now; `place` says where it is worse than elsewhere.

    Raises BadInput where nobody was lost or nothing is said.
    """
    if not words.strip():
        raise BadInput(_("Say what was seen."), field="words")
    shown = place.compared if place else compared
    if not shown.now.lost:
        raise BadInput(_("Nobody was lost here in this time."))
    before = compared.other if place is None else place.compared.other
    found = WeakStep.objects.create(
        step=step.code, unit=unit, channel=asked.channel, axis=place.axis if place else "",
        value=place.words[:120] if place else "", first=asked.first, last=asked.last,
        entered=shown.now.entered, went_on=shown.now.went_on,
        before_entered=before.entered, before_went_on=before.went_on,
        words=words.strip(), taken_at=now(), taken_by=by,
    )  # fmt: skip
    after = {"step": step.code, "unit": unit.pk, "lost": shown.now.lost, "of": shown.now.entered}
    record(by, "reports.weak_step_taken", found, after=after)
    return found
