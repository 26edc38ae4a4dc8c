"""What the demo centre tells people about their data, and which calls carry it."""

from datetime import timedelta
from zlib import crc32

from django.utils import translation

from lingzhi.accounts.models import User
from lingzhi.approvals.services import decide
from lingzhi.conformity.models import Assessment, DataRequest
from lingzhi.conformity.services.assessments import (
    WRITTEN,
    approve_assessment,
    begin_assessment,
    submit_assessment,
    write_assessment,
)
from lingzhi.conformity.services.requests import Question, answer_request, ask_about_data
from lingzhi.conformity.services.withholding import withhold
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now, today
from lingzhi.demo.archive import people_with
from lingzhi.demo.source import read
from lingzhi.org.models import PrivacyNotice
from lingzhi.org.queries import people_visible_to
from lingzhi.org.services.privacy import confirm_notice, publish_notice

SINCE = timedelta(days=400)
# Of a thousand calls: told of the recording, not told; the rest nobody recorded.
TOLD, UNTOLD = 930, 950
AGREED, REFUSED = 860, 905


def flags_of(number: str, channel: str) -> dict[str, bool | None]:
    """What the phone system says about notice and consent of a call; the same each time."""
    if channel != "phone":
        return {}
    dice = crc32(number.encode()) % 1000
    other = crc32(f"{number} consent".encode()) % 1000
    told = True if dice < TOLD else False if dice < UNTOLD else None
    agreed = (True if other < AGREED else False if other < REFUSED else None) if told else None
    return {"recording_notice": told, "recording_consent": agreed}


def seed_privacy_notices() -> None:
    """One version a channel since last year; two thirds of the staff confirmed theirs."""
    leads = people_with("quality_manager")
    if PrivacyNotice.objects.exists() or not leads:
        return
    for one in read("privacy")["notices"]:
        publish_notice(**one, from_on=today() - SINCE, by=leads[0])
    staff = PrivacyNotice.objects.get(channel="staff")
    for at, person in enumerate(_staff(leads[0])):
        if at % 3:
            confirm_notice(staff, by=person)


def seed_withheld() -> None:
    """Of the calls whose recording was refused the first is withheld, the others wait for that."""
    leads = people_with("quality_manager")
    refused = Contact.objects.filter(recording_consent=False).order_by("pk")
    if leads and refused and not refused.filter(withheld_at__isnull=False).exists():
        withhold(refused[0], reason="客户在通话开头拒绝录音", by=leads[0])


def seed_assessments() -> None:
    """Recording is assessed and approved, the monitoring of staff still a draft."""
    leads, above = people_with("quality_manager"), people_with("leadership")
    if Assessment.objects.exists() or not (leads and above):
        return
    for one in read("privacy")["assessments"]:
        with translation.override("zh-hans"):  # the template's words are kept as they are read
            row = begin_assessment(one["kind"], by=leads[0])
        if not one["is_done"]:
            continue
        words = {name: one.get(name, getattr(row, name)) for name in WRITTEN}
        words["review_on"] = today() + timedelta(days=one["review_in_days"])
        write_assessment(row, words, by=leads[0])
        approval = submit_assessment(row, by=leads[0])
        if approval is not None and one["is_approved"]:
            decide(approval, is_agreed=True, comment="同意", by=above[0])
            row.refresh_from_db()
            approve_assessment(row, approval)


def seed_requests() -> None:
    """One request is answered, one is open, one is overdue since yesterday."""
    agents, keepers = people_with("agent"), people_with("quality_manager")
    if DataRequest.objects.exists() or len(agents) < 4 or not keepers:
        return
    for person, one in zip(agents[1:], read("privacy")["requests"], strict=False):
        row = ask_about_data(Question(one["kind"], one["words"]), by=person)
        if one["answer"]:
            answer_request(row, one["outcome"], one["answer"], by=keepers[0])
        if one["is_late"]:
            DataRequest.objects.filter(pk=row.pk).update(due_at=now() - timedelta(days=1))


def _staff(lead: User) -> list[User]:
    return list(people_visible_to(lead).filter(is_active=True).order_by("staff_no"))
