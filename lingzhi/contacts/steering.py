"""Which way is recommended to a customer here and now: only one that is open and clear."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Sum

from lingzhi.contacts.flow import flows
from lingzhi.contacts.models import Channel, SteeringCount, SteeringRule
from lingzhi.contacts.queries.channels import hours_in_words
from lingzhi.core.clock import today
from lingzhi.core.languages import in_language

DAYS = 90
SHUT = ("closed", "congested")
PLACES = {"portal": "in_portal", "chat": "in_chat", "desk": "at_desk"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is before us: where, about what, of which classes, on which channel of ours.

    `is_shut` says that nobody serves them there now, whatever the channel's hours say.
    """

    place: str
    own: str
    case_type: str = ""
    case_class: str = ""
    segments: Collection[int] = ()
    is_shut: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The rule that fits, and its way: a channel with its hours in words, or a call back."""

    rule: SteeringRule
    channel: Channel | None
    hours: str

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        return in_language(self.rule.sentence)


def rules_in_force() -> QuerySet[SteeringRule]:
    """Those that hold, in their order."""
    rows = SteeringRule.objects.filter(ended_at=None)
    return rows.select_related("channel__calendar", "channel__flow_limits", "segment")


def suggestion(asked: Asked) -> Suggestion | None:
    """The first rule that fits and whose way is offered, open and clear; None where none is.

    To customers no channel is named of which the register gives no number, address or place.
    """
    fitting = [
        one for one in rules_in_force().filter(**{PLACES[asked.place]: True}) if _fits(one, asked)
    ]
    if not fitting:
        return None
    wanted = {one.channel.code: one.channel for one in fitting if one.channel}
    if any(one.only_shut for one in fitting) and asked.own not in wanted:
        rows = Channel.objects.select_related("calendar", "flow_limits")
        wanted |= {one.code: one for one in rows.filter(code=asked.own)}
    states = {one.channel.code: one.state for one in flows(wanted.values())} if wanted else {}
    is_shut = asked.is_shut or states.get(asked.own) in SHUT
    for one in fitting:
        is_reached = one.channel is None or one.channel.address or asked.place == "desk"
        if is_reached and (is_shut or not one.only_shut) and _is_free(one.channel, states):
            return Suggestion(one, one.channel, hours_in_words(one.channel) if one.channel else "")
    return None


def _fits(rule: SteeringRule, asked: Asked) -> bool:
    return (
        rule.case_type in ("", asked.case_type)
        and rule.case_class in ("", asked.case_class)
        and (rule.segment_id is None or rule.segment_id in asked.segments)
        and (rule.channel is None or rule.channel.code != asked.own)
    )


def _is_free(channel: Channel | None, states: dict[str, str]) -> bool:
    """A call back always; a channel where it is offered, not closed and not congested."""
    return channel is None or (channel.is_offered and states[channel.code] not in SHUT)


def counts() -> dict[tuple[int, str], tuple[int, int]]:
    """How often each rule was shown at each place in the last 90 days, and taken."""
    rows = SteeringCount.objects.filter(day__gt=today() - timedelta(days=DAYS)).order_by()
    sums = rows.values_list("rule", "place").annotate(Sum("shown"), Sum("taken"))
    return {(rule, place): (shown, taken) for rule, place, shown, taken in sums}
