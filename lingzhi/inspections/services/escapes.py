"""An upheld complaint about a conversation that had passed is laid before who calibrates."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case
from lingzhi.inspections.access.rights import CALIBRATE
from lingzhi.inspections.queries.escapes import passed_before
from lingzhi.inspections.queries.reviews import holders_over
from lingzhi.notifications.services import tell


@transaction.atomic
def look_at_escape(case: Case) -> int:
    """Propose the conversation for a calibration; the number of people told."""
    passed = passed_before(case.contact_id)
    if not passed:
        return 0
    unit = case.contact.unit if case.contact else None
    return tell(
        holders_over(unit.path if unit else None, CALIBRATE),
        _("An upheld complaint had passed inspection: calibrate on it"), is_todo=True,
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        matter=f"inspections.escape/{case.pk}",
    )  # fmt: skip
