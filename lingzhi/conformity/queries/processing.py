"""What the program itself knows about a kind of processing: how much, how long, who may see it.

Codes and numbers only, ready for JSON; `presenting.assessments` says them in words. A period of
None means that none is set.
"""

from datetime import timedelta
from typing import Any

from lingzhi.accounts.roles import ROLES
from lingzhi.audit.models import Entry
from lingzhi.conformity.models import Assessment
from lingzhi.contacts.models import Contact, Recording
from lingzhi.core.clock import now, today
from lingzhi.customers.models import Identifier
from lingzhi.inspections.models import Finding, Inspection, Policy, Review, TypicalCase
from lingzhi.knowledge.queries.articles import in_force
from lingzhi.notifications.models import Webhook
from lingzhi.org.queries import assignments_on

Kind = Assessment.Kind
YEAR = timedelta(days=365)
CARDS = (Identifier.Kind.ID_CARD, Identifier.Kind.BANK_CARD)
RIGHTS: dict[str, tuple[str, ...]] = {
    Kind.RECORDING: ("contacts.read", "contacts.listen", "contacts.download"),
    Kind.STAFF: ("inspections.read", "inspections.score", "inspections.watch"),
    Kind.SENSITIVE: ("customers.unmask", "customers.erase"),
    Kind.SHARING: ("contacts.export", "contacts.download", "system.settings"),
    Kind.PUBLICATION: ("portal.publish", "knowledge.approve", "reports.manage"),
}


def facts_of(kind: str) -> dict[str, Any]:
    """`amounts` by code, `days` kept, `rights` with the number of people who hold each."""
    return {"amounts": _amounts(kind), "days": _days(kind), "rights": _holders(kind)}


def _amounts(kind: str) -> dict[str, int]:
    since = now() - YEAR
    counted = {
        Kind.RECORDING: {
            "recordings": Recording.objects,
            "transcripts": Contact.objects.filter(turn_count__gt=0),
            "refused": Contact.objects.filter(recording_consent=False),
            "withheld": Contact.objects.filter(withheld_at__isnull=False),
        },
        Kind.STAFF: {
            "judged": Inspection.objects.filter(is_latest=True),
            "findings": Finding.objects.filter(verdict=Finding.Verdict.HIT),
            "scores": Review.objects.filter(state=Review.State.RELEASED),
            "listened": Entry.objects.filter(action="contacts.listened", at__gt=since),
        },
        Kind.SENSITIVE: {
            "identifiers": Identifier.objects,
            "cards": Identifier.objects.filter(kind__in=CARDS),
            "revealed": Entry.objects.filter(
                action__in=("contacts.revealed", "customers.revealed"), at__gt=since
            ),
        },
        Kind.SHARING: {
            "webhooks": Webhook.objects.filter(ended_at=None),
            "exported": Entry.objects.filter(action="contacts.exported", at__gt=since),
            "downloaded": Entry.objects.filter(action="contacts.downloaded", at__gt=since),
            "given_out": Entry.objects.filter(action="customers.person_exported", at__gt=since),
        },
        Kind.PUBLICATION: {
            "articles": in_force(to_customers=True),
            "cases": TypicalCase.objects.filter(state=TypicalCase.State.APPROVED),
        },
    }[Kind(kind)]
    return {code: rows.count() for code, rows in counted.items()}  # type: ignore[attr-defined]


def _days(kind: str) -> int | None:
    """How long it is kept: for findings about people as the centres set it, the longest."""
    if kind != Kind.STAFF:
        return None
    found = Policy.objects.order_by("-keep_days").values_list("keep_days", flat=True).first()
    return found or Policy._meta.get_field("keep_days").get_default()


def _holders(kind: str) -> dict[str, int]:
    held: dict[str, set[int]] = {right: set() for right in RIGHTS[kind]}
    for assignment in assignments_on(today()).filter(person__is_active=True):
        for right in held.keys() & ROLES[assignment.role].capabilities:
            held[right].add(assignment.person_id)
    return {right: len(people) for right, people in held.items()}
