"""Looking again at services and the quality policy: asking their owners, and what they found."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.governance.models import DirectoryReview, PolicyVersion, ServiceEntry
from lingzhi.governance.queries.directory import services_to_tell
from lingzhi.governance.queries.months import months_later
from lingzhi.governance.queries.policies import in_force_still, policies_to_tell
from lingzhi.governance.services import directory, policies
from lingzhi.notifications.services import settle_matter, tell

Outcome = DirectoryReview.Outcome


@transaction.atomic
def review_entry(entry: ServiceEntry, outcome: str, reason: str, *, by: User) -> ServiceEntry:
    """What was found; gives the draft where it is to be changed, else the version itself.

    Raises BadInput, ServiceIsElsewhere.
    """
    why, due_on = _why(reason), entry.review_on
    rows = ServiceEntry.objects.filter(
        pk=entry.pk, state=ServiceEntry.State.OFFERED, review_on=due_on
    )
    following = _next(entry.every_months)
    if due_on is None or not rows.update(review_on=following, told_on=None):
        raise directory.ServiceIsElsewhere()
    entry.review_on, entry.told_on = following, None
    DirectoryReview.objects.create(
        entry=entry, due_on=due_on, outcome=outcome, reason=why, said_at=now(), said_by=by
    )
    settle_matter(directory.matter_of(entry))
    record(by, "governance.service_reviewed", entry, after={"outcome": outcome}, reason=why)
    if outcome == Outcome.CHANGED:
        return directory.next_version(entry, why, by=by)
    if outcome == Outcome.WITHDRAWN:
        return directory.withdraw(entry, why, by=by)
    return entry


@transaction.atomic
def review_policy(policy: PolicyVersion, outcome: str, reason: str, *, by: User) -> PolicyVersion:
    """What was found; gives the draft where it is to be changed, else the version itself.

    Raises BadInput, PolicyIsElsewhere.
    """
    why, due_on = _why(reason), policy.review_on
    rows = in_force_still(today()).filter(pk=policy.pk, review_on=due_on)
    following = _next(policy.every_months)
    if due_on is None or not rows.update(review_on=following, told_on=None):
        raise policies.PolicyIsElsewhere()
    policy.review_on, policy.told_on = following, None
    DirectoryReview.objects.create(
        policy=policy, due_on=due_on, outcome=outcome, reason=why, said_at=now(), said_by=by
    )
    settle_matter(policies.matter_of(policy))
    record(by, "governance.policy_reviewed", policy, after={"outcome": outcome}, reason=why)
    if outcome == Outcome.CHANGED:
        return policies.next_policy(policy, why, by=by)
    if outcome == Outcome.WITHDRAWN:
        policies.withdraw(policy, why, by=by)
    return policy


def ask_owners() -> int:
    """Two weeks before a review is due it is a to-do of the owner; the number of people told."""
    return _tell_services(services_to_tell(today())) + _tell_policies(policies_to_tell(today()))


def _tell_services(rows: Iterable[ServiceEntry]) -> int:
    told = 0
    for one in rows:
        with transaction.atomic():
            ServiceEntry.objects.filter(pk=one.pk).update(told_on=today())
            told += tell(
                [one.owner], _("A service is to be looked at again"), body=one.name,
                url=directory.url_of(one), is_todo=True, matter=directory.matter_of(one),
            )  # fmt: skip
    return told


def _tell_policies(rows: Iterable[PolicyVersion]) -> int:
    told = 0
    for one in rows:
        with transaction.atomic():
            PolicyVersion.objects.filter(pk=one.pk).update(told_on=today())
            told += tell(
                [one.owner], _("The quality policy is to be looked at again"),
                body=one.unit.name, url=policies.url_of(one), is_todo=True,
                matter=policies.matter_of(one),
            )  # fmt: skip
    return told


def _next(every_months: int) -> date:
    return months_later(today(), every_months)


def _why(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    return why
