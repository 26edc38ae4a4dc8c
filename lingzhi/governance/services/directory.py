"""The service directory: writing versions of services, their approval, and their end."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import ServiceEntry, ServicePromise
from lingzhi.governance.queries.months import months_later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Clause

State = ServiceEntry.State
MATTER = "governance.service"
USUAL = ["leadership"]  # until the house sets its own chain
FACTS = (
    "name", "provided", "for_whom", "channels", "calendar_id", "hours", "unit_id", "post_id",
    "owner_id", "every_months", "change",
)  # fmt: skip
WRITTEN = ("title", "value", "stated_in", "definition_id", "target")


class ServiceIsElsewhere(DomainError):
    message = _("The state of the service does not allow this, or somebody was quicker.")


@transaction.atomic
def keep_entry(entry: ServiceEntry, *, clause: Clause | None = None, by: User) -> ServiceEntry:
    """A draft, new or changed; `clause` is one that it stands on. Raises ServiceIsElsewhere."""
    old = None
    if entry.pk:
        _claim(entry, State.DRAFT, state=State.DRAFT)
        old = _facts(ServiceEntry.objects.get(pk=entry.pk))
    entry.kept_at, entry.kept_by = now(), by
    entry.save()
    if clause is not None:
        entry.clauses.add(clause)
    record(by, "governance.service_kept", entry, before=old, after=_facts(entry))
    return entry


@transaction.atomic
def keep_promise(promise: ServicePromise, *, by: User) -> ServiceEntry:
    """A promise of a draft, new or changed. Raises ServiceIsElsewhere."""
    _claim(promise.entry, State.DRAFT, state=State.DRAFT)
    promise.save()
    after = {"promise": promise.pk, **_written(promise)}
    record(by, "governance.service_promise_kept", promise.entry, after=after)
    return promise.entry


@transaction.atomic
def remove_promise(promise: ServicePromise, *, by: User) -> None:
    """Out of a draft. Raises ServiceIsElsewhere."""
    _claim(promise.entry, State.DRAFT, state=State.DRAFT)
    before = {"promise": promise.pk, **_written(promise)}
    record(by, "governance.service_promise_removed", promise.entry, before=before)
    promise.delete()


@transaction.atomic
def stand_on(entry: ServiceEntry, clause: Clause, *, by: User) -> ServiceEntry:
    """A draft stands on a clause as well. Raises ServiceIsElsewhere."""
    _claim(entry, State.DRAFT, state=State.DRAFT)
    entry.clauses.add(clause)
    record(by, "governance.service_stands_on", entry, after={"clause": clause.pk})
    return entry


@transaction.atomic
def stand_off(entry: ServiceEntry, clause: Clause, *, by: User) -> ServiceEntry:
    """A draft stands on a clause no more. Raises ServiceIsElsewhere."""
    _claim(entry, State.DRAFT, state=State.DRAFT)
    entry.clauses.remove(clause)
    record(by, "governance.service_stands_on", entry, before={"clause": clause.pk})
    return entry


@transaction.atomic
def request_approval(entry: ServiceEntry, *, by: User) -> Approval | None:
    """Put it before the chain of services. Raises BadInput, ServiceIsElsewhere."""
    if not entry.promises.exists():
        raise BadInput(_("A service without a promise cannot be held to anything: add one."))
    _claim(entry, State.DRAFT, state=State.ASKED)
    return ask(
        entry, MATTER, title=entry.name, url=url_of(entry), content=content_of(entry),
        job="governance.approve_service", arguments={"entry_id": entry.pk},
        roles=chain_of(MATTER) or USUAL, by=by,
    )  # fmt: skip


@transaction.atomic
def offer(entry: ServiceEntry, approval: Approval) -> bool:
    """The last signature was given: it is offered, and the version before it ends. False where it
    is not what was signed, waits no more, or what it changes was withdrawn meanwhile.
    """
    if entry.state != State.ASKED or not approval.covers(content_of(entry)):
        return False
    moment, signer = now(), approval.signatures.latest("step").signed_by
    if entry.before is not None:
        rows = ServiceEntry.objects.filter(pk=entry.before.pk, state=State.OFFERED)
        if not rows.update(state=State.REPLACED, ended_at=moment, ended_because=entry.change):
            return False
        settle_matter(matter_of(entry.before))
    review_on = months_later(today(), entry.every_months)
    _claim(entry, State.ASKED, state=State.OFFERED, approved_at=moment, approved_by=signer,
           review_on=review_on)  # fmt: skip
    record(signer, "governance.service_offered", entry, after={"approval": approval.pk})
    tell([entry.owner], _("You answer for a service"), body=entry.name, url=url_of(entry))
    return True


@transaction.atomic
def reopen(entry: ServiceEntry, *, by: User) -> ServiceEntry:
    """A draft again after a refusal, or once its approval was taken back.

    Raises ServiceIsElsewhere.
    """
    subject = f"{entry._meta.label_lower}/{entry.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise ServiceIsElsewhere(_("Its approval is still open."))
    _claim(entry, State.ASKED, state=State.DRAFT)
    record(by, "governance.service_reopened", entry)
    return entry


@transaction.atomic
def next_version(entry: ServiceEntry, change: str, *, by: User) -> ServiceEntry:
    """The draft of what is to take its place, with the same words, promises and clauses.

    The offered version holds until the new one is approved. Raises BadInput, ServiceIsElsewhere.
    """
    why = change.strip()
    if not why:
        raise BadInput(_("Say what changes."), field="reason")
    _claim(entry, State.OFFERED, state=State.OFFERED)
    if entry.following.filter(state__in=[State.DRAFT, State.ASKED]).exists():
        raise ServiceIsElsewhere(_("A next version is being written already."))
    same = {name: getattr(entry, name) for name in FACTS if name != "change"}
    found = ServiceEntry.objects.create(
        before=entry, number=entry.number + 1, change=why, kept_at=now(), kept_by=by, **same
    )
    ServicePromise.objects.bulk_create(
        ServicePromise(entry=found, **_written(one)) for one in entry.promises.all()
    )
    found.clauses.set(entry.clauses.all())
    record(by, "governance.service_kept", found, after=_facts(found), reason=why)
    return found


@transaction.atomic
def withdraw(entry: ServiceEntry, reason: str, *, by: User) -> ServiceEntry:
    """It is offered no more, or a draft is given up. Raises BadInput, ServiceIsElsewhere."""
    why = reason.strip()
    if not why:
        raise BadInput(_("Say why."), field="reason")
    if entry.state not in (State.DRAFT, State.OFFERED):
        raise ServiceIsElsewhere()
    if entry.following.filter(state=State.ASKED).exists():
        raise ServiceIsElsewhere(_("The approval of its next version is still open."))
    for draft in entry.following.filter(state=State.DRAFT):
        withdraw(draft, why, by=by)
    _claim(entry, entry.state, state=State.WITHDRAWN, ended_at=now(), ended_because=why)
    settle_matter(matter_of(entry))
    record(by, "governance.service_withdrawn", entry, reason=why)
    return entry


def content_of(entry: ServiceEntry) -> dict[str, Any]:
    """What signatures are bound to."""
    promises = [list(_written(one).values()) for one in entry.promises.order_by("pk")]
    clauses: Sequence[int] = list(entry.clauses.order_by("pk").values_list("pk", flat=True))
    return _facts(entry) | {"promises": promises, "clauses": clauses}


def _facts(entry: ServiceEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FACTS}


def _written(promise: ServicePromise) -> dict[str, Any]:
    return {name: getattr(promise, name) for name in WRITTEN}


def _claim(entry: ServiceEntry, state_now: str, /, **changes: Any) -> None:
    if not ServiceEntry.objects.filter(pk=entry.pk, state=state_now).update(**changes):
        raise ServiceIsElsewhere()
    for name, value in changes.items():
        setattr(entry, name, value)


def url_of(entry: ServiceEntry) -> str:
    return reverse("governance:service", args=[entry.pk])


def matter_of(entry: ServiceEntry) -> str:
    return f"governance.service/{entry.pk}"
