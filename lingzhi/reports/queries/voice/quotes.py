"""The words of customers behind a row: the worst judged, the newest, each with its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.urls import reverse

from lingzhi.cases.models import Case
from lingzhi.cases.queries.secrecy import shown_cases_of
from lingzhi.contacts.models import Contact, Turn
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.queries import contacts_with, rules_in_force
from lingzhi.reports.queries.voice.asked import Asked
from lingzhi.reports.queries.voice.heard import Source
from lingzhi.reports.queries.voice.placing import (
    places_of_complaints,
    places_of_feedback,
    places_of_opinions,
)
from lingzhi.surveys.models import Answer, SolicitedOpinion
from lingzhi.surveys.queries.voice import Source as Words
from lingzhi.surveys.queries.words import OVERALL
from lingzhi_engine.privacy import mask

MOST = 3  # of each source
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Quote:
    """Masked words, when they were said, and where they lead; `about` says whose or what."""

    source: Source
    text: str
    at: datetime | None
    url: str
    about: str = ""


def quotes_about(asked: Asked, dimension: str) -> dict[Source, list[Quote]]:
    """The most telling words of each source about a dimension; only what the person may open."""
    found = {source: list(islice(of(asked, dimension), MOST)) for source, of in QUOTES.items()}
    return {source: quotes for source, quotes in found.items() if quotes}


def _texts(asked: Asked, dimension: str) -> Iterator[Quote]:
    """Of who is not satisfied with it, the worst judged first; then who writes of it."""
    judged = {one.answering_id: one for one in asked.words.get(dimension, ())}
    content = {one.answering_id for one in asked.words.get(OVERALL, ()) if one.is_satisfied}
    ranked: list[tuple[float, int]] = []
    for pk, answering, text in asked.texts:
        word = judged.get(answering)
        is_spoken = answering not in content and dimension in asked.terms.spoken_of(text)
        if is_spoken or (word is not None and word.is_dissatisfied):
            ranked.append((0 if is_spoken else 1 + (word.place if word else 0), pk))
    wanted = [pk for _rank, pk in sorted(ranked, key=lambda one: (one[0], -one[1]))[: 4 * MOST]]
    rows = Answer.objects.select_related("answering__invitation").in_bulk(wanted)
    seen: set[str] = set()
    for one in (rows[pk] for pk in wanted):
        if one.text not in seen:
            seen.add(one.text)
            url = reverse("surveys:answering", args=[one.answering_id])
            yield Quote(Source.TEXTS, _cut(one.text), one.answering.started_at, url)


def _complaints(asked: Asked, dimension: str) -> Iterator[Quote]:
    if asked.sees_cases:
        keys = [pk for pk, codes in places_of_complaints(asked) if dimension in codes]
        yield from _cases(asked, Source.COMPLAINTS, keys)


def _opinions(asked: Asked, dimension: str) -> Iterator[Quote]:
    if not asked.sees_cases:
        return
    keys = [pk for pk, codes in places_of_feedback(asked) if dimension in codes]
    yield from _cases(asked, Source.OPINIONS, keys)
    own = [pk for pk, codes in places_of_opinions(asked) if dimension in codes]
    for one in SolicitedOpinion.objects.filter(pk__in=own[:MOST]).select_related("unit"):
        url = f"{reverse('surveys:opinions')}?month={one.asked_at:%Y-%m}"
        yield Quote(Source.OPINIONS, _cut(one.words), one.asked_at, url, one.unit.name)


def _cases(asked: Asked, source: Source, keys: list[int]) -> Iterator[Quote]:
    """The newest that may be named beside their customer."""
    rows = shown_cases_of(asked.user).filter(pk__in=keys).order_by("-opened_at", "-pk")
    for one in rows[:MOST]:
        url = reverse("cases:case", args=[one.pk])
        yield Quote(source, _said(one), one.opened_at, url, one.number)


def _said(case: Case) -> str:
    said = case.description or case.demand
    return _cut(mask(f"{case.title}: {said}" if said else case.title))


def _talks(asked: Asked, dimension: str) -> Iterator[Quote]:
    """The newest conversations in which a rule of the dimension hit, with the words it found."""
    codes = asked.terms.codes(Words.RULE).get(dimension, frozenset())
    versions = [one for one in rules_in_force() if one.rule.code in codes]
    if not versions or not asked.user.can("inspections.read"):
        return
    rows = contacts_with(asked.talks, [one.rule_id for one in versions])
    newest = list(rows.select_related("unit").order_by("-started_at", "-pk")[: 2 * MOST])
    found = _first_findings(newest, versions)
    turns = _turns(found.values())
    for contact in newest:
        finding = found.get(contact.pk)
        if finding and finding.turn is not None and (contact.pk, finding.turn) in turns:
            said = turns[contact.pk, finding.turn]
            url = f"{reverse('contacts:detail', args=[contact.pk])}#turn-{finding.turn}"
            yield Quote(Source.TALKS, _cut(said), contact.started_at, url, finding.version.title)


def _first_findings(
    contacts: Iterable[Contact], versions: Iterable[RuleVersion]
) -> dict[int, Finding]:
    """One finding a conversation: the most severe with words."""
    order = RuleVersion.Severity.values
    rows = Finding.objects.filter(
        inspection__contact__in=[one.pk for one in contacts], inspection__is_latest=True,
        version__rule__in=[one.rule_id for one in versions], verdict="hit", turn__isnull=False,
    )  # fmt: skip
    found: dict[int, Finding] = {}
    several = rows.select_related("version", "inspection")
    for one in sorted(several, key=lambda row: (order.index(row.version.severity), row.pk)):
        found.setdefault(one.inspection.contact_id, one)
    return found


def _turns(findings: Iterable[Finding]) -> dict[tuple[int, int], str]:
    places = {(one.inspection.contact_id, one.turn) for one in findings}
    rows = Turn.objects.filter(
        contact__in={contact for contact, _seq in places}, seq__in={seq for _c, seq in places}
    )
    return {(one.contact_id, one.seq): f"{one.get_role_display()}: {one.text}" for one in rows}


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"


QUOTES: dict[Source, Callable[[Asked, str], Iterator[Quote]]] = {
    Source.TEXTS: _texts,
    Source.COMPLAINTS: _complaints,
    Source.OPINIONS: _opinions,
    Source.TALKS: _talks,
}
