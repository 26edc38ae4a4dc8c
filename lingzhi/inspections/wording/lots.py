"""Severities and switching in words (GB/T 2828.1)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.stats import InspectionSeverity, SeverityChange

SEVERITIES: dict[str, str | Promise] = {
    InspectionSeverity.NORMAL: _("normal inspection"),
    InspectionSeverity.TIGHTENED: _("tightened inspection"),
    InspectionSeverity.REDUCED: _("reduced inspection"),
}
CHANGES: dict[str, str | Promise] = {
    SeverityChange.NONE: "",
    SeverityChange.TO_TIGHTENED: _("tightened from the next lot on"),
    SeverityChange.TO_NORMAL: _("normal from the next lot on"),
    SeverityChange.TO_REDUCED: _("reduced from the next lot on"),
    SeverityChange.DISCONTINUED: _("discontinued: five lots not accepted"),
    SeverityChange.RESUMED: _("resumed, tightened"),
}
