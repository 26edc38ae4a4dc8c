"""Another grade of a complaint: other limits hold, from its beginning."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, Complaint, Grade
from lingzhi.cases.services.complaints import BY_GRADE, tell_duties
from lingzhi.cases.services.following import follow_case
from lingzhi.cases.services.words import demanded
from lingzhi.core.errors import BadInput


@transaction.atomic
def change_grade(complaint: Complaint, grade: str, *, reason: str, by: User) -> None:
    """Grade it anew. What was judged before stays (R-CP-06)."""
    words = demanded(reason, 300, field="reason")
    before = complaint.grade
    if grade == before:
        raise BadInput(_("It has this grade already."), field="grade")
    Complaint.objects.filter(pk=complaint.pk).update(grade=grade)
    Case.objects.filter(pk=complaint.pk).update(**BY_GRADE[Grade(grade)]._asdict())
    complaint.refresh_from_db()
    follow_case(complaint.case, reason=words, by=by)
    tell_duties(complaint, by=by)
    after = {"grade": grade}
    record(by, "cases.complaint_graded", complaint, before={"grade": before}, after=after,
           reason=words)  # fmt: skip
