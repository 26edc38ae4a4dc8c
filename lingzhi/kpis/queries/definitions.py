"""Which way of counting an indicator is in use (口径)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lingzhi.core.clock import today
from lingzhi.kpis.dictionary import Variant, indicators
from lingzhi.kpis.models import Definition, Target, Use
from lingzhi.org.queries import in_force


def definitions() -> QuerySet[Definition]:
    """Every definition there is, with its indicator."""
    return Definition.objects.select_related("indicator").order_by("indicator__code", "number")


def definitions_of(code: str) -> list[Definition]:
    """The definitions of one indicator, the oldest first."""
    return list(definitions().filter(indicator__code=code))


def headline(code: str, day: date | None = None) -> Definition | None:
    """The definition that stands for an indicator on `day` (today); None before any was made."""
    return headlines(day, codes=[code]).get(code)


def headlines(day: date | None = None, *, codes: list[str] | None = None) -> dict[str, Definition]:
    """The same for every indicator that has one.

    What a person chose; else what the widest target in force is about; else what the dictionary
    proposes; else the first there is.
    """
    day = day or today()
    found: dict[str, Definition] = {}
    known = [one for one in definitions() if codes is None or one.code in codes]
    by_key = {one.pk: one for one in known}
    for one in known:
        if one.code not in found or (_is_proposed(one) and not _is_proposed(found[one.code])):
            found[one.code] = one
    targets = Target.objects.filter(in_force(day), definition__in=by_key).select_related("unit")
    for target in sorted(targets, key=lambda one: (one.unit.depth, one.pk), reverse=True):
        definition = by_key[target.definition_id]
        found[definition.code] = definition
    for use in Use.objects.filter(definition__in=by_key, from_on__lte=day).order_by(
        "from_on", "pk"
    ):
        definition = by_key[use.definition_id]
        found[definition.code] = definition
    order = list(indicators())
    return {code: found[code] for code in sorted(found, key=order.index)}


def _is_proposed(definition: Definition) -> bool:
    """Whether it is the dictionary's first variant, as the dictionary gives it."""
    main = definition.entry.main
    return definition.variant == main.code and definition.params == dict(main.params)


def uses_of(code: str) -> QuerySet[Use]:
    """What people decided about the definition in use, the latest first."""
    rows = Use.objects.filter(definition__indicator__code=code)
    return rows.select_related("definition__indicator", "set_by")


def whole_params(variant: Variant, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters given, and those of the dictionary where none is given."""
    given = {name: value for name, value in params.items() if value is not None}
    return {**variant.params, **given}


def digest_of(params: Mapping[str, Any]) -> str:
    """What parameters are recognised by; 20 and 20.0 are the same."""
    same = {name: _plain(value) for name, value in params.items()}
    plain = json.dumps(same, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def known_definition(code: str, variant: Variant, params: Mapping[str, Any]) -> Definition | None:
    """The definition with these parameters, if it was made."""
    digest = digest_of(whole_params(variant, params))
    rows = definitions().filter(indicator__code=code, variant=variant.code, digest=digest)
    return rows.first()
