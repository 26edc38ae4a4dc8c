"""The directory of matters (派单目录), the reasons for a return, and how a centre dispatches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import CaseType, DispatchSettings, Matter, ReturnReason
from lingzhi.cases.queries.dispatch import dispatch_settings
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Published
from lingzhi.org.models import Unit

SAME = ("name", "words", "ground", "limit_days")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MatterGiven:
    """A line of the directory as somebody gives it; it holds from `from_on`, by default today."""

    code: str
    name: str
    unit: Unit
    words: str = ""
    type: CaseType | None = None
    assisting: Sequence[Unit] = ()
    ground: str = ""
    limit_days: int | None = None
    from_on: date | None = None


@transaction.atomic
def set_matter(given: MatterGiven, *, by: User | None) -> Matter:
    """The matter as it holds from a day on; the row before it ends the day before.

    Raises BadInput for a day on or before the one on which the row in force began, unless it
    began that very day and no case was sent by it: then it is corrected.
    """
    since = given.from_on or today()
    before = Matter.objects.filter(code=given.code).order_by("-from_on").first()
    if before is not None and before.from_on >= since:
        if before.from_on > since or before.workorder_set.exists():
            raise BadInput(_("A later line of this matter is there already."), field="from_on")
        before.delete()
    elif before is not None and (before.to_on is None or before.to_on >= since):
        Matter.objects.filter(pk=before.pk).update(to_on=since - DAY)
    matter = Matter.objects.create(
        code=given.code, name=given.name, unit=given.unit, words=given.words, type=given.type,
        ground=given.ground, limit_days=given.limit_days, from_on=since,
    )  # fmt: skip
    matter.assisting.set(given.assisting)
    after = {"code": given.code, "unit": given.unit.pk, "from": str(since)}
    record(by, "cases.matter_set", matter, after=after)
    return matter


@transaction.atomic
def end_matter(matter: Matter, *, on: date, by: User) -> None:
    """The matter is nobody's any more from the day after."""
    if on < matter.from_on:
        raise BadInput(_("It cannot end before it began."), field="on")
    Matter.objects.filter(pk=matter.pk).update(to_on=on)
    record(by, "cases.matter_ended", matter, after={"code": matter.code, "to": str(on)})


def bring_matters(rows: Iterable[MatterGiven]) -> Published:
    """Lines of a file: new, known as they are, or in conflict with a later line."""
    outcome = Published()
    for row in rows:
        before = Matter.objects.filter(code=row.code).order_by("-from_on").first()
        if before is not None and _is_same(before, row):
            outcome.known.append(row.code)
            continue
        try:
            outcome.new.append(set_matter(row, by=None).pk)
        except BadInput:
            outcome.conflicts.append(row.code)
    return outcome


def _is_same(matter: Matter, row: MatterGiven) -> bool:
    helpers = {unit.pk for unit in row.assisting}
    return (
        matter.unit_id == row.unit.pk
        and all(getattr(matter, name) == getattr(row, name) for name in SAME)
        and set(matter.assisting.values_list("pk", flat=True)) == helpers
    )


def lay_return_reasons(rows: Sequence[Mapping[str, Any]]) -> None:
    """The reasons that come with the program, as far as they are missing."""
    known = set(ReturnReason.objects.values_list("code", flat=True))
    ReturnReason.objects.bulk_create(
        ReturnReason(code=row["code"], title=row["title"], order=at)
        for at, row in enumerate(rows)
        if row["code"] not in known
    )


@transaction.atomic
def set_dispatch(values: Mapping[str, Any], *, by: User) -> DispatchSettings:
    """How the centre dispatches from now on."""
    settings = dispatch_settings()
    before = {name: getattr(settings, name) for name in values}
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    record(by, "cases.dispatch_set", settings, before=before, after=dict(values))
    return settings
