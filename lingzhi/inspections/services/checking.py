"""Second scores and gold tasks, hidden in normal work (盲复评, 金标任务); off by default.

Which score is followed by one, and who gets it, hangs on a hash keyed with the installation's
secret: nobody can foresee it, and it can be computed again.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError
from lingzhi.inspections.models import Calibration, GoldStandard, Plan, Review, Sheet, Task
from lingzhi.inspections.queries.chance import keyed_chance
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.inspections.queries.quality import gold_for, second_scorers

DAYS_TO_DO = Plan._meta.get_field("days_to_do").default


class NotClosedYet(DomainError):
    message = _("Only answers of a closed calibration can be used as gold tasks.")


class NoGoldInUse(DomainError):
    message = _("None of these conversations is in use as a gold task.")


def draw_checks(review: Review) -> None:
    """Perhaps somebody else gets the conversation of a given score too; perhaps its inspector
    gets one whose answers are known. The centre's settings say how often."""
    policy = policy_of(review.unit)
    if keyed_chance("second", review.pk) < policy.second_ratio:
        scorers = second_scorers(review)
        if scorers:
            chosen = min(scorers, key=lambda one: keyed_chance("scorer", review.pk, one.pk))
            _give(review.contact, review.version.sheet, chosen, Task.Reason.SECOND)
    if keyed_chance("gold", review.pk) < policy.gold_ratio:
        known = gold_for(review)
        if known:
            gold = min(known, key=lambda one: keyed_chance("known", review.pk, one.pk))
            _give(gold.contact, review.version.sheet, review.inspector, Task.Reason.GOLD)


def _give(contact: Contact, sheet: Sheet, person: User, reason: Task.Reason) -> None:
    at = now()
    Task.objects.create(
        contact=contact, sheet=sheet, reason=reason, is_repeat=True, inspector=person,
        created_at=at, assigned_at=at, due_at=at + timedelta(days=DAYS_TO_DO),
    )  # fmt: skip


@transaction.atomic
def use_as_gold(calibration: Calibration, *, by: User) -> int:
    """The agreed answers of a closed calibration become known ones; how many are new."""
    if calibration.state != Calibration.State.CLOSED:
        raise NotClosedYet()
    talks = calibration.talks.select_related("contact")
    used = set(
        GoldStandard.objects.filter(
            retired_at=None, version=calibration.version, contact__in=[one.contact for one in talks]
        ).values_list("contact", flat=True)
    )
    made = GoldStandard.objects.bulk_create(
        GoldStandard(
            contact=one.contact, version=calibration.version, talk=one, answers=one.agreed,
            value=one.agreed_value, made_at=now(), made_by=by,
        )
        for one in talks
        if one.contact_id not in used
    )  # fmt: skip
    record(by, "inspections.gold_used", calibration, after={"conversations": len(made)})
    return len(made)


@transaction.atomic
def retire_gold(calibration: Calibration, *, by: User) -> None:
    """Give the conversations of a calibration to nobody any more; what was compared stays."""
    rows = GoldStandard.objects.filter(talk__calibration=calibration, retired_at=None)
    gone = rows.update(retired_at=now())
    if not gone:
        raise NoGoldInUse()
    record(by, "inspections.gold_retired", calibration, after={"conversations": gone})
