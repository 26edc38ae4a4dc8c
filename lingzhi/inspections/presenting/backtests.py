"""What a back-test found, as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import visible_to
from lingzhi.core.templatetags.figures import percent
from lingzhi.inspections.access import READ
from lingzhi.inspections.models import BackTest, Finding, Rule, RuleVersion
from lingzhi.inspections.presenting.findings import ShownFinding, shown_finding
from lingzhi.inspections.presenting.lines import NAMERS, nice_end
from lingzhi.inspections.queries import Tally
from lingzhi.inspections.wording.reasons import reason_in_words, suspension_in_words
from lingzhi_engine.inspect import Difference, Verdict
from lingzhi_engine.inspect import Finding as Found
from lingzhi_engine.inspect.difference import Kind, Pairs, RuleDifference, Sample

FIRST = 12  # people or teams shown at once
ORDER = (Verdict.HIT, Verdict.MISS, Verdict.NA, Verdict.UNKNOWN)


def rated(pairs: Pairs, *, after: bool) -> Tally:
    """One side of a table of verdicts."""
    count = pairs.after if after else pairs.before
    return Tally(*(count(verdict) for verdict in ORDER))


@dataclass(frozen=True, slots=True)
class Moved:
    """A person, a team or everything, before and after."""

    name: str
    about: str
    before: Tally
    after: Tally
    gained: int
    lost: int

    @property
    def movement(self) -> float | None:
        """The rate afterwards less the rate before; None where too few were judged to say."""
        if self.before.ratio is None or self.after.ratio is None:
            return None
        if not (self.before.is_enough and self.after.is_enough):
            return None
        return self.after.ratio - self.before.ratio

    @property
    def signed_points(self) -> str:
        """The movement in percentage points, with its sign."""
        points = round(100 * (self.movement or 0.0), 1)
        return f"{'+' if points > 0 else '−' if points < 0 else ''}{percent(abs(points) / 100)}"


def moved(pairs: Pairs, name: str = "", about: str = "") -> Moved:
    """A table of verdicts as figures."""
    return Moved(
        name,
        about,
        rated(pairs, after=False),
        rated(pairs, after=True),
        pairs.changed(Kind.GAINED),
        pairs.changed(Kind.LOST),
    )


@dataclass(frozen=True, slots=True)
class ShownSample:
    """A conversation whose verdict changed, with what both sides found in it."""

    contact: Contact
    before: ShownFinding
    after: ShownFinding

    @property
    def telling(self) -> ShownFinding:
        """The side that has something to show: the hit, else what is not a plain miss."""
        sides = (self.after, self.before)
        return min(sides, key=lambda side: ("hit", "unknown", "na", "miss").index(side.verdict))

    @property
    def url(self) -> str:
        place = f"#turn-{self.telling.quotes[0].turn}" if self.telling.quotes else ""
        return reverse("contacts:detail", args=[self.contact.pk]) + place


@dataclass(frozen=True, slots=True)
class Sampled:
    """Samples of one kind of change, and how many conversations changed in this way."""

    kind: str
    total: int
    samples: list[ShownSample]


@dataclass(frozen=True, slots=True)
class Members:
    """People or teams, those first who move most."""

    every: list[Moved]

    def __len__(self) -> int:
        return len(self.every)

    @property
    def number(self) -> int:
        return len(self.every)

    @property
    def first(self) -> list[Moved]:
        """Those to look at first; of a new rule those with most hits."""
        moving = [one for one in self.every if one.movement is not None]
        return (moving or self.every)[:FIRST]

    @property
    def rest(self) -> list[Moved]:
        return self.every[len(self.first) :]


@dataclass(frozen=True, slots=True)
class ShownPair:
    """One rule of a back-test: both contents, and what changes between them."""

    before: RuleVersion | None
    after: RuleVersion
    difference: RuleDifference

    @property
    def whole(self) -> Moved:
        return moved(self.difference.pairs)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing before."""
        return self.before is None

    @property
    def others(self) -> int:
        """How many verdicts changed without a hit on either side."""
        return self.difference.pairs.changed(Kind.OTHER)

    @property
    def hits_moved(self) -> int:
        """How many hits come and go."""
        pairs = self.difference.pairs
        return pairs.changed(Kind.GAINED) + pairs.changed(Kind.LOST)

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """How many went from which verdict to which."""
        pairs = self.difference.pairs
        return [
            (before.value, [pairs.number(before, after) for after in ORDER]) for before in ORDER
        ]

    @property
    def agents(self) -> Members:
        return self._members("agent")

    @property
    def units(self) -> Members:
        return self._members("unit")

    def _members(self, group: str) -> Members:
        """Those for whom something changes: by how far they move, then those too few to say."""
        concerned = {
            int(key) if key else None: pairs
            for key, pairs in self.difference.groups[group].items()
            if pairs.changed(Kind.GAINED) or pairs.changed(Kind.LOST)
        }
        name_of = NAMERS[group](list(concerned))
        found = [moved(pairs, *name_of(key)[:2]) for key, pairs in concerned.items()]
        return Members(sorted(found, key=_far_first))


def _far_first(one: Moved) -> tuple[float, int, str]:
    far = -1.0 if one.movement is None else abs(one.movement)
    return -far, -(one.gained + one.lost), one.name


