"""Who did not answer (无应答偏差): groups of those asked, and figures with and without weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce

from lingzhi.cases.models import CaseType
from lingzhi.contacts.models import Contact
from lingzhi.surveys.models import Invitation
from lingzhi.surveys.queries.invited import ASKED, is_over
from lingzhi.surveys.queries.wanted import Wanted
from lingzhi.surveys.queries.words import words
from lingzhi_engine.stats import (
    Asked,
    GroupResponse,
    Representativeness,
    Weighted,
    representativeness,
    response_rates,
    weighted_answers,
    weighted_share,
)

# What is known of everybody who was asked, whether they answered or not.
FACTS = ("mode", "channel", "team", "subject", "outcome", "acquaintance")
UNKNOWN = ""
SEEN_BEFORE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Bias:
    """How those who answered differ from those who were asked, and what that does to the figures.

    `satisfied` is a share, `points` 0–100. Rates of groups are those of the invitations whose time
    to answer is over; `names` says what a group is called where its code says little.
    """

    asked: int
    answered: int
    groups: list[GroupResponse]
    satisfied: Weighted
    points: Weighted
    index: Representativeness
    names: Mapping[tuple[str, str], str]


def response_bias(wanted: Wanted) -> Bias | None:
    """None where nobody was asked whose time to answer is over."""
    rows = list(_asked(wanted).values("pk", *FACTS, "team_name"))
    if not rows:
        return None
    said = _said(wanted)
    facts = {fact: [str(row[fact] or UNKNOWN) for row in rows] for fact in FACTS}
    known = {fact: groups for fact, groups in facts.items() if len(set(groups)) > 1}
    taken = [said.get(row["pk"]) for row in rows]
    satisfied = Asked.of(known, [np.nan if one is None else float(one[0]) for one in taken])
    points = Asked.of(known, [np.nan if one is None else one[1] for one in taken])
    return Bias(
        len(rows), int(satisfied.answered.sum()), response_rates(satisfied),
        weighted_share(satisfied), weighted_answers(points, (0.0, 100.0)),
        representativeness(satisfied), _names(rows),
    )  # fmt: skip


def _asked(wanted: Wanted) -> QuerySet[Invitation]:
    """Those asked whose time is over, with what is known of each."""
    earlier = Contact.objects.filter(
        customer=OuterRef("customer"),
        started_at__lt=OuterRef("served_at") - timedelta(days=1),
        started_at__gte=OuterRef("served_at") - SEEN_BEFORE,
    )
    rows = wanted.invitations().filter(ASKED, is_over()).order_by("pk")
    return rows.annotate(
        channel=Coalesce("contact__channel__code", "case__channel__code"),
        team=F("unit_id"),
        team_name=F("unit__name"),
        subject=Coalesce("case__type__code", "contact__queue"),
        outcome=Coalesce("contact__outcome", "case__state"),
        acquaintance=Case(
            When(customer=None, then=Value(UNKNOWN)),
            When(Exists(earlier), then=Value("old")),
            default=Value("new"),
        ),
    )


def _said(wanted: Wanted) -> dict[int, tuple[bool, float]]:
    """What each invitation brought: satisfied or not, and points."""
    answerings = wanted.answerings().exclude(invitation=None)
    of = dict(answerings.order_by().values_list("pk", "invitation_id"))
    return {of[one.answering_id]: (one.is_satisfied, 100 * one.place) for one in words(answerings)}


def _names(rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    found = {("team", str(row["team"])): row["team_name"] or "" for row in rows}
    return found | {("subject", one.code): str(one) for one in CaseType.objects.all()}
