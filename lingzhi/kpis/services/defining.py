"""Ways of counting (口径): made once, put in use from a day, with a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.jobs.services import later
from lingzhi.kpis.dictionary import Variant, indicators
from lingzhi.kpis.models import Definition, Fact, Indicator, Use
from lingzhi.kpis.queries import digest_of, known_definition, whole_params


@transaction.atomic
def ensure_definition(
    code: str, variant: str, params: Mapping[str, Any], *, by: User | None
) -> Definition:
    """The definition of these parameters, made where there is none; its past is then counted.

    Parameters not given are those of the dictionary. Raises BadInput for an unknown indicator or
    variant.
    """
    way = variant_of(code, variant)
    known = known_definition(code, way, params)
    if known is not None:
        return known
    whole = whole_params(way, params)
    indicator = Indicator.objects.get_or_create(code=code)[0]
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    last = indicator.definitions.aggregate(last=Max("number"))["last"] or 0
    definition = Definition.objects.create(
        indicator=indicator,
        number=last + 1,
        variant=way.code,
        params=whole,
        digest=digest_of(whole),
        made_at=now(),
        made_by=by,
    )
    record(by, "kpis.definition_made", definition, after={"variant": way.code, "params": whole})
    if way.measure is not None and Fact.objects.exists():
        later("kpis.count_past", queue="long", definition_id=definition.pk)
    return definition


def variant_of(code: str, variant: str) -> Variant:
    """A variant of the dictionary; the one proposed where none is named. Raises BadInput."""
    entry = indicators().get(code)
    if entry is None:
        raise BadInput(_("This indicator is not known."), field="indicator")
    if not variant:
        return entry.main
    if variant not in entry.variants:
        raise BadInput(_("This indicator has no such way of counting."), field="variant")
    return entry.variants[variant]


@transaction.atomic
def use_definition(
    code: str, variant: str, params: Mapping[str, Any], *, from_on: date, reason: str, by: User
) -> Use:
    """Count an indicator in this way from a day on; what was counted otherwise stays."""
    definition = ensure_definition(code, variant, params, by=by)
    use = Use.objects.create(
        definition=definition, from_on=from_on, reason=reason, set_at=now(), set_by=by
    )
    after = {
        "variant": definition.variant,
        "params": definition.params,
        "from_on": from_on.isoformat(),
    }
    record(by, "kpis.definition_used", definition, after=after, reason=reason)
    return use


@transaction.atomic
def name_owner(code: str, post: str, *, by: User) -> Indicator:
    """Say which post answers for an indicator; empty for none."""
    variant_of(code, "")
    indicator = Indicator.objects.get_or_create(code=code)[0]
    before = indicator.owner_post
    indicator.owner_post = post
    indicator.save(update_fields=["owner_post"])
    record(by, "kpis.owner_named", indicator, before={"post": before}, after={"post": post})
    return indicator
