"""What customers are shown: improvements, rules that hold, answers that are read most."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from lingzhi.core.clock import today
from lingzhi.knowledge.models import ArticleVersion
from lingzhi.knowledge.queries.articles import in_force
from lingzhi.portal.models import PlainRule, PublishedImprovement
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.queries import versions_in_force


@dataclass(frozen=True, slots=True)
class PublicRule:
    """A rule in plain words with the clause it stands on."""

    rule: PlainRule
    clause: Clause
    regulation: str


def improvements_out() -> QuerySet[PublishedImprovement]:
    """Those that customers read, the newest first."""
    rows = PublishedImprovement.objects.filter(published_at__isnull=False, withdrawn_at=None)
    return rows.order_by("-published_at")


def rules_out() -> list[PublicRule]:
    """Public rules whose clause is in force for everybody today."""
    day = today()
    versions = {
        one.regulation_id: one for one in versions_in_force(day, day) if not one.pilot_until
    }
    wanted = [
        one for one in PlainRule.objects.filter(ended_at=None) if one.regulation_id in versions
    ]
    clauses = {
        (one.version_id, one.number): one
        for one in Clause.objects.filter(
            version__in=versions.values(), number__in=[one.number for one in wanted]
        )
    }
    found = []
    for rule in wanted:
        version = versions[rule.regulation_id]
        clause = clauses.get((version.pk, rule.number))
        if clause is not None:
            found.append(PublicRule(rule, clause, str(version.title)))
    return found


def most_read(most: int) -> list[ArticleVersion]:
    """Public answers, those that were opened most before."""
    rows = in_force(to_customers=True).annotate(times=Sum("uses__opened", default=0))
    return list(rows.order_by("-times", "article__category__order", "pk")[:most])
