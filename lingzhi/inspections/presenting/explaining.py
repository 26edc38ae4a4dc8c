"""Why a rule gave its verdict: what each condition says, and what came near."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.contacts.models import Contact, Turn
from lingzhi.core.templatetags.figures import share
from lingzhi.inspections.bodies import rule_set
from lingzhi.inspections.canonical import canonical
from lingzhi.inspections.models import Finding, RuleVersion
from lingzhi.inspections.presenting.quotes import Quote, quote_of
from lingzhi.inspections.services import conversation_of
from lingzhi.inspections.services.asking import models_for_page
from lingzhi.inspections.wording.operators import operator_in_words
from lingzhi.inspections.wording.reasons import reason_in_words
from lingzhi_engine.inspect import Conversation, Evidence, explain
from lingzhi_engine.inspect.explain import ConditionStory, NearMiss

MOST_PLACES, MOST_NEAR = 3, 2
Turns = dict[int, Turn]


@dataclass(frozen=True, slots=True)
class ShownCondition:
    """One condition: its name, what it looks for, what it says here and why.

    `near` are places that nearly count, each with a sentence that says what is lacking.
    """

    name: str
    operator: str
    verdict: str
    reason: str
    quotes: list[Quote]
    near: list[Quote]
    is_decisive: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """The verdict of a rule with its expression and each of its conditions."""

    verdict: str
    reason: str
    when: str
    applies_when: str
    conditions: list[ShownCondition]
    places: list[Quote]  # the words of a hit


def explained(contact: Contact, version: RuleVersion) -> Explained:
    """Judge one conversation by one version and say what every condition answered."""
    turns = list(contact.turns.order_by("seq"))
    return explain_talk(conversation_of(contact), version, turns)


def explain_talk(
    conversation: Conversation, version: RuleVersion, turns: Iterable[Turn]
) -> Explained:
    """The same for a conversation that need not be stored; `turns` are shown as they are given."""
    story = explain(conversation, rule_set([version]).rules[0], models_for_page())
    masked = {turn.seq: turn for turn in turns}
    told = {one.name: one for one in story.conditions}
    return Explained(
        story.finding.verdict.value,
        reason_in_words(story.finding.reason or "", story.finding.detail or ""),
        str(version.body.get("when", "")),
        str(version.body.get("applies_when", "")),
        [
            _condition(told[name], masked, is_decisive=name in story.decisive)
            for name in canonical(version.body)["conditions"]
        ],
        [_quote(one, masked) for one in story.finding.evidence if one.turn is not None],
    )


def _condition(story: ConditionStory, turns: Turns, *, is_decisive: bool) -> ShownCondition:
    why = story.reason or next((one.reason for one in story.evidence if one.reason), "") or ""
    detail = story.detail or next((one.detail for one in story.evidence if one.detail), "") or ""
    places = [one for one in story.evidence if one.turn is not None]
    nearest = sorted(story.near_misses, key=lambda one: (-one.likeness, one.turn))
    return ShownCondition(
        story.name,
        operator_in_words(story.operator),
        story.verdict.value,
        reason_in_words(why, detail),
        [_quote(one, turns) for one in places[:MOST_PLACES]],
        [_near(one, turns) for one in nearest[:MOST_NEAR] if one.turn in turns],
        is_decisive,
    )


def _quote(place: Evidence, turns: Turns) -> Quote:
    turn = turns[place.turn or 0]
    return quote_of(turn, Finding(turn=turn.seq, start=place.start, end=place.end))


def _near(near: NearMiss, turns: Turns) -> Quote:
    place = Finding(turn=near.turn, start=near.start, end=near.end)
    return quote_of(turns[near.turn], place, _lacking(near), tone="unknown")


def _lacking(near: NearMiss) -> str:
    """Why a place that comes near does not count."""
    if near.in_scope:
        return _("%(share)s like “%(word)s”") % {
            "share": share(near.likeness, 0),
            "word": near.pattern,
        }
    if near.likeness >= 1:
        return _("said, but not where the condition looks")
    return _("%(share)s like “%(word)s”, and not where the condition looks") % {
        "share": share(near.likeness, 0),
        "word": near.pattern,
    }
