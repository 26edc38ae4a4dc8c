"""The register of needs, benchmarks and pain points: written, looked at again, used or dropped."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.dictionary import indicators
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Clause
from lingzhi.surveys.models import Insight, InsightReview

State = Insight.State
KEPT = ("kind", "title", "source", "evidence", "weight", "unit_id", "owner_id")


class Settled(DomainError):
    message = _("It was used or dropped already. Write a new one if it comes up again.")


@transaction.atomic
def save_insight(insight: Insight, *, by: User | None) -> Insight:
    """Keep one, while it is open. Raises BadInput, Settled."""
    address = insight.evidence
    if address.startswith("//") or not address.startswith(("http://", "https://", "/")):
        raise BadInput(
            _("Give the address of the evidence: a page of this program or of the web."),
            field="evidence",
        )
    if insight.pk is None:
        insight.created_at, insight.created_by = now(), by
    else:
        _require_open(insight)
    _require_ahead(insight)
    insight.save()
    settle_matter(_matter(insight))  # another person or day; who is due is told anew
    after = {name: getattr(insight, name) for name in KEPT}
    record(by, "surveys.insight_saved", insight, after=after)
    return insight


@transaction.atomic
def review_insight(insight: Insight, facts: Mapping[str, Any], *, words: str, by: User) -> None:
    """Look at it again: open until another day, used for something, or dropped. Raises BadInput,
    Settled."""
    _require_open(insight)
    for name, value in facts.items():
        setattr(insight, name, value)
    if insight.state == State.USED:
        _require_use(insight)
    elif insight.state == State.OPEN:
        _require_ahead(insight)
    insight.save()
    InsightReview.objects.create(
        insight=insight, state=insight.state, weight=insight.weight, words=words.strip(),
        reviewed_at=now(), reviewed_by=by,
    )  # fmt: skip
    settle_matter(_matter(insight))
    record(by, "surveys.insight_reviewed", insight, after={"state": insight.state})


def remind_reviews() -> int:
    """Whoever follows one up that is due has a to-do; how many were told."""
    due = Insight.objects.filter(state=State.OPEN, review_on__lte=today()).select_related("owner")
    return sum(
        tell(
            [one.owner], _("Look again at what customers need"), body=one.title, is_todo=True,
            url=reverse("surveys:insight", args=[one.pk]), matter=_matter(one),
        )
        for one in due
    )  # fmt: skip


def _require_open(insight: Insight) -> None:
    rows = Insight.objects.select_for_update().filter(pk=insight.pk, state=State.OPEN)
    if not rows.exists():
        raise Settled()


def _require_ahead(insight: Insight) -> None:
    if insight.review_on <= today():
        raise BadInput(_("Name a day to come."), field="review_on")


def _require_use(insight: Insight) -> None:
    if bool(insight.regulation_id) != bool(insight.clause):
        raise BadInput(_("Name the regulation and the number of its clause."), field="clause")
    known = Clause.objects.filter(version__regulation=insight.regulation_id, number=insight.clause)
    if insight.regulation_id and not known.exists():
        raise BadInput(_("This regulation has no clause of that number."), field="clause")
    if insight.indicator and insight.indicator not in indicators():
        raise BadInput(_("No indicator has this code."), field="indicator")
    if not (insight.regulation_id or insight.indicator or insight.feeds.strip()):
        raise BadInput(_("Say what it feeds: a clause, an indicator, a goal."), field="feeds")


def _matter(insight: Insight) -> str:
    return f"surveys.insight/{insight.pk}"
