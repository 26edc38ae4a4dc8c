"""The findings of one conversation in the order in which they are read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Turn
from lingzhi.core.templatetags.talk import Mark
from lingzhi.inspections.models import Finding, Flag, Inspection, RuleLabel, RuleVersion
from lingzhi.inspections.presenting.quotes import Quote, merged, quote_of
from lingzhi.inspections.queries import (
    Counting,
    Holding,
    findings_of,
    severe_first,
    versions_by_verdict,
)
from lingzhi.inspections.queries.trust import automatic_rules
from lingzhi.inspections.wording.measures import measure_in_words
from lingzhi.inspections.wording.reasons import reason_in_words
from lingzhi_engine.inspect.reasons import ABSENT

State = RuleVersion.State


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One rule's answer about a conversation."""

    version: RuleVersion
    verdict: str
    quotes: list[Quote] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    flag: Flag | None = None
    label: RuleLabel | None = None
    is_assisted: bool = False

    @property
    def is_shadow(self) -> bool:
        return self.version.state == State.SHADOW

    @property
    def tone(self) -> str:
        return self.version.tone

    @property
    def first_quotes(self) -> list[Quote]:
        return self.quotes[:3]

    @property
    def further_quotes(self) -> list[Quote]:
        return self.quotes[3:]


@dataclass(frozen=True, slots=True)
class ShownJudgement:
    """All answers, by what one does with them."""

    inspection: Inspection
    hits: list[ShownFinding]
    unknown: list[ShownFinding]
    passed: list[ShownFinding]
    not_applicable: list[ShownFinding]

    @property
    def marks(self) -> dict[int, list[Mark]]:
        """Marks on the words of each turn, by its number; shadow rules mark nothing."""
        return marks_of(self.hits)


def marks_of(hits: Iterable[ShownFinding]) -> dict[int, list[Mark]]:
    """Marks on the words of each turn, by its number; shadow rules mark nothing."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for finding in hits:
        for quote in finding.quotes if not finding.is_shadow else ():
            marks[quote.turn].append(_mark(finding, quote))
    return marks


def _mark(finding: ShownFinding, quote: Quote) -> Mark:
    title = f"{finding.version.title} v{finding.version.number}"
    return Mark(quote.start, quote.end, finding.tone, title, f"#finding-{finding.version.pk}")


def shown_judgement(inspection: Inspection, contact: Contact, user: User) -> ShownJudgement:
    """What `user` sees of a judgement: rules that count, and shadow rules for who writes rules."""
    groups: dict[str, list[ShownFinding]] = {"hit": [], "unknown": [], "miss": [], "na": []}
    evidence = _evidence(inspection)
    turns = _turns(contact, evidence)
    flags = {flag.version_id: flag for flag in contact.flags.all()}
    labels = {one.version_id: one for one in contact.rule_labels.select_related("labelled_by")}
    trusted = automatic_rules()
    for version, verdict in _visible(inspection, user):
        found = evidence.get(version.pk, [])
        shown = shown_finding(version, verdict, found, turns)
        groups[verdict].append(
            replace(
                shown,
                flag=flags.get(version.pk),
                label=labels.get(version.pk),
                is_assisted=version.rule.code not in trusted,
            )
        )
    for several in groups.values():
        several.sort(key=lambda one: (one.is_shadow, *severe_first(one.version)))
    return ShownJudgement(inspection, *groups.values())


def _visible(inspection: Inspection, user: User) -> Iterable[tuple[RuleVersion, str]]:
    """Versions that count, and those in shadow for who writes rules."""
    judged = versions_by_verdict(inspection)
    counted = Counting.now().of(inspection.snapshot.version_ids).values()
    shows_shadow = user.can("inspections.write_rules")
    holding = Holding.now()
    for column, (version, verdict) in enumerate(judged):
        if not holding.concerns(version.pk, inspection.contact):
            continue
        if column in counted or (shows_shadow and version.state == State.SHADOW):
            yield version, verdict


def _evidence(inspection: Inspection) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings_of(inspection):
        found[finding.version_id].append(finding)
    return found


def _turns(contact: Contact, evidence: dict[int, list[Finding]]) -> dict[int, Turn]:
    wanted = {one.turn for several in evidence.values() for one in several if one.turn is not None}
    return {turn.seq: turn for turn in contact.turns.filter(seq__in=wanted)}


def shown_finding(
    version: RuleVersion, verdict: str, findings: list[Any], turns: Mapping[int, Any]
) -> ShownFinding:
    """One rule's answer with its evidence, found in the end or while the conversation went on."""
    quotes, reasons = [], []
    for finding in merged(findings):
        turn = turns.get(finding.turn) if finding.turn is not None else None
        measured = measure_in_words(version.body, finding)
        if turn is not None:
            quotes.append(quote_of(turn, finding, measured, tone=version.tone))
        elif finding.reason != ABSENT or verdict != "hit":
            reasons.append(measured or reason_in_words(finding.reason, finding.detail))
    if not quotes and not reasons and verdict == "hit":
        reasons.append(reason_in_words(ABSENT))
    return ShownFinding(version, verdict, quotes, list(dict.fromkeys(filter(None, reasons))))
