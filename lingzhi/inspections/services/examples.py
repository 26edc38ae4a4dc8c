"""Conversations that become examples of a rule: what it got wrong, it must get right."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, Turn
from lingzhi.core.errors import BadInput
from lingzhi.inspections.bodies import rule_set
from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.models import Finding, Rule, RuleVersion
from lingzhi.inspections.services.judging import conversation_of
from lingzhi.inspections.services.rules import save_draft
from lingzhi_engine.inspect import explain

AROUND = 1  # turns kept before and behind the one it is about
MOST_PLACES = 3
MOST_TURNS = 30  # of a conversation in which nothing points anywhere
OPPOSITE = {"hit": "miss", "miss": "hit"}
State = RuleVersion.State


@transaction.atomic
def add_example(contact: Contact, version: RuleVersion, *, expected: str, by: User) -> RuleVersion:
    """The rule's draft with this conversation among its examples, made if there is none.

    `expected` is what the rule must say about it: miss for a wrong hit, hit for one it missed.
    Only the turns it is about are taken, with masked words. A repeated call changes nothing more.
    """
    if expected not in OPPOSITE:
        raise BadInput(_("An example is a hit or a miss."), field="expected")
    rule = Rule.objects.select_for_update().get(pk=version.rule_id)
    base = _base_of(rule) or version
    example = example_of(contact, version, expected)
    draft = base if base.state == State.DRAFT else None
    note = draft.note if draft and draft.note else _note(contact)
    return save_draft(rule, _with_example(base.body, example, expected), note=note, by=by)


def _note(contact: Contact) -> str:
    return _("Example from conversation %(number)s") % {"number": contact.external_id}


def _base_of(rule: Rule) -> RuleVersion | None:
    """The draft, else the version in force."""
    living = rule.versions.filter(state__in=(State.DRAFT, State.ACTIVE)).select_related("rule")
    return max(living, key=lambda one: one.state == State.DRAFT, default=None)


def _with_example(body: Body, example: Any, expected: str) -> Body:
    tests = {name: list(several) for name, several in (body.get("tests") or {}).items()}
    wrong = tests.get(OPPOSITE[expected], [])
    tests[OPPOSITE[expected]] = [one for one in wrong if one != example]
    if example not in tests.setdefault(expected, []):
        tests[expected].append(example)
    return canonical({**body, "tests": tests})


def example_of(contact: Contact, version: RuleVersion, expected: str) -> Any:
    """The turns of a conversation that matter to a rule, as rule files write an example."""
    turns = {turn.seq: turn for turn in contact.turns.order_by("seq")}
    places = (_hits if expected == "miss" else _near)(contact, version)
    wanted = _around(list(turns), places)
    lines = [_line(turns[seq]) for seq in wanted]
    facts = {
        "channel": contact.channel.code if version.body.get("channels") else None,
        "direction": contact.direction if version.body.get("directions") else None,
    }
    known = {name: value for name, value in facts.items() if value}
    return {**known, "turns": lines} if known else lines


def _around(seqs: list[int], places: Iterable[int]) -> list[int]:
    """The places with what stands around them; the first turns where nothing is pointed at."""
    at = [seqs.index(place) for place in places if place in seqs]
    if not at:
        return seqs[:MOST_TURNS]
    kept = {near for one in at for near in range(one - AROUND, one + AROUND + 1)}
    return [seq for number, seq in enumerate(seqs) if number in kept]


def _hits(contact: Contact, version: RuleVersion) -> list[int]:
    """The turns that the rule's hit points at."""
    rows = Finding.objects.filter(
        inspection__contact=contact, inspection__is_latest=True, version=version, turn__isnull=False
    )
    turns = rows.order_by("id").values_list("turn", flat=True)
    return list(dict.fromkeys(turn for turn in turns if turn is not None))[:MOST_PLACES]


def _near(contact: Contact, version: RuleVersion) -> list[int]:
    """The turns that come nearest to what the rule looks for."""
    (rule,) = rule_set([version]).rules
    story = explain(conversation_of(contact), rule)
    near = [one for condition in story.conditions for one in condition.near_misses]
    near.sort(key=lambda one: (-one.likeness, one.turn))
    return list(dict.fromkeys(one.turn for one in near))[:1]


def _line(turn: Turn) -> str:
    known = turn.start_ms is not None and turn.end_ms is not None
    times = f"@{turn.start_ms}-{turn.end_ms}" if known else ""
    return f"{turn.role}{times}: {' '.join(turn.text.split())}"
