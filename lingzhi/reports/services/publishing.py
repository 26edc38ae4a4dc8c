"""A report goes to its readers, or first to whoever has to hand it in."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.reports.kinds import title_of
from lingzhi.reports.models import Receipt, Report
from lingzhi.reports.queries import makers_of, readers_of

State = Report.State


class NotInThisState(DomainError):
    message = _("This report was handed in already, or it is not its turn yet.")


def notice_of(report: Report) -> dict[str, Any]:
    """Days, page and matter of notices about a report."""
    days = [report.first_on.isoformat(), report.last_on.isoformat()]
    return {
        "body": f"{report.plan.unit.name} · {' – '.join(dict.fromkeys(days))}",
        "url": reverse("reports:detail", args=[report.pk]),
        "matter": f"reports.report/{report.pk}",
    }


def draft_matter(report: Report) -> str:
    """What the to-do of who hands it in is about."""
    return f"reports.draft/{report.pk}"


def ask_for_words(report: Report) -> None:
    """Whoever hands it in has a to-do until that is done."""
    about = notice_of(report) | {"matter": draft_matter(report)}
    title = _("A report waits for your words")
    tell(makers_of(report.plan), title, is_todo=True, **about)


def publish(report: Report, *, by: User | None) -> None:
    """Lay it before its readers, in the caller's transaction. Raises NotInThisState where that was
    done already.
    """
    rows = Report.objects.filter(pk=report.pk).exclude(state=State.PUBLISHED)
    if not rows.update(state=State.PUBLISHED, published_at=now()):
        raise NotInThisState()
    settle_matter(draft_matter(report))
    after = {"edition": report.edition, "sha256": report.digest}
    record(by, "reports.published", report, after=after)
    readers = list(readers_of(report.plan, today()))
    Receipt.objects.bulk_create(
        Receipt(report=report, person=person, delivered_at=now()) for person in readers
    )
    tell(readers, title_of(report.plan), **notice_of(report))
