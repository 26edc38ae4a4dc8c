"""What was planted: which rules of the first rule set each conversation breaks or triggers.

Read off what the lines do (their acts) and when they are said, never off their words by pattern,
so that it can judge patterns. Kept apart from the conversations: nothing of it is in their dicts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingzhi.demo.calendar import Period
from lingzhi.demo.cast import DEFAULT_END, agents_for
from lingzhi.demo.centre import COUNT, cases
from lingzhi.demo.pace import speech_rate
from lingzhi.demo.source import read
from lingzhi.demo.talk import Line, Talk

SPOKEN = ("phone",)
LIVE = ("phone", "chat")
TYPED = ("chat", "app")
TALKED = ("phone", "chat", "app")
ANY = ("phone", "chat", "app", "email")


def planted(
    n: int = COUNT, seed: int = 1, *, end_on: date = DEFAULT_END, days: int = 90
) -> Iterator[tuple[str, list[str]]]:
    """(conversation id, ids of the rules that hit), for the same arguments as `conversations`.

    A conversation whose roles were exchanged has `structure.roles_swapped` alone: nothing else
    can be said about it.
    """
    for case in cases(n, seed, Period(end_on, days)):
        yield case.facts["id"], hits(Told(case.talk, case.facts))


@dataclass(frozen=True)
class Happened:
    """What was planted into the weeks of the centre, beside the single conversations.

    The calls of `team` were worse from `first` to `last` in `indicator`; from `launched_on` on
    customers call about `product`, because of `matters`; a measure moved K32 by `effect` points.
    """

    team: str
    first: date
    last: date
    indicator: str
    product: str
    launched_on: date
    matters: frozenset[str]
    effect: float


def happened(end_on: date = DEFAULT_END, days: int = 90) -> Happened:
    """What happened, for the same arguments as `conversations`."""
    period, company = Period(end_on, days), read("company")
    quiz = company["quiz"]
    return Happened(
        team=agents_for(company["team_week"]["queue"])[0].team,
        first=period.team_week[0],
        last=period.team_week[1],
        indicator=company["team_week"]["indicator"],
        product=company["launch"]["name"],
        launched_on=period.launch_on,
        matters=frozenset(company["launch_faults"]),
        effect=100 * (quiz["passed_after"] - quiz["passed_before"]) / quiz["asked"],
    )


def hits(told: "Told") -> list[str]:
    """The ids of all rules that hold, sorted."""
    if told.talk.is_swapped:
        return ["structure.roles_swapped"]
    return sorted(
        rule
        for rule, (channels, direction, holds) in RULES.items()
        if told.talk.channel in channels
        and direction in ("", told.facts["direction"])
        and holds(told)
    )


@dataclass(frozen=True)
class Told:
    """A finished conversation and questions about it; `agent` are the agent's lines in order."""

    talk: Talk
    facts: dict[str, Any]

    @property
    def lines(self) -> list[Line]:
        return self.talk.lines

    @property
    def agent(self) -> list[Line]:
        return [line for line in self.lines if line.role == "agent"]

    def does(self, act: str) -> bool:
        """Does anybody do it anywhere?"""
        return any(act in line.acts for line in self.lines)

    def place(self, act: str) -> int | None:
        """The index of the first line that does it."""
        return next((at for at, line in enumerate(self.lines) if act in line.acts), None)

    def follows(self, act: str, *, at: int, within: int, own: bool = False) -> bool:
        """Does the agent do it in the next `within` agent lines after `at`, or `own`: at it?"""
        after = [line for line in self.lines[at + 1 :] if line.role == "agent"][:within]
        return any(act in line.acts for line in after) or (own and act in self.lines[at].acts)


def _first_without(act: str, turns: int) -> Callable[[Told], bool]:
    return lambda told: not any(act in line.acts for line in told.agent[:turns])


def _last_without(act: str, turns: int) -> Callable[[Told], bool]:
    return lambda told: not any(act in line.acts for line in told.agent[-turns:])


def _act(name: str) -> Callable[[Told], bool]:
    return lambda told: told.does(name)


def _starts_late(told: Told, limit_ms: int) -> bool:
    start = told.agent[0].start_ms if told.agent else None
    return start is not None and start > limit_ms


def _no_honorific(told: Told) -> bool:
    polite = read("words")["honorific"]["polite"]
    return not any(polite in line.text for line in told.agent)


def _many_fillers(told: Told) -> bool:
    return sum("filler" in line.acts for line in told.agent) > 0


def _no_apology(told: Told) -> bool:
    at = told.place("dissatisfied")
    return at is not None and not told.follows("apology", at=at, within=4)


def _no_empathy(told: Told) -> bool:
    at = told.place("angry")
    return at is not None and not told.follows("empathy", at=at, within=len(told.lines))


def _no_thanks(told: Told) -> bool:
    held = [told.place(act) for act in ("hold_request", "hold_blunt")]
    at = min((place for place in held if place is not None), default=None)
    if at is None:
        return False
    thanks = read("words")["thanks"]
    later = [line.text for line in told.lines[at + 1 :] if line.role == "agent"]
    return not any(word in text for text in later for word in thanks)


def _does_not_know(told: Told) -> bool:
    at = told.place("dont_know")
    return at is not None and not told.follows("find_out", at=at, within=1, own=True)


def _no_time(told: Told) -> bool:
    at = told.place("pending")
    return at is not None and not told.follows("time_limit", at=at, within=3, own=True)


def _vague_time(told: Told) -> bool:
    return told.does("vague_time") and not told.does("time_limit")


def _no_number(told: Told) -> bool:
    known = told.does("confirm_number") or told.does("gives_phone")
    return told.does("callback") and not known


def _cold_transfer(told: Told) -> bool:
    return any("transfer" in line.acts and "notice" not in line.acts for line in told.lines)


