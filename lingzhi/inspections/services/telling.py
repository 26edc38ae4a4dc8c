"""Handing severe findings to the quality representatives of the units they are about (R-OR-08)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.inspections.models import Inspection, LiveFinding, RuleVersion
from lingzhi.inspections.queries import contacts_with, rules_in_force
from lingzhi.notifications.services import tell
from lingzhi.org.models import Matter, Unit
from lingzhi.org.queries import responsible_now


@transaction.atomic
def tell_representatives(rows: QuerySet[Contact], *, since: datetime | None = None) -> int:
    """One to-do a unit with a representative, where rules in force found something severe in
    `rows`; how many people were told.

    Only judgements made after `since` count. A team without a representative belongs to the
    nearest unit above that has one. While a unit's to-do is open, it is not told again.
    """
    return sum(
        _tell(unit, number) for unit, number in _by_represented_unit(_severe(rows, since)).items()
    )


def _severe(rows: QuerySet[Contact], since: datetime | None) -> dict[int, int]:
    """How many conversations have a severe violation, by the id of their unit."""
    severe = rules_in_force().filter(
        kind=RuleVersion.Kind.VIOLATION, severity=RuleVersion.Severity.SEVERE
    )
    found = contacts_with(rows, list(severe.values_list("rule_id", flat=True)))
    if since is not None:
        fresh = Inspection.objects.filter(is_latest=True, inspected_at__gte=since)
        found = found.filter(pk__in=fresh.values("contact"))
    counted = found.filter(unit__isnull=False).order_by().values("unit")
    return dict(counted.annotate(number=Count("pk")).values_list("unit", "number"))


def _by_represented_unit(severe: dict[int, int]) -> Counter[Unit]:
    """The same by the nearest unit upwards that names a representative."""
    found: Counter[Unit] = Counter()
    for unit in Unit.objects.filter(pk__in=severe):
        line = Unit.objects.filter(
            pk__in=[*unit.above, unit.pk], quality_representative__isnull=False
        )
        named = max(
            line.select_related("quality_representative"), key=lambda one: one.depth, default=None
        )
        if named is not None:
            found[named] += severe[unit.pk]
    return found


def _tell(unit: Unit, number: int) -> int:
    representative = unit.quality_representative
    person = representative and responsible_now(representative, now(), Matter.QUALITY)
    if person is None:
        return 0
    sentence = ngettext_lazy(
        "{unit}: {number} conversation with a severe finding",
        "{unit}: {number} conversations with a severe finding",
        number,
    )
    shown = {
        "unit": unit.pk,
        "period": "all",
        "kind": "violation",
        "severity": "severe",
        "verdict": "hit",
    }
    return tell(
        [person],
        format_lazy(sentence, unit=unit.name, number=number),
        url=f"{reverse('inspections:conversations')}?{urlencode(shown)}",
        is_todo=True,
        matter=f"inspections.severe/{unit.pk}",
    )


@transaction.atomic
def tell_live(findings: Sequence[LiveFinding]) -> int:
    """Tell who leads the agent's team of severe violations while the customer is still there."""
    first = {(one.contact_id, one.version_id): one for one in reversed(findings)}
    return sum(_tell_leader(one) for one in first.values() if _is_urgent(one.version))


def _is_urgent(version: RuleVersion) -> bool:
    return (
        version.state == RuleVersion.State.ACTIVE
        and version.kind == RuleVersion.Kind.VIOLATION
        and version.severity == RuleVersion.Severity.SEVERE
    )


def _tell_leader(found: LiveFinding) -> int:
    contact, unit = found.contact, found.contact.unit
    head = unit.owner if unit else None
    person = head and responsible_now(head, now(), Matter.QUALITY)
    if person is None:
        return 0
    return tell(
        [person],
        format_lazy(_("Now: {rule}"), rule=Title(found.version)),
        url=reverse("inspections:live_conversation", args=[contact.pk]),
        is_urgent=True,
        matter=f"inspections.live/{contact.pk}/{found.version_id}",
    )


class Title:
    """The title of a rule, said in the language of whoever is told."""

    def __init__(self, version: RuleVersion) -> None:
        self.version = version

    def __str__(self) -> str:
        return self.version.title