def shown_pairs(test: BackTest) -> list[ShownPair]:
    """Every rule of a back-test that has a result, those with most hits gained and lost first."""
    if test.result is None:
        return []
    pairs = {pair["code"]: pair for pair in test.pairs}
    found = [
        ShownPair(_before(pairs[one.compared.rule]), _after(pairs[one.compared.rule]), one)
        for one in Difference.from_json(test.result)
    ]
    return sorted(found, key=lambda one: (-one.hits_moved, one.after.rule.code))


def compared_versions(test: BackTest) -> list[tuple[RuleVersion | None, RuleVersion]]:
    """What a back-test compares, with the contents as they were when it began."""
    return [(_before(pair), _after(pair)) for pair in test.pairs]


def _before(pair: Mapping[str, Any]) -> RuleVersion | None:
    return _version(pair, pair["before"]) if pair["before"] else None


def _after(pair: Mapping[str, Any]) -> RuleVersion:
    return _version(pair, pair["after"])


def _version(pair: Mapping[str, Any], side: Mapping[str, Any]) -> RuleVersion:
    body = side["body"]
    return RuleVersion(
        pk=side["version"],
        rule=Rule(pk=pair["rule"], code=pair["code"]),
        number=side["number"],
        body=body,
        severity=body.get("severity", "moderate"),
        kind=(body.get("effect") or {}).get("kind", "violation"),
    )


def suspended_in(test: BackTest) -> list[tuple[str, str, str]]:
    """`(side, code of the rule, why)` of conditions that took too long in the back-test."""
    stored = (test.result or {}).get("suspended", [])
    return [
        (side, rule, suspension_in_words(f"{detail}:{condition}"))
        for side, rule, condition, detail in stored
    ]


def samples_of(pair: ShownPair, user: User) -> list[Sampled]:
    """The samples of each kind of change, as far as this person may see the conversations."""
    several = pair.difference.samples
    wanted = [int(one.conversation) for samples in several.values() for one in samples]
    rows = visible_to(user, READ).select_related("channel", "agent", "unit")
    contacts = rows.in_bulk(wanted)
    turns = _turns(samples for samples in several.values())
    return [
        Sampled(
            kind.value,
            pair.difference.pairs.changed(kind),
            [
                _shown(pair, one, contacts[int(one.conversation)], turns)
                for one in several[kind]
                if int(one.conversation) in contacts
            ],
        )
        for kind in Kind
        if not (pair.is_new and kind is Kind.OTHER)
    ]


Turns = dict[tuple[int, int], Turn]


def _turns(several: Iterable[Iterable[Sample]]) -> Turns:
    """The turns that evidence points at, by conversation and number."""
    places = {
        (int(sample.conversation), evidence.turn)
        for samples in several
        for sample in samples
        for finding in (sample.before, sample.after)
        for evidence in (finding.evidence if finding else ())
        if evidence.turn is not None
    }
    contacts = {contact for contact, _turn in places}
    seqs = {turn for _contact, turn in places}
    rows = Turn.objects.filter(contact__in=contacts, seq__in=seqs)
    return {
        (turn.contact_id, turn.seq): turn for turn in rows if (turn.contact_id, turn.seq) in places
    }


def _shown(pair: ShownPair, sample: Sample, contact: Contact, turns: Turns) -> ShownSample:
    mine = {seq: turn for (key, seq), turn in turns.items() if key == contact.pk}
    return ShownSample(
        contact,
        _side(pair.before or pair.after, sample.before, mine),
        _side(pair.after, sample.after, mine),
    )


def _side(version: RuleVersion, found: Found | None, turns: Mapping[int, Turn]) -> ShownFinding:
    """What one side found; a side that lacks the rule says nothing."""
    if found is None:
        return ShownFinding(version, "na")
    if found.verdict != Verdict.HIT:
        why = reason_in_words(found.reason or "", found.detail or "")
        return ShownFinding(version, found.verdict.value, [], [why] if why else [])
    pieces = [
        Finding(
            turn=one.turn,
            start=one.start,
            end=one.end,
            value=one.value,
            threshold=one.threshold,
            reason=one.reason or "",
            detail=one.detail or "",
        )
        for one in found.evidence
    ]
    return shown_finding(version, "hit", pieces, turns)


def axis_of(lines: Iterable[Moved]) -> float:
    """Where the axis of the interval graphics ends."""
    sides = [side for line in lines for side in (line.before, line.after)]
    return nice_end(side.high for side in sides if side.is_enough and side.high is not None)


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What may be done with the later version now; `is_same` unless its content changed since."""

    version: RuleVersion | None
    is_same: bool

    @property
    def is_ready(self) -> bool:
        return self.is_same and self.version is not None and self.version.state in READY


READY = (RuleVersion.State.DRAFT, RuleVersion.State.SHADOW)


def next_steps(pair: ShownPair) -> NextSteps:
    """How the later version stands now."""
    version = RuleVersion.objects.select_related("rule").filter(pk=pair.after.pk).first()
    return NextSteps(version, version is not None and version.body == pair.after.body)


def run_query(test: BackTest) -> str:
    """The same conversations, for the form of a run."""
    is_dated = bool({"from_on", "to_on"} & test.filters.keys())
    return urlencode(test.filters if is_dated else {**test.filters, "period": "all"})
