"""Letters to the customer (告知书): from a template, logged as told, printed."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingzhi.accounts.models import User
from lingzhi.cases.models import Complaint
from lingzhi.cases.services.laying import complaint_data
from lingzhi.cases.services.telling import Told, tell_customer


def letter_text(complaint: Complaint, code: str) -> str:
    """A template with what is known of the complaint; gaps in brackets are for whoever sends it."""
    case = complaint.case
    facts = {
        "number": case.number, "title": case.title, "decision": complaint.decision,
        "verification": complaint.verification,
        "opened": timezone.localtime(case.opened_at).strftime("%Y-%m-%d"),
        "laws": "、".join(f"《{one}》" for one in complaint.laws),
    }  # fmt: skip
    known = defaultdict(lambda: "–", {name: text for name, text in facts.items() if text})
    return str(complaint_data()["letters"][code]["text"]).format_map(known)


@transaction.atomic
def send_letter(
    complaint: Complaint, text: str, expected_at: datetime | None, way: str, *, by: User
) -> None:
    """The customer was told by this letter: it answers the clocks that waited for a word."""
    told = Told(text, expected_at, way)
    tell_customer(complaint.case, told, seen=complaint.case.revision, by=by)
