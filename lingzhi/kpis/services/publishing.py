"""A month is published (指标发布): its figures are sealed, late data makes a new version."""

from datetime import date

from django.db import transaction
from django.urls import reverse
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
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.org.models import Unit

LOOK_BACK = 3  # published months that are counted again every morning
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
    if before is not None:
        settle_matter(_matter(before))
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
    if not _differ(known, sums):
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


def tell_of_late_data() -> int:
    """A to-do for who published one of the last months that a recount changes; the number told.

    Of a month that published itself the head of the company is told.
    """
    told = 0
    for month in months_over()[:LOOK_BACK]:
        publication = newest_publication(month)
        if publication is None or not _is_late(publication):
            continue
        company = Unit.objects.filter(parent=None).select_related("owner").first()
        person = publication.by or (company.owner if company else None)
        told += tell(
            [person] if person else [], _("Late data changed a published month."),
            body=f"{month:%Y-%m}", url=reverse("kpis:month", args=[publication.pk]),
            is_todo=True, matter=_matter(publication),
        )  # fmt: skip
    return told


def _is_late(publication: Publication) -> bool:
    rows = list(publication.figures.all())
    units = {one.pk: one for one in Unit.objects.all()}
    chosen = _definitions(publication.month, publication)
    sums = sums_of_units(chosen.values(), units, month_of(publication.month))
    return _differ({(one.definition_id, one.unit_id): _sums(one) for one in rows}, sums)


def _differ(known: dict[Key, Sums], sums: dict[Key, Sums]) -> bool:
    if known.keys() != sums.keys():
        return True
    return any(are_different(known[key], sums[key]) for key in sums)


def _matter(publication: Publication) -> str:
    return f"kpis.publication/{publication.pk}"


def publish_due() -> Publication | None:
    """After a set day of the month the month before is published by itself, if nobody did."""
    months = months_over()[:1]
    if today().day < PUBLISH_DAY or not months or newest_publication(months[0]) is not None:
        return None
    return publish_month(months[0], by=None)
