"""A month is published (指标发布): its figures are sealed, late data makes a new version."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.kpis.models import Definition, Publication, PublishedFigure, Target
from lingzhi.kpis.queries import headlines, month_of, targets_on
from lingzhi.kpis.queries.figures import Sums
from lingzhi.kpis.queries.publishing import (
    Key,
    are_different,
    months_over,
    newest_publication,
    sums_of_units,
)
from lingzhi.org.models import Unit

PUBLISH_DAY = 10  # of the month after, where nobody published before


class MonthNotOver(DomainError):
    message = _("This month is not over yet.")


class NothingCounted(DomainError):
    message = _("Nothing was counted in this month.")


class NothingChanged(DomainError):
    message = _("The recount gives the same figures: there is nothing new to publish.")


@transaction.atomic
def publish_month(month: date, *, reason: str = "", by: User | None) -> Publication:
    """Seal the figures of a month as they are counted now. A second time needs a reason.

    Later versions count by the same definitions, so only the data can make them differ.
    """
    month = month.replace(day=1)
    if month_of(month).last >= today():
        raise MonthNotOver()
    before = Publication.objects.select_for_update().filter(month=month).first()
    units = {one.pk: one for one in Unit.objects.all()}
    chosen = _definitions(month, before)
    sums = sums_of_units(chosen.values(), units, month_of(month))
    if not sums:
        raise NothingCounted()
    if before is not None:
        _check_new(before, sums, reason)
    publication = Publication.objects.create(
        month=month, number=before.number + 1 if before else 1, reason=reason.strip(),
        published_at=now(), by=by,
    )  # fmt: skip
    PublishedFigure.objects.bulk_create(_figures(publication, chosen, units, sums))
    record(
        by, "kpis.month_published", publication, reason=reason,
        after={"month": f"{month:%Y-%m}", "version": publication.number, "figures": len(sums)},
    )  # fmt: skip
    return publication


def _definitions(month: date, before: Publication | None) -> dict[int, Definition]:
    if before is None:
        return {one.pk: one for one in headlines(month_of(month).last).values()}
    rows = before.figures.select_related("definition__indicator")
    return {one.definition_id: one.definition for one in rows}


def _check_new(before: Publication, sums: dict[Key, Sums], reason: str) -> None:
    known = {(one.definition_id, one.unit_id): _sums(one) for one in before.figures.all()}
    is_same = known.keys() == sums.keys()
    if is_same and not any(are_different(known[key], sums[key]) for key in sums):
        raise NothingChanged()
    if not reason.strip():
        raise BadInput(_("Say why the figures changed."), field="reason")


def _sums(row: PublishedFigure) -> Sums:
    return row.numerator, row.denominator, row.unknown


def _figures(
    publication: Publication, chosen: dict[int, Definition], units: dict[int, Unit],
    sums: dict[Key, Sums],
) -> list[PublishedFigure]:  # fmt: skip
    last = month_of(publication.month).last
    aims: dict[int, dict[int, Target]] = {
        unit: targets_on(chosen.values(), units[unit], last) for unit in {key[1] for key in sums}
    }
    found = []
    for (definition, unit), (above, below, unsure) in sums.items():
        target = aims[unit].get(definition)
        found.append(
            PublishedFigure(
                publication=publication, definition_id=definition, unit_id=unit,
                numerator=above, denominator=below, unknown=unsure,
                target=target, aim=target.value if target else None,
            )
        )  # fmt: skip
    return found


def publish_due() -> Publication | None:
    """After a set day of the month the month before is published by itself, if nobody did."""
    months = months_over()[:1]
    if today().day < PUBLISH_DAY or not months or newest_publication(months[0]) is not None:
        return None
    return publish_month(months[0], by=None)