def _long_silence(told: Told) -> bool:
    """20 s in which nobody speaks, and nobody was asked to wait just before."""
    for at in range(1, len(told.lines)):
        before, line = told.lines[at - 1], told.lines[at]
        if before.end_ms is None or line.start_ms is None:
            return False
        recent = told.lines[max(0, at - 2) : at]
        is_announced = any(_WAITS & one.acts for one in recent)
        if line.start_ms - before.end_ms >= 20_000 and not is_announced:
            return True
    return False


_WAITS = {"hold_request", "hold_blunt", "transfer"}


def _slow_replies(told: Told) -> bool:
    waits = [
        line.start_ms - before.end_ms
        for before, line in zip(told.lines, told.lines[1:], strict=False)
        if (before.role, line.role) == ("customer", "agent")
        and line.start_ms is not None
        and before.end_ms is not None
    ]
    return bool(waits) and sum(waits) / len(waits) > 60_000


def _too_long(told: Told) -> bool:
    end = told.lines[-1].end_ms
    return end is not None and end > 15 * 60_000


def _rate(told: Told) -> float | None:
    return speech_rate(told.agent)


def _told_too_early(told: Told) -> bool:
    told_at, asked_at = told.place("disclose"), told.place("verify_ask")
    return told_at is not None and (asked_at is None or asked_at > told_at)


def _half_refund(told: Told) -> bool:
    parts = ("refund_condition", "refund_way", "refund_arrival")
    return told.does("wants_refund") and sum(map(told.does, parts)) < 2


def _pushes(told: Told) -> bool:
    at = told.place("refuses_offer")
    return at is not None and told.follows("sale_push", at=at, within=3)


def _empty(told: Told) -> bool:
    return min(len(told.agent), sum(line.role == "customer" for line in told.lines)) < 2


# rule: (channels, direction or "" for both, what makes it hit)
RULES: dict[str, tuple[tuple[str, ...], str, Callable[[Told], bool]]] = {
    "opening.no_greeting": (LIVE, "", _first_without("greeting", 2)),
    "opening.no_company": (SPOKEN, "in", _first_without("company", 3)),
    "opening.no_identity": (SPOKEN, "", _first_without("identity", 3)),
    "opening.no_offer": (LIVE, "in", _first_without("offer", 3)),
    "opening.slow_answer": (SPOKEN, "", lambda told: _starts_late(told, 5_000)),
    "opening.slow_answer_chat": (("chat",), "", lambda told: _starts_late(told, 30_000)),
    "closing.no_more_help": (LIVE, "", _last_without("more_help", 5)),
    "closing.no_farewell": (LIVE, "", _last_without("farewell", 3)),
    "closing.no_survey": (SPOKEN, "in", _last_without("survey", 4)),
    "closing.agent_hung_up": (SPOKEN, "", lambda told: told.facts["ended_by"] == "agent"),
    "courtesy.no_honorific": (ANY, "", _no_honorific),
    "courtesy.forbidden_words": (ANY, "", _act("forbidden")),
    "courtesy.impatient": (ANY, "", _act("impatient")),
    "courtesy.rhetorical": (ANY, "", _act("rhetorical")),
    "courtesy.fillers": (SPOKEN, "", _many_fillers),
    "courtesy.hello_hello": (SPOKEN, "", _act("hello")),
    "courtesy.no_apology": (ANY, "", _no_apology),
    "courtesy.no_empathy": (LIVE, "", _no_empathy),
    "courtesy.thanks_missing": (SPOKEN, "", _no_thanks),
    "ownership.shirking": (ANY, "", _act("shirking")),
    "ownership.flat_dont_know": (ANY, "", _does_not_know),
    "ownership.no_time_given": (ANY, "", _no_time),
    "ownership.vague_time": (ANY, "", _vague_time),
    "ownership.call_again": (ANY, "", _act("call_again")),
    "ownership.no_callback_number": (SPOKEN, "", _no_number),
    "ownership.upgrade_refused": (ANY, "", _act("upgrade_refused")),
    "transfer.no_notice": (SPOKEN, "", _cold_transfer),
    "hold.no_request": (SPOKEN, "", _act("hold_blunt")),
    "time.long_silence": (SPOKEN, "", _long_silence),
    "time.slow_reply_chat": (TYPED, "", _slow_replies),
    "time.too_long": (SPOKEN, "", _too_long),
    "voice.too_fast": (SPOKEN, "", lambda told: (_rate(told) or 0) > 320),
    "voice.too_slow": (SPOKEN, "", lambda told: (_rate(told) or 200) < 120),
    "structure.disclosed_before_verified": (LIVE, "", _told_too_early),
    "structure.repeats_question": (ANY, "", _act("repeat")),
    "structure.empty_talk": (TALKED, "", _empty),
    "structure.refund_script": (ANY, "", _half_refund),
    "promise.guarantee": (ANY, "", _act("guarantee")),
    "promise.compensation": (ANY, "", _act("compensation")),
    "risk.regulator": (ANY, "", _act("regulator")),
    "risk.legal": (ANY, "", _act("legal")),
    "risk.self_harm": (ANY, "", _act("self_harm")),
    "risk.churn": (ANY, "", _act("churn")),
    "risk.repeat_contact": (ANY, "", _act("repeat_contact")),
    "privacy.agent_reads_out": (ANY, "", _act("reads_out")),
    "privacy.asks_secret": (ANY, "", _act("asks_secret")),
    "privacy.private_contact": (ANY, "", _act("private_contact")),
    "sales.push_after_refusal": (ANY, "", _pushes),
    "entity.bad_phone": (LIVE, "", _act("bad_phone")),
    "praise.customer_thanks": (ANY, "", _act("praise")),
}
