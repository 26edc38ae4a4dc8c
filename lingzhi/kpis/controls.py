"""Targets of the rulebook: an indicator reaches a value every day, week or month."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_words
from lingzhi.core.clock import today
from lingzhi.core.controls import (
    Binding,
    ControlKind,
    Days,
    Evidence,
    Flaw,
    Limit,
    Param,
    Words,
)
from lingzhi.core.errors import BadInput
from lingzhi.core.units import comparable
from lingzhi.kpis.dictionary import Entry, Variant, indicators
from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries import Figure, Period, Scope, completed, known_definition, sums_by
from lingzhi.kpis.services import Aim, Source, bind_target, ensure_definition, release_target
from lingzhi.org.models import Unit
from lingzhi.rulebook.kinds import channels

Values = Mapping[str, Any]
DAY = timedelta(days=1)


def _indicators() -> Iterable[tuple[str, str]]:
    return [(entry.code, f"{entry.code} {entry.name}") for entry in indicators().values()]


def _ways() -> Iterable[tuple[str, str]]:
    """Every way of counting; a code has the same words with every indicator."""
    ways = [way for entry in indicators().values() for way in entry.variants.values()]
    return {way.code: way.words for way in ways}.items()


def _channels_known() -> Iterable[tuple[str, Words]]:
    """The channels of the rulebook and those of the house, as the house calls them."""
    return {**dict(channels()), **channel_words()}.items()


PARAMS = (
    Param("indicator", _("indicator"), "choice", choices=_indicators),
    Param("target", _("target"), "number", is_figure=True, low=0),
    Param("warning", _("warning line"), "number", is_figure=True, is_required=False, low=0),
    Param("period", _("period"), "choice", is_figure=True, choices=lambda: Target.Period.choices),
    Param(
        "limit", _("what counts as in time"), "number", is_figure=True, is_required=False, low=0,
        is_positive=True,
    ),
    Param("variant", _("way of counting"), "choice", is_required=False, choices=_ways),
    Param("channel", _("channel"), "choice", is_required=False, choices=_channels_known),
    Param("is_strict", _("the bound itself does not count"), "flag", is_required=False),
)  # fmt: skip


def limit_unit_of(variant: Variant) -> str:
    """The unit of a variant's limit; empty where it has none."""
    measure = variant.measure
    found = [param.unit for param in measure.params if param.name == "limit"] if measure else []
    return found[0] if found else ""


def way_of(values: Values) -> Variant | None:
    """The variant that the values ask for: the one named, else the first that fits the units."""
    entry = indicators().get(values.get("indicator", ""))
    if entry is None:
        return None
    named = values.get("variant")
    if named:
        return entry.variants.get(named)
    known = (one for one in entry.variants.values() if one is entry.main or not one.is_by_hand)
    return next((one for one in known if _fits(one, values)), None)


def _fits(variant: Variant, values: Values) -> bool:
    unit = values.get("target_unit")
    if unit and comparable(1, unit)[1] != comparable(1, variant.unit)[1]:
        return False
    limit = limit_unit_of(variant)
    if values.get("limit") is None:
        return not limit or variant.is_by_hand
    return bool(limit) and limit == comparable(1, values.get("limit_unit") or limit)[1]


def check(values: Values) -> Iterable[Flaw]:
    """What cannot be counted as the values ask."""
    entry = indicators().get(values.get("indicator", ""))
    if entry is None:
        yield Flaw("indicator", _("This indicator is not known."))
        return
    variant = way_of(values)
    if variant is None:
        yield _why_none(entry, values)
        return
    if not _fits(variant, values):
        yield Flaw("limit", _("This way of counting needs a limit of its own unit, or none."))
    yield from _bounds(variant, values)


def _why_none(entry: Entry, values: Values) -> Flaw:
    if values.get("variant"):
        return Flaw("variant", _("This indicator has no such way of counting."))
    if values.get("limit") is None and any(map(limit_unit_of, entry.variants.values())):
        return Flaw("limit", _("This indicator needs a limit: what counts as in time."))
    return Flaw("target", _("No way of counting this indicator has these units."))


