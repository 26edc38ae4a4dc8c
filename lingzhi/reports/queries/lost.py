"""What was lost at a step (薄弱环节): the very contacts, cases, limits and answers that its figure
counts, and what is known of why [R-AN-14].

Facts say which rows they were read from, so a list is always as long as its figure.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Clock
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.contacts.models import Call
from lingzhi.contacts.queries import published, visible_to
from lingzhi.core.clock import midnight
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import contacts_with, verdicts_of
from lingzhi.inspections.queries.verdicts import HIT, MISS
from lingzhi.reports.queries.pivot import keys_behind
from lingzhi.reports.queries.weak_steps import (
    WHERE,
    Asked,
    Passed,
    Reason,
    Step,
    more_frequent,
)
from lingzhi.surveys.queries.invitations import answerings_visible_to
from lingzhi_engine.pivot import Within

MOST_TOLD = 50_000  # conversations whose findings are compared while somebody waits
WHOLE = ("unit", "hour")  # places whose values are numbers


@dataclass(frozen=True, slots=True)
class Source:
    """What facts were read from: the rows a person may open, when each began, and the column that
    leads to the conversation it was about."""

    rows: Callable[[User], QuerySet[Any]]
    at: str
    talk: str


def _limits(user: User) -> QuerySet[Clock]:
    cases = cases_visible_to(user).select_related(None).order_by().values("pk")
    rows = Clock.objects.filter(case__in=cases)
    return rows.select_related("case__unit", "case__channel", "case__type")


SOURCES = {
    "contacts": Source(
        lambda user: visible_to(user).select_related("unit", "channel"), "started_at", "pk"
    ),
    "limits": Source(_limits, "opened_at", "case__contact"),
    "cases": Source(
        lambda user: cases_visible_to(user).select_related("channel"), "opened_at", "contact"
    ),
    "answers": Source(
        lambda user: answerings_visible_to(user).select_related("unit"),
        "started_at", "invitation__contact",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class At:
    """A place of a step: the value of an axis; None: not known."""

    axis: str
    value: Any

    def within(self, step: Step) -> Within:
        axis = step.table.axis(self.axis)
        assert axis
        return Within(axis.expression, [self.value])


@dataclass(frozen=True, slots=True)
class Lost:
    """The keys of rows of one kind of facts, those of the newest day first."""

    facts: str
    keys: Sequence[int]

    def shown_to(self, user: User, keys: Collection[int]) -> dict[int, Any]:
        """Those of these keys that this person may open."""
        return SOURCES[self.facts].rows(user).in_bulk(list(keys))


def place_of(step: Step, given: str) -> At | None:
    """The place of an address. Raises ValueError where the step has no such."""
    if not given:
        return None
    axis, _colon, value = given.partition(":")
    if axis not in WHERE or step.table.axis(axis) is None:
        raise ValueError(given)
    if not value:
        return At(axis, None)
    return At(axis, int(value) if axis in WHOLE else value)


def lost_at(asked: Asked, step: Step, place: At | None = None) -> Lost:
    """What was lost at a step, at one place of it if one is given."""
    only = [step.lost] if place is None else [step.lost, place.within(step)]
    return Lost(step.facts, _keys(asked, step, only))


def lost_with(asked: Asked, step: Step, rule: int) -> Lost:
    """The conversations of what was lost in which a rule was hit, the newest first."""
    talks = _talks(asked, step, lost_at(asked, step).keys)
    hits = contacts_with(_conversations(asked, step), [rule]).order_by("-started_at", "-pk")
    return Lost("contacts", [pk for pk in hits.values_list("pk", flat=True) if pk in talks])


def telling_rules(asked: Asked, step: Step) -> list[Reason] | None:
    """Violations that rules found surely more often in conversations of what was lost than of what
    went on (根因); None: too many conversations to compare while somebody waits.

    Found beside it, not proved to be its cause.
    """
    entered = _keys(asked, step, [step.entered])
    if len(entered) > MOST_TOLD:
        return None
    lost = _talks(asked, step, lost_at(asked, step).keys)
    others = _talks(asked, step, entered) - lost
    if not lost or not others:
        return []
    found = verdicts_of(_conversations(asked, step), ("contact_id",)).narrowed(
        lambda version: version.kind == RuleVersion.Kind.VIOLATION
    )
    talks = np.array(found.keys["contact_id"], np.int64)
    here, there = (np.isin(talks, list(several)) for several in (lost, others))
    hits, known = found.letters == HIT, np.isin(found.letters, (HIT, MISS))
    return more_frequent({
        version.rule_id: tuple(  # type: ignore[misc]
            Passed(int(known[which, at].sum()), int(hits[which, at].sum()))
            for which in (here, there)
        )
        for at, version in enumerate(found.versions)
    })  # fmt: skip


def why_left(asked: Asked, step: Step, lost: Lost) -> list[tuple[str, int]]:
    """Why calls were not answered, as phone systems told: `Call.Left` with how many, the most
    frequent first. Nothing of other steps than answering, nor where no system told anything.
    """
    if step.code != "connected":
        return []
    calls = Call.objects.exclude(left=Call.Left.NONE).filter(**_days(asked, "contact__started_at"))
    told = dict(calls.values_list("contact_id", "left"))
    found = Counter(told.get(key, Call.Left.NONE.value) for key in lost.keys)
    return found.most_common() if set(found) - {Call.Left.NONE.value} else []


def _keys(asked: Asked, step: Step, only: Sequence[Within]) -> list[int]:
    return keys_behind(asked.of(step.table, [], [], [*step.only, *only]), asked.user)


def _talks(asked: Asked, step: Step, keys: Sequence[int]) -> set[int]:
    """The conversations that rows of these keys were about."""
    source = SOURCES[step.facts]
    if source.talk == "pk":
        return set(keys)
    wanted = set(keys)
    rows = _rows(asked, step).values_list("pk", source.talk)
    return {talk for pk, talk in rows if pk in wanted and talk is not None}


def _conversations(asked: Asked, step: Step) -> QuerySet[Any]:
    """All that may be among the conversations of a step; keys of facts, which keep to the reach,
    choose from them."""
    source = SOURCES[step.facts]
    if source.talk == "pk":
        return published().filter(**_days(asked, source.at)).order_by()
    return published().filter(pk__in=_rows(asked, step).values(source.talk)).order_by()


def _rows(asked: Asked, step: Step) -> QuerySet[Any]:
    source = SOURCES[step.facts]
    model = source.rows(asked.user).model
    rows: QuerySet[Any] = model._default_manager.filter(**_days(asked, source.at)).order_by()
    return rows


def _days(asked: Asked, at: str) -> dict[str, Any]:
    end = midnight(asked.last + timedelta(days=1))
    return {f"{at}__gte": midnight(asked.first), f"{at}__lt": end}
