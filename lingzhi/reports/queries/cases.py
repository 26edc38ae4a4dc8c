"""Typical cases, good and bad, with the words that make them so (典型案例)."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from lingzhi.contacts.models import Contact, Turn
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.queries import Verdicts
from lingzhi.reports.queries.material import Material

MOST_BAD, MOST_GOOD, AROUND = 3, 2, 40
WEIGHT = {"severe": 100, "moderate": 10, "minor": 1}
HIT = ord("h")


def cases_of(material: Material, problems: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Of the worst rules one conversation each, and those that customers praised."""
    verdicts = material.verdicts
    if not len(verdicts):
        return {"bad": [], "good": []}
    bad = _bad(verdicts, [problem["rule"] for problem in problems])
    good = _good(verdicts)
    contacts = Contact.objects.select_related("channel", "unit").in_bulk(
        [contact for contact, _version in [*bad, *good]]
    )
    return {
        "bad": [_case(contacts[contact], version) for contact, version in bad],
        "good": [_case(contacts[contact], version) for contact, version in good],
    }


def _weights(verdicts: Verdicts, of: Callable[[RuleVersion], int]) -> npt.NDArray[np.int64]:
    """For each conversation the sum of the weights of the rules that hit."""
    weights = np.array([of(version) for version in verdicts.versions], np.int64)
    return np.asarray((verdicts.letters == HIT) @ weights, np.int64)


def _lapse(version: RuleVersion) -> int:
    return WEIGHT[version.severity] if version.kind == RuleVersion.Kind.VIOLATION else 0


def _credit(version: RuleVersion) -> int:
    return int(version.kind == RuleVersion.Kind.CREDIT)


def _bad(verdicts: Verdicts, rules: list[int]) -> list[tuple[int, RuleVersion]]:
    """For each rule the conversation with the most lapses that shows it, none twice."""
    lapses = _weights(verdicts, _lapse)
    contacts = np.array(verdicts.keys["contact_id"], np.int64)
    chosen: list[tuple[int, RuleVersion]] = []
    for rule in rules:
        column = next(at for at, one in enumerate(verdicts.versions) if one.rule_id == rule)
        taken = np.isin(contacts, [contact for contact, _version in chosen])
        places = np.flatnonzero((verdicts.letters[:, column] == HIT) & ~taken)
        if len(places) and len(chosen) < MOST_BAD:
            best = min(places, key=lambda at: (-lapses[at], contacts[at]))
            chosen.append((int(contacts[best]), verdicts.versions[column]))
    return chosen


def _good(verdicts: Verdicts) -> list[tuple[int, RuleVersion]]:
    """Conversations with credits and without a lapse, the most credits first."""
    credits_, lapses = _weights(verdicts, _credit), _weights(verdicts, _lapse)
    contacts = np.array(verdicts.keys["contact_id"], np.int64)
    places = np.flatnonzero((credits_ > 0) & (lapses == 0))
    best = sorted(places, key=lambda at: (-credits_[at], contacts[at]))[:MOST_GOOD]
    return [(int(contacts[at]), _first_credit(verdicts, int(at))) for at in best]


def _first_credit(verdicts: Verdicts, at: int) -> RuleVersion:
    hits = np.flatnonzero(verdicts.letters[at] == HIT)
    return next(verdicts.versions[column] for column in hits if _credit(verdicts.versions[column]))


def _case(contact: Contact, version: RuleVersion) -> dict[str, Any]:
    return {
        "contact": contact.pk,
        "number": contact.external_id,
        "at": contact.started_at.isoformat() if contact.started_at else "",
        "channel": contact.channel.code,
        "unit": contact.unit.name if contact.unit else "",
        "rule": version.rule_id,
        "title": version.body.get("title", {}),
        "why": version.body.get("why", {}),
        "quote": _quote(contact, version),
    }


def _quote(contact: Contact, version: RuleVersion) -> dict[str, Any]:
    """The masked words of the first finding, and what stands around them; {} without words."""
    finding = (
        Finding.objects.filter(
            inspection__contact=contact, inspection__is_latest=True,
            version__rule=version.rule_id, verdict=Finding.Verdict.HIT,
        )
        .exclude(turn=None)
        .order_by("pk")
        .first()
    )  # fmt: skip
    if finding is None or finding.turn is None:
        return {}
    turn = Turn.objects.get(contact=contact, seq=finding.turn)
    start, end = finding.start or 0, finding.end or 0
    return {
        "turn": turn.seq,
        "role": turn.role,
        "before": turn.text[max(0, start - AROUND) : start],
        "words": turn.text[start:end],
        "after": turn.text[end : end + AROUND],
    }