def _bounds(variant: Variant, values: Values) -> Iterable[Flaw]:
    figures = [
        (name, values[name]) for name in ("target", "warning") if values.get(name) is not None
    ]
    for name, value in figures:
        if variant.unit == "percent" and not 0 <= value <= 100:
            yield Flaw(name, _("A percentage lies between 0 and 100."))
    if len(figures) == 2:
        aim = aim_of(variant, values)
        if variant.direction == "high" and aim.warning is not None and aim.warning > aim.value:
            yield Flaw("warning", _("The warning line lies above the target."))
        if variant.direction == "low" and aim.warning is not None and aim.warning < aim.value:
            yield Flaw("warning", _("The warning line lies below the target."))


def aim_of(variant: Variant, values: Values) -> Aim:
    """What the values aim at, in the unit of the variant."""

    def figure(name: str) -> float | None:
        value = values.get(name)
        return None if value is None else _converted(value, values.get(f"{name}_unit"), variant)

    return Aim(
        value=figure("target") or 0.0,
        warning=figure("warning"),
        is_strict=bool(values.get("is_strict")),
        period=values.get("period") or Target.Period.MONTHLY,
        channel=values.get("channel") or "",
    )


def _converted(value: float, unit: str | None, variant: Variant) -> float:
    """A figure in the unit of the variant: 3 minutes as 180 seconds."""
    if not unit or unit == variant.unit:
        return float(value)
    return comparable(value, unit)[0] / comparable(1, variant.unit)[0]


def params_of(values: Values) -> dict[str, Any]:
    """The parameters of the definition that the values set."""
    if values.get("limit") is None:
        return {}
    return {"limit": comparable(values["limit"], values.get("limit_unit") or "")[0]}


def definition_of(values: Values, by: User | None) -> Definition:
    """The definition that the values ask for. Raises BadInput where none fits."""
    variant = way_of(values)
    if variant is None:
        raise BadInput(_("No way of counting this indicator has these units."), field="indicator")
    return ensure_definition(values["indicator"], variant.code, params_of(values), by=by)


def apply(binding: Binding, by: User | None) -> None:
    """The target holds from the day on which the clause takes effect."""
    definition = definition_of(binding.values, by)
    source = Source(binding.control_id, binding.reference, binding.from_on, binding.to_on)
    unit = Unit.objects.get(pk=binding.unit_id)
    for channel in _channels(binding) or ("",):
        aim = aim_of(definition.way, {**binding.values, "channel": channel})
        bind_target(definition, unit, aim, source, by=by)


def end(binding: Binding, by: User | None) -> None:
    """The target holds for the last time on the clause's last day, else yesterday."""
    unit = Unit.objects.get(pk=binding.unit_id)
    release_target(binding.control_id, unit, on=binding.to_on or today() - DAY, by=by)


def _channels(binding: Binding) -> tuple[str, ...]:
    """The channels it holds for: that of the clause, within those of a pilot; empty is all."""
    own = binding.values.get("channel")
    return (own,) if own else tuple(binding.channels)


def evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
    """For each binding the cases of each day; where there are no cases, its completed periods.

    A share is counted in its cases: those that met it and those that did not. A mean or a number
    has one check a completed period, at its last day.
    """
    return [_evidence(binding, first, min(last, today() - DAY)) for binding in bindings]


def _evidence(binding: Binding, first: date, last: date) -> Days:
    last = min(last, binding.to_on or last)
    variant = way_of(binding.values)
    if variant is None or last < first:
        return {}
    definition = known_definition(binding.values["indicator"], variant, params_of(binding.values))
    if definition is None:
        return {}
    if variant.shape == "share":
        days = _sums(definition, binding, Period(first, last))
        return {day: _cases(variant, sums) for day, sums in days.items()}
    return _periods(definition, binding, max(first, binding.from_on), last)


