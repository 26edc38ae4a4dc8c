"""Facts about rules: one row an agent, channel and rule of a day, from the sums that are kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Channel, Day
from lingzhi.inspections.models import CountedDay, DayTally, RuleVersion
from lingzhi.inspections.queries.columns import Columns
from lingzhi.inspections.queries.tallying import LETTERS, unpacked
from lingzhi.inspections.queries.verdicts import HIT, MISS, UNKNOWN
from lingzhi.inspections.wording.dimensions import DIMENSIONS
from lingzhi.reports.facts.axes import AGENT, CENTRE, CHANNEL, DEPARTMENT, TIMES, UNIT, listed
from lingzhi.reports.facts.table import Amount, Axis, FactTable

HITS, MISSES, UNKNOWNS = (LETTERS.index(letter) for letter in (HIT, MISS, UNKNOWN))


def versions() -> Mapping[date, str]:
    """The days whose sums hold, with their changes and the meaning of the rules."""
    meaning = Columns.now().meaning
    changes = dict(Day.objects.values_list("day", "changes"))
    kept = CountedDay.objects.filter(meaning=meaning).values_list("day", "changes")
    return {
        day: f"{number}.{meaning[:16]}"
        for day, number in kept
        if changes.get(day) == number and day != date.min
    }


def rows(day: date) -> Iterator[dict[str, Any]]:
    """What each rule in force said of the contacts of an agent on a channel that day."""
    columns = Columns.now()
    channels = dict(Channel.objects.values_list("pk", "code"))
    tallies = list(DayTally.objects.filter(counted__day=day, inspected__gt=0).order_by("pk"))
    numbers = unpacked([bytes(one.numbers) for one in tallies], len(columns))
    for tally, cell in zip(tallies, numbers, strict=True):
        for at, version in enumerate(columns.versions):
            hits, misses, unknown = (int(cell[at, one]) for one in (HITS, MISSES, UNKNOWNS))
            if hits or misses or unknown:
                yield {
                    "unit": tally.unit_id,
                    "agent": tally.agent_id,
                    "channel": channels[tally.channel_id],
                    "rule": version.rule_id,
                    "rule_dimension": version.dimension,
                    "severity": version.severity,
                    "kind": version.kind,
                    "hits_above": float(hits),
                    "hit_rate_above": float(hits),
                    "hit_rate_below": float(hits + misses),
                    "hit_rate_unknown": float(unknown),
                }


def _rules(values: Iterable[int | None]) -> dict[int, str]:
    wanted = [pk for pk in values if pk]
    newest = RuleVersion.objects.filter(rule__in=wanted).select_related("rule").order_by("number")
    titles = {one.rule_id: one.title for one in newest}
    return dict(sorted(titles.items(), key=lambda item: item[1]))


FINDINGS = FactTable(
    code="findings",
    label=_("Findings of rules"),
    about=_("What each rule in force said: hit, not hit, or could not be judged."),
    places={
        "unit": pa.int64(),
        "agent": pa.int64(),
        "channel": pa.string(),
        "rule": pa.int64(),
        "rule_dimension": pa.string(),
        "severity": pa.string(),
        "kind": pa.string(),
    },
    axes=(
        *TIMES, CENTRE, DEPARTMENT, UNIT, AGENT, CHANNEL,
        Axis("rule", _("Rule"), "rule", _rules),
        Axis("dimension", _("Dimension"), "rule_dimension", listed(DIMENSIONS.items())),
        Axis("severity", _("Severity"), "severity", listed(RuleVersion.Severity.choices)),
        Axis("kind", _("Kind of rule"), "kind", listed(RuleVersion.Kind.choices)),
    ),
    amounts=(
        Amount("hits", _("Hits")),
        Amount("hit_rate", _("Hit rate"), "share", "percent"),
    ),
    versions=versions,
    rows=rows,
)  # fmt: skip
