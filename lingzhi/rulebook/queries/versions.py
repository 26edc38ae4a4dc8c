"""Regulations and their versions: which hold where, and when."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach
from lingzhi.rulebook.models import Clause, Regulation, Version

READ, WRITE = "rulebook.read", "rulebook.write"


def held_in(first: date, last: date) -> Q:
    """A filter for versions that are in force on some day from `first` to `last`."""
    is_approved = Q(approved_at__isnull=False, effective_on__lte=last)
    is_there = Q(withdrawn_at=None) | Q(ended_on__isnull=False)
    is_not_over = Q(ended_on=None) | Q(ended_on__gte=first)
    is_no_past_pilot = Q(pilot_until=None) | Q(pilot_until__gte=first)
    return is_approved & is_there & is_not_over & is_no_past_pilot


def versions_in_force(first: date, last: date) -> QuerySet[Version]:
    """Versions, pilots included, that hold on some day of the period, those of the top first."""
    rows = Version.objects.filter(held_in(first, last))
    rows = rows.select_related("regulation__unit").prefetch_related("pilot_units")
    return rows.order_by("regulation__unit__path", "regulation__pack", "effective_on")


def version_in_force(regulation: Regulation, day: date | None = None) -> Version | None:
    """The version that holds on `day` (today) for everybody; never a pilot."""
    day = day or today()
    rows = regulation.versions.filter(held_in(day, day), pilot_until=None)
    return rows.select_related("regulation__unit").order_by("-effective_on").first()


def open_pilots(regulation: Regulation, day: date | None = None) -> list[Version]:
    """Pilots that hold on `day` (today), and those that are over and await their decision."""
    day = day or today()
    awaits = Q(decision="", pilot_until__lt=day, applied_at__isnull=False, withdrawn_at=None)
    rows = regulation.versions.filter(held_in(day, day) | awaits, pilot_until__isnull=False)
    return list(rows.order_by("effective_on"))


def open_draft(regulation: Regulation) -> Version | None:
    """The version that is being written or agreed to; there is one at most."""
    return regulation.versions.filter(approved_at=None, withdrawn_at=None).first()


def latest_version(regulation: Regulation) -> Version | None:
    """The version with the last day of entry among those agreed to, whether it has come or not."""
    rows = regulation.versions.filter(approved_at__isnull=False, withdrawn_at=None)
    return rows.filter(pilot_until=None).order_by("-effective_on").first()


def versions_for(unit: Unit, day: date | None = None) -> list[Version]:
    """What is in force for a unit: of each pack the nearest upwards, for it overrides the rest."""
    day = day or today()
    rows = Version.objects.filter(held_in(day, day), pilot_until=None)
    rows = rows.filter(regulation__unit__in=[*unit.above, unit.pk])
    rows = rows.select_related("regulation__unit").order_by("regulation__unit__path")
    return list({version.regulation.pack: version for version in rows}.values())


def regulations_for(unit: Unit, day: date | None = None) -> list[Regulation]:
    """The regulations in force for a unit."""
    return [version.regulation for version in versions_for(unit, day)]


def clause_history(regulation: Regulation, number: str) -> list[Clause]:
    """One clause through the versions that were agreed to, the newest first."""
    rows = Clause.objects.filter(version__regulation=regulation, number=number)
    rows = rows.filter(version__approved_at__isnull=False).select_related("version")
    return list(rows.prefetch_related("controls").order_by("-version__number"))


def regulations_visible_to(user: User) -> QuerySet[Regulation]:
    """Whatever was once in force, for everybody; drafts of one's own units for who writes them."""
    rows = Regulation.objects.select_related("unit")
    if not user.can(READ):
        return rows.none()
    published = Q(pk__in=Version.objects.filter(approved_at__isnull=False).values("regulation"))
    return rows.filter(published | _own(user))


def versions_visible_to(user: User) -> QuerySet[Version]:
    """Versions agreed to; others for who writes them and for whose signature they wait."""
    rows = Version.objects.select_related("regulation__unit", "approval")
    if not user.can(READ):
        return rows.none()
    signing = [
        version.pk
        for version in rows.filter(approval__isnull=False, approved_at=None)
        if version.approval and user.roles & set(version.approval.roles)
    ]
    own = Version.objects.filter(regulation__in=Regulation.objects.filter(_own(user)))
    return rows.filter(Q(approved_at__isnull=False) | Q(pk__in=signing) | Q(pk__in=own))


def _own(user: User) -> Q:
    return _below(reach(user, WRITE).paths)


def _below(paths: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(unit__path__startswith=path)
    return found