def _cases(variant: Variant, sums: tuple[float, float, int]) -> Evidence:
    above, below, unsure = sums
    good = above if variant.direction != "low" else below - above
    return Evidence(kept=round(good), broken=round(below - good), unknown=int(unsure))


def _periods(definition: Definition, binding: Binding, first: date, last: date) -> Days:
    aim = aim_of(definition.way, binding.values)
    target = Target(value=aim.value, warning=aim.warning, is_strict=aim.is_strict)
    periods = list(completed(aim.period, first, last)) if first <= last else []
    if not periods:
        return {}
    days = _sums(definition, binding, Period(periods[0].first, last))
    return {
        period.last: _verdict(_figure(definition, days, period, binding.from_on), target)
        for period in periods
    }


def needed(values: Values) -> float | None:
    """The share of cases that the target asks for; each period counts where there are no cases.

    Whether the bound itself counts makes no difference: an interval never ends just at the share.
    """
    variant = way_of(values)
    if variant is None or variant.shape != "share" or values.get("target") is None:
        return 1.0
    share = aim_of(variant, values).value / 100
    return 1 - share if variant.direction == "low" else share


def _each_team(_values: Values) -> bool:
    return True


def _sums(definition: Definition, binding: Binding, period: Period) -> dict[date, Any]:
    scope = Scope(binding.over("unit__path"), channels=_channels(binding))
    return {day: sums for (_key, day), sums in sums_by([definition], scope, period, "day").items()}


def _figure(definition: Definition, days: dict[date, Any], period: Period, from_on: date) -> Figure:
    """The part of a period in which the clause was in force."""
    begin = max(period.first, from_on)
    found = [sums for day, sums in days.items() if begin <= day <= period.last]
    above, below, unsure = map(sum, zip(*found, strict=True)) if found else (0, 0, 0)
    return Figure.of(definition, (float(above), float(below), int(unsure)))


def _verdict(figure: Figure, target: Target) -> Evidence:
    state = figure.state(target)
    if state == "unknown":
        return Evidence(unknown=1)
    return Evidence(kept=1) if state == "met" else Evidence(broken=1)


def evidence_url(binding: Binding, first: date, last: date, verdict: str) -> str:
    """The page of the indicator with this period; for one period of a target, that period."""
    variant = way_of(binding.values)
    query = {
        "variant": variant.code if variant else "",
        "limit": binding.values.get("limit"),
        "unit": binding.unit_id,
        "channel": binding.values.get("channel"),
        "from_on": first.isoformat(),
        "to_on": last.isoformat(),
    }
    url = reverse("kpis:indicator", args=[binding.values["indicator"]])
    return f"{url}?{urlencode({name: value for name, value in query.items() if value})}"


def limits(values: Values) -> Iterable[Limit]:
    """The target, and what counts as in time: two clauses must not set either differently."""
    variant = way_of(values)
    if variant is None:
        return
    subject = f"{values['indicator']}/{variant.code}"
    channel = values.get("channel") or ""
    better = variant.direction or "high"
    if values.get("target") is not None:
        yield Limit(
            subject=f"{subject}/{values.get('limit') or ''}",
            value=_converted(values["target"], values.get("target_unit"), variant),
            unit=variant.unit,
            better=better,
            channel=channel,
            param="target",
        )
    if values.get("limit") is not None:
        yield Limit(
            subject=f"{subject}/limit",
            value=values["limit"],
            unit=values.get("limit_unit") or limit_unit_of(variant),
            better="low",
            channel=channel,
            thing=f"{values['indicator']}/limit",
            sets={"variant": variant.code},
        )


CONTROL_KINDS = [
    ControlKind(
        code="kpi_target",
        label=_("Target of an indicator"),
        params=PARAMS,
        check=check,
        apply=apply,
        end=end,
        evidence=evidence,
        evidence_url=evidence_url,
        limits=limits,
        needed=needed,
        narrows=_each_team,
    )
]
