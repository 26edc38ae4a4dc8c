"""Letters to the customer (告知书): from a template, logged as told, printed."""

from datetime import datetime

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.cases.models import Complaint, ReplyTemplate
from lingzhi.cases.queries.secrecy import is_hidden
from lingzhi.cases.services.laying import complaint_data
from lingzhi.cases.services.replies import facts_for_replies, filled
from lingzhi.cases.services.telling import Told, tell_customer


def letter_text(complaint: Complaint, code: str) -> str:
    """The centre's newest template of this letter, else the one that comes with the program, with
    what is known of the complaint; gaps in brackets are for whoever sends it."""
    rows = ReplyTemplate.objects.filter(use=code, owner=None, unit=None, retired_at=None)
    own = rows.order_by("-changed_at").first()
    text = own.text if own else str(complaint_data()["letters"][code]["text"])
    case, accused = complaint.case, complaint.accused_unit_id
    is_kept_back = is_hidden(case) or accused is not None  # colleagues of the accused read it, too
    return filled(text, facts_for_replies(case, is_hidden=is_kept_back))


@transaction.atomic
def send_letter(
    complaint: Complaint, text: str, expected_at: datetime | None, way: str, *, by: User
) -> None:
    """The customer was told by this letter: it answers the clocks that waited for a word."""
    told = Told(text, expected_at, way)
    tell_customer(complaint.case, told, seen=complaint.case.revision, by=by)
