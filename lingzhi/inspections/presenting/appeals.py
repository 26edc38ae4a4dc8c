"""An appeal as everybody sees it whom it concerns: agents see the same as those who decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.languages import joined
from lingzhi.inspections.models import Appeal, AppealItem, AppealVote, Review, RuleVersion
from lingzhi.inspections.presenting.reviews import ShownItem, shown_review
from lingzhi.inspections.queries.appeal_windows import Window, window_of
from lingzhi.inspections.queries.appeals import similar_decided
from lingzhi_engine.sheet import Item

MOST_PRECEDENTS = 3  # of each item, the newest
HINDRANCES: dict[str, str | Promise] = {
    "not_released": gettext_lazy("not released yet"),
    "closed": gettext_lazy("the month is closed"),
    "too_late": gettext_lazy("the time to appeal is over"),
    "rounds": gettext_lazy("appealed against as often as the rules allow"),
    "open": gettext_lazy("there is an appeal already"),
}


@dataclass(frozen=True, slots=True)
class RuleBehind:
    """A rule that answers an item by itself, in its own words."""

    title: str
    why: str
    rule_id: int
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decided appeal against the same item, without anybody's name."""

    item: str
    is_changed: bool
    reason: str
    on: Any


@dataclass(frozen=True, slots=True)
class AppealLine:
    """One item with what was answered, the rule behind it, and what was said in the appeal."""

    shown: ShownItem
    section: str
    rules: tuple[RuleBehind, ...]
    precedents: tuple[Precedent, ...]
    sent: Mapping[str, Any] = field(default_factory=dict)
    about: AppealItem | None = None

    @property
    def is_below(self) -> bool:
        """Whether it lost points."""
        return self.shown.earned != self.shown.most and not self.shown.is_na

    @property
    def first(self) -> str:
        """What was answered when the appeal was opened, in words."""
        said = self.about.answer if self.about else ""
        if said == "na":
            return gettext("does not apply")
        answers = [self.shown.item.answer(code) for code in said.split(",")]
        return joined(one.title for one in answers if one) or said or "–"


def appealable_lines(review: Review, sent: Mapping[str, Mapping[str, Any]]) -> list[AppealLine]:
    """Every item that was asked, those that lost points first; `sent` is what was typed so far."""
    lines = _lines(review, None, sent)
    return sorted(lines, key=lambda one: not one.is_below)


def appealed_lines(
    appeal: Appeal, sent: Mapping[str, Mapping[str, Any]] | None = None
) -> list[AppealLine]:
    """The items that are appealed against, under the score as it is now."""
    about = {one.item: one for one in appeal.items.all()}
    return [one for one in _lines(appeal.review, about, sent or {}) if one.about]


def following_lines(
    appeal: Appeal, answers: Mapping[str, Any], sent: Mapping[str, Mapping[str, Any]]
) -> list[AppealLine]:
    """The items that the sheet asks only because of these answers."""
    review = appeal.review
    asked = set(review.items.values_list("item", flat=True))
    tried = shown_review(review, {**review.answers, **answers})
    return [
        AppealLine(one, section.title, (), (), sent.get(one.item.code, {}))
        for section in tried.sections
        for one in section.items
        if one.is_asked and one.item.code not in asked
    ]


def _lines(
    review: Review,
    about: Mapping[str, AppealItem] | None,
    sent: Mapping[str, Mapping[str, Any]],
) -> list[AppealLine]:
    shown = [
        (section.title, one)
        for section in shown_review(review).sections
        for one in section.items
        if one.is_asked and (about is None or one.item.code in about)
    ]
    behind = _rules_behind(review, [one.item for _title, one in shown])
    before = _precedents(review, {one.item.code: one.item.title for _title, one in shown})
    return [
        AppealLine(
            one, title, tuple(behind.get(one.item.code, ())), tuple(before.get(one.item.code, ())),
            sent.get(one.item.code, {}), (about or {}).get(one.item.code),
        )
        for title, one in shown
    ]  # fmt: skip


def _rules_behind(review: Review, items: list[Item]) -> dict[str, list[RuleBehind]]:
    """The versions that judged when the score was given, by item."""
    wanted = {code for item in items if item.fill for code in item.fill.rules}
    if not wanted or review.snapshot is None:
        return {}
    rows = RuleVersion.objects.filter(
        pk__in=review.snapshot.version_ids, rule__code__in=wanted
    ).select_related("rule")
    hits = review.contact.inspections.filter(is_latest=True, findings__verdict="hit")
    hit = set(hits.values_list("findings__version__rule__code", flat=True))
    known = {one.rule.code: one for one in rows}
    return {
        item.code: [
            RuleBehind(known[code].title, known[code].why, known[code].rule_id, code in hit)
            for code in item.fill.rules
            if code in known
        ]
        for item in items
        if item.fill
    }


def _precedents(review: Review, titles: Mapping[str, str]) -> dict[str, list[Precedent]]:
    found: dict[str, list[Precedent]] = {}
    decided = similar_decided(review, list(titles))
    said = _last_reasons(decided)
    for one in decided:
        reason = said.get((one.appeal_id, one.item), "")
        shown = Precedent(titles[one.item], bool(one.is_changed), reason, one.appeal.ended_at)
        found.setdefault(one.item, []).append(shown)
    return {item: several[:MOST_PRECEDENTS] for item, several in found.items()}


def _last_reasons(items: list[AppealItem]) -> dict[tuple[int, str], str]:
    """The reason of the last level that agrees with how it ended."""
    ended = {(one.appeal_id, one.item): one.is_changed for one in items}
    rows = AppealVote.objects.filter(step__appeal__in={one.appeal_id for one in items})
    votes = rows.order_by("pk").values_list("step__appeal", "item", "is_changed", "reason")
    return {
        (appeal, item): reason
        for appeal, item, changed, reason in votes
        if ended.get((appeal, item)) == changed
    }


@dataclass(frozen=True, slots=True)
class Appealing:
    """What stands about appeals on the page of a score."""

    window: Window
    may_open: bool
    hindrance: str
    appeals: tuple[Appeal, ...]


def appealing(user: User, review: Review) -> Appealing | None:
    """For a released score: until when it can be appealed against, and the appeals there were."""
    if review.released_at is None or review.agent_id is None:
        return None
    window = window_of(review)
    return Appealing(
        window=window,
        may_open=window.is_open and review.agent_id == user.pk,
        hindrance=str(HINDRANCES.get(window.hindrance, "")),
        appeals=tuple(review.appeals.order_by("round")),
    )


def tries(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """What was typed into a form that comes back: per item its fields, without their prefix."""
    codes = {name.partition("-")[2] for name in data if "-" in name}
    for code in codes:
        yield (
            code,
            {
                "is_chosen": code in data.getlist("items"),
                "answer": data.getlist(f"answer-{code}"),
                "reason": data.get(f"reason-{code}", ""),
                "turns": data.get(f"turns-{code}", ""),
            },
        )
