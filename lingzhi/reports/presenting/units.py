"""Units side by side in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.accounts.models import User
from lingzhi.core.templatetags.figures import share
from lingzhi.kpis.presenting.saying import say
from lingzhi.kpis.queries import Period
from lingzhi.org.models import Unit
from lingzhi.reports.access import speaks_for
from lingzhi.reports.models import Practice
from lingzhi.reports.queries.units import Compared, Standing

TO_COMPARE = 2  # of one alone nothing is said


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """A cell: the figure, how sure it is, its tier, and the door to share how it is done."""

    label: str
    standing: Standing | None
    tier: str = ""
    tone: str = "unknown"
    url: str = ""
    share_url: str = ""

    @property
    def said(self) -> str:
        found = self.standing
        return say(found.figure.value, found.figure.unit) if found else ""


@dataclass(frozen=True, slots=True)
class ShownUnits:
    """The table, and of each indicator what can be said of all of them."""

    heads: Sequence[str]
    verdicts: Sequence[tuple[str, str]]
    rows: Sequence[tuple[Unit, Sequence[ShownStanding]]]


def shown_units(
    units: Sequence[Unit], found: Sequence[Compared], period: Period, channel: str, *, reader: User
) -> ShownUnits:
    """Units with data, by their tiers in the first indicator, then in the order of the tree."""
    with_data = [unit for unit in units if any(one.of(unit) for one in found)]
    first = {one.unit.pk: one.tier for one in found[0].standings} if found else {}
    with_data.sort(key=lambda unit: first.get(unit.pk) or len(units) + 1)
    span = {"from_on": period.first.isoformat(), "to_on": period.last.isoformat()}
    rows, may_speak_for = [], speaks_for(reader)
    for unit in with_data:
        may_share = may_speak_for(unit)
        asked = {**span, "unit": str(unit.pk), **({"channel": channel} if channel else {})}
        rows.append((unit, [_cell(one, unit, asked, may_share) for one in found]))
    names = [one.definition.entry.name for one in found]
    verdicts = [(_named(one), _verdict(one)) for one in found]
    return ShownUnits(names, verdicts, rows)


def _named(found: Compared) -> str:
    """The indicator with its way of counting: a share of what."""
    return f"{found.definition.entry.name} ({found.definition.way.words})"


def _cell(found: Compared, unit: Unit, asked: Mapping[str, str], may_share: bool) -> ShownStanding:
    standing, code = found.of(unit), found.definition.code
    url = f"{reverse('kpis:indicator', args=[code])}?{urlencode(asked)}"
    name = found.definition.entry.name
    if standing is None or standing.tier is None:
        words = _("too few to say") if standing and not standing.figure.is_enough else ""
        return ShownStanding(name, standing, words, url=url)
    if sum(one.tier is not None for one in found.standings) < TO_COMPARE:
        return ShownStanding(name, standing, url=url)
    if found.tiers == 1:
        return ShownStanding(name, standing, _("no difference beyond chance"), url=url)
    tone = {1: "good", found.tiers: "warn"}.get(standing.tier, "plain")
    is_better = may_share and standing.tier < found.tiers and "channel" not in asked
    share_url = reverse("reports:share_practice", args=[unit.pk, code]) if is_better else ""
    words = _("tier %(tier)s of %(n)s") % {"tier": standing.tier, "n": found.tiers}
    days = urlencode({name: asked[name] for name in ("from_on", "to_on")})
    return ShownStanding(
        name, standing, words, tone, url, f"{share_url}?{days}" if share_url else ""
    )


def _verdict(found: Compared) -> str:
    ranked = sum(one.tier is not None for one in found.standings)
    few = len(found.standings) - ranked
    if ranked < TO_COMPARE:
        return _("Fewer than two units have enough cases: nothing can be compared.")
    if found.tiers == 1:
        said = _("No difference beyond chance between %(n)s units.") % {"n": ranked}
    else:
        said = _("%(n)s units in %(tiers)s tiers of those that cannot be told apart.") % {
            "n": ranked, "tiers": found.tiers,
        }  # fmt: skip
    if few:
        words = ngettext("%(n)d has too few cases.", "%(n)d have too few cases.", few)
        said = f"{said} {words % {'n': few}}"
    return said


@dataclass(frozen=True, slots=True)
class ShownPractice:
    """What a unit shares, with what showed that it is better."""

    practice: Practice
    evidence: str
    may_withdraw: bool


def shown_practices(rows: Iterable[Practice], *, reader: User) -> list[ShownPractice]:
    """In their order."""
    may_speak_for = speaks_for(reader)
    return [
        ShownPractice(
            one, _evidence(one.counted),
            one.shared_by_id == reader.pk or may_speak_for(one.unit),
        )
        for one in rows
    ]  # fmt: skip


def _evidence(counted: Mapping[str, Any]) -> str:
    if not counted:
        return ""
    above, below = round(counted["numerator"]), round(counted["denominator"])
    return _("%(share)s (%(above)s/%(below)s), tier %(tier)s of %(tiers)s, %(days)s") % {
        "share": share(above / below), "above": above, "below": below, "tier": counted["tier"],
        "tiers": counted["tiers"], "days": f"{counted['first']} – {counted['last']}",
    }  # fmt: skip
