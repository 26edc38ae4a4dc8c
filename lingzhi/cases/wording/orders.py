"""What the rates of work orders are called (派单考核指标)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "signed": _("Signed for in time"),
    "answered": _("Answered in time"),
    "contacted": _("Customer contacted"),
    "solved": _("Solved, by the customer"),
    "satisfied": _("Satisfied, by the customer"),
    "redone": _("Sent back to be redone"),
    "returned": _("Returned by the unit"),
}
