"""Own words are added and the report handed in; some are approved before they go out."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval, digest_of
from lingzhi.approvals.queries import chain_of
from lingzhi.approvals.services import ask
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput
from lingzhi.notifications.services import settle_matter
from lingzhi.reports.kinds import APPROVAL, kind_of, title_of
from lingzhi.reports.models import Report
from lingzhi.reports.services.publishing import (
    NotInThisState,
    State,
    ask_for_words,
    draft_matter,
    notice_of,
    publish,
)
from lingzhi_engine.privacy import mask

MATTER = "reports.publish"
USUAL = ["leadership"]  # until the house sets its own chain
MOST = 4000


@transaction.atomic
def hand_in(report: Report, words: str, *, by: User) -> None:
    """Send it with one's words, masked; or ask for approval. Raises BadInput, NotInThisState."""
    said = mask(words.strip())
    if not said:
        raise BadInput(_("Say in your own words what the figures mean."), field="words")
    if len(said) > MOST:
        raise BadInput(_("4,000 characters at most."), field="words")
    rows = Report.objects.filter(pk=report.pk, state=State.DRAFT)
    if not rows.update(words=said, words_by=by):
        raise NotInThisState()
    report.words = said
    record(by, "reports.handed_in", report, after={"sha256": report.digest})
    if kind_of(report.plan).waits_for == APPROVAL:
        _ask(report, by)
    else:
        publish(report, by=by)


def _ask(report: Report, by: User) -> None:
    Report.objects.filter(pk=report.pk).update(state=State.ASKED)
    settle_matter(draft_matter(report))
    about = notice_of(report)
    ask(
        report, MATTER, title=f"{title_of(report.plan)} · {about['body']}", url=about["url"],
        content=signed(report), job="reports.publish_approved",
        arguments={"report_id": report.pk}, roles=chain_of(MATTER) or USUAL, by=by,
    )  # fmt: skip


def signed(report: Report) -> dict[str, Any]:
    """What signatures are bound to: the figures and the words, those of its template, too."""
    bound = {"facts": report.digest, "words": report.words}
    return bound | ({"template": digest_of(report.layout.content)} if report.layout else {})


@transaction.atomic
def publish_approved(report: Report, approval: Approval) -> bool:
    """The last signature was given. False where it is not what was signed, or out already."""
    if report.state != State.ASKED or not approval.covers(signed(report)):
        return False
    publish(report, by=approval.signatures.latest("step").signed_by)
    return True


@transaction.atomic
def take_back(report: Report, *, by: User) -> None:
    """After a refusal: a draft again, to be put right. Raises NotInThisState."""
    subject = f"{report._meta.label_lower}/{report.pk}"
    if Approval.objects.filter(subject=subject, state=Approval.State.OPEN).exists():
        raise NotInThisState(_("Its approval is still open."))
    if not Report.objects.filter(pk=report.pk, state=State.ASKED).update(state=State.DRAFT):
        raise NotInThisState()
    record(by, "reports.taken_back", report)
    ask_for_words(report)
