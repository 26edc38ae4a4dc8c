"""Counting flaws of data every night, and what people decide about them."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.conformity.models import DataCount, DataFlaw
from lingzhi.conformity.queries.collected import collected
from lingzhi.conformity.queries.quality import WHOLE, since
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.quality import QualityCheck, quality_checks
from lingzhi.improvement.queries.people import heads_of
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries.scope import Reach

KEPT_DAYS = 400  # of history
State = DataFlaw.State


class NothingToMend(DomainError):
    message = _("Nothing is found any more; there is nothing to decide.")


def count_flaws() -> int:
    """Run every check; how many found something. Run twice on a day it gives the same rows."""
    owner = _usual_owner()
    if owner is None:
        return 0
    number = sum(_count(check, owner) for check in quality_checks().values())
    for flow in collected(Reach(0, (_top().path,), False)):
        _keep(f"{WHOLE}{flow.code}", flow.whole, flow.n)
    DataCount.objects.filter(day__lt=today() - timedelta(days=KEPT_DAYS)).delete()
    return number


def _top() -> Unit:
    return Unit.objects.get(parent=None)


def _usual_owner() -> Unit | None:
    """The first centre, else the top of the house, until somebody names another."""
    rows = Unit.objects.filter(closed_at=None)
    return rows.filter(kind="centre").order_by("path").first() or rows.filter(parent=None).first()


@transaction.atomic
def _count(check: QualityCheck, owner: Unit) -> bool:
    """One check: kept for today, and its owner told once when there is something anew."""
    asked = check.records(since()).order_by().count()
    found = check.found(since()).order_by().count()
    _keep(check.code, found, asked)
    flaw, _is_new = DataFlaw.objects.get_or_create(
        code=check.code, defaults={"owner": owner, "counted_on": today()}
    )
    flaw.found, flaw.asked, flaw.counted_on = found, asked, today()
    is_anew = bool(found) and flaw.state == State.CLEAN
    if is_anew:
        flaw.state = State.OPEN
    elif not found:
        flaw.state, flaw.reason = State.CLEAN, ""
    flaw.save()
    if is_anew:
        record(None, "conformity.flaw_found", flaw, after={"found": found, "checked": asked})
        _tell(flaw)
    return bool(found)


def _keep(code: str, found: int, asked: int) -> None:
    DataCount.objects.update_or_create(
        code=code, day=today(), defaults={"found": found, "asked": asked}
    )


def _tell(flaw: DataFlaw) -> None:
    url = reverse("conformity:data_flaw", args=[flaw.pk])
    title = _("Flawed data are to be mended")
    tell(heads_of(flaw.owner), title, url=url, matter=f"conformity.dataflaw/{flaw.pk}")


@transaction.atomic
def decide_flaw(flaw: DataFlaw, state: str, *, owner: Unit, reason: str = "", by: User) -> None:
    """Who mends it, and whether it is being mended or accepted; to accept it needs a reason."""
    row = DataFlaw.objects.select_for_update().get(pk=flaw.pk)
    if row.state == State.CLEAN:
        raise NothingToMend()
    words = reason.strip()[:300]
    if state == State.ACCEPTED and not words:
        raise BadInput(_("Say why it is accepted."), field="reason")
    before = {"state": row.state, "owner": row.owner.code}
    is_handed_on = row.owner_id != owner.pk
    row.state, row.owner, row.reason = state, owner, words
    row.changed_at, row.changed_by = now(), by
    row.save()
    after = {"state": state, "owner": owner.code}
    record(by, "conformity.flaw_decided", row, before=before, after=after, reason=words)
    if is_handed_on:
        _tell(row)
