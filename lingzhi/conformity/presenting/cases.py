"""The latest cases that broke a clause, with the masked words and the way to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import visible_to
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.presenting.quotes import Quote, merged, quote_of
from lingzhi.inspections.queries import Period as Days
from lingzhi.inspections.queries.clauses import KINDS, rules_of, stretches_of
from lingzhi.inspections.queries.keeping import contacts_that
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control

MOST = 5
QUOTES = 2


@dataclass(frozen=True)
class Case:
    """One conversation that broke a clause, and what was found in it."""

    at: datetime | None
    number: str
    who: str
    url: str
    titles: list[str] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)


def latest_broken(controls: Sequence[Control], unit: Unit, days: Days, user: User) -> list[Case]:
    """The newest broken cases of the controls that judge conversations, as far as one may see."""
    several = [one for one in controls if one.kind in KINDS]
    if not several or not user.can("contacts.read"):
        return []
    stretches = [stretch for one in several for stretch in stretches_of(one.pk, unit.pk, days)]
    found: dict[int, Contact] = {}
    for one in stretches:
        rows = contacts_that("broken", one.binding, one.first, one.last)
        visible = rows.filter(pk__in=visible_to(user).values("pk"))
        newest = visible.select_related("agent").order_by("-started_at", "-pk")[:MOST]
        found.update({contact.pk: contact for contact in newest})
    newest_first = sorted(found.values(), key=_age, reverse=True)[:MOST]
    return _cases(newest_first, rules_of([one.binding for one in stretches]))


def _age(contact: Contact) -> tuple[float, int]:
    return contact.started_at.timestamp() if contact.started_at else 0.0, contact.pk


def _cases(contacts: Sequence[Contact], rules: set[int]) -> list[Case]:
    rows = Finding.objects.filter(
        inspection__contact__in=contacts,
        inspection__is_latest=True,
        version__rule__in=rules,
        version__kind=RuleVersion.Kind.VIOLATION,
        verdict=Finding.Verdict.HIT,
    )
    findings: dict[int, list[Finding]] = {contact.pk: [] for contact in contacts}
    for one in rows.select_related("version__rule", "inspection").order_by("turn", "start"):
        findings[one.inspection.contact_id].append(one)
    return [_case(contact, findings[contact.pk]) for contact in contacts]


def _case(contact: Contact, findings: list[Finding]) -> Case:
    placed = [one for one in merged([one for one in findings if one.turn is not None])][:QUOTES]
    turns = {
        turn.seq: turn
        for turn in Turn.objects.filter(contact=contact, seq__in=[one.turn for one in placed])
    }
    quotes = [quote_of(turns[one.turn], one, tone="bad") for one in placed if one.turn in turns]
    titles = list(dict.fromkeys(one.version.title for one in findings))
    place = f"#turn-{quotes[0].turn}" if quotes else ""
    return Case(
        at=contact.started_at,
        number=contact.external_id,
        who=contact.agent.name if contact.agent else "",
        url=reverse("contacts:detail", args=[contact.pk]) + place,
        titles=titles,
        quotes=quotes,
    )
