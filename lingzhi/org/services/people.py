"""What ends when a person leaves; identities and skills of people."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import SEPARATED
from lingzhi.accounts.services import deactivate
from lingzhi.audit.services import record
from lingzhi.core.clock import today
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Assignment, Identity, PostHolding, Skill
from lingzhi.org.queries import assignments_on, in_force
from lingzhi.org.services.roles import LastAdministrator, OwnRights


class IdentityTaken(DomainError):
    message = _("Somebody has this identity at that time.")


@transaction.atomic
def deactivate_person(person: User, *, by: User | None, reason: str = "") -> None:
    """The person leaves: access closes at once, roles, posts and identities end with today.

    The last system, security or audit administrator cannot leave.
    """
    if by is not None and by.pk == person.pk:
        raise OwnRights()
    _keep_administered(person)
    day = today()
    deactivate(person, by=by, reason=reason)
    ended = {
        model.__name__.lower(): _end_open(model, person, day)
        for model in (Assignment, Identity, PostHolding)
    }
    record(by, "org.person_left", person, after=ended, reason=reason)


def _keep_administered(person: User) -> None:
    held = assignments_on(today()).filter(role__in=SEPARATED, person__is_active=True)
    mine = set(held.filter(person=person).values_list("role", flat=True))
    others = set(held.exclude(person=person).values_list("role", flat=True))
    if mine - others:
        raise LastAdministrator()


def _end_open(model: Any, person: User, day: date) -> int:
    """End what holds on `day` with it, and take back what would only begin later."""
    open_rows = model.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=day), person=person)
    planned, _ = open_rows.filter(from_on__gt=day).delete()
    return planned + open_rows.filter(from_on__lte=day).update(to_on=day)


@transaction.atomic
def add_identity(
    person: User,
    *,
    kind: str,
    value: str,
    from_on: date,
    to_on: date | None = None,
    by: User | None,
) -> Identity:
    """From `from_on` on, `value` means this person. Refused while somebody else has it."""
    value = value.strip()
    overlapping = Q(to_on__isnull=True) | Q(to_on__gte=from_on)
    if to_on is not None:
        overlapping &= Q(from_on__lte=to_on)
    if Identity.objects.filter(overlapping, kind=kind, value=value).exists():
        raise IdentityTaken()
    identity = Identity.objects.create(
        person=person, kind=kind, value=value, from_on=from_on, to_on=to_on
    )
    record(by, "org.identity_added", person, after={"kind": kind, "from": str(from_on)})
    return identity


@transaction.atomic
def end_identity(identity: Identity, *, on: date, by: User | None) -> None:
    """The identity is the person's up to and including `on`; before its first day: never was."""
    record(by, "org.identity_ended", identity.person, after={"kind": identity.kind, "to": str(on)})
    if on < identity.from_on:
        identity.delete()
        return
    identity.to_on = on
    identity.save(update_fields=["to_on"])


@transaction.atomic
def set_skills(person: User, names: list[str], *, on: date, by: User | None) -> None:
    """From `on` the person has exactly these skills; those held before keep level and start."""
    wanted = {name.strip() for name in names if name.strip()}
    current = {row.name: row for row in Skill.objects.filter(in_force(on), person=person)}
    if wanted == current.keys():
        return
    for name in current.keys() - wanted:
        _end_skill(current[name], on - timedelta(days=1))
    Skill.objects.bulk_create(
        Skill(person=person, name=name, from_on=on) for name in sorted(wanted - current.keys())
    )
    after = {"skills": sorted(wanted)}
    record(by, "org.skills_set", person, before={"skills": sorted(current)}, after=after)


def _end_skill(skill: Skill, on: date) -> None:
    if on < skill.from_on:
        skill.delete()
        return
    skill.to_on = on
    skill.save(update_fields=["to_on"])
