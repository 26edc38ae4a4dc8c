"""Which complaints are counted, and by what."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.queries.complaints import Asked

BY = {
    "cause": _("Cause"),
    "unit": _("Unit concerned"),
    "channel": _("Channel"),
    "grade": _("Severity grade"),
    "product": _("Product or service"),
    "source": _("Where it comes from"),
}
USUAL = "cause"


class ComplaintsForm(PeriodForm):
    """The days on which they were registered; who asks for no dimension sees causes."""

    usual = "90"
    by = forms.ChoiceField(label=_("Counted by"), required=False, choices=list(BY.items()))

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("by", USUAL)
        super().__init__(given, user=user)

    @property
    def by_asked(self) -> str:
        return self.cleaned_data.get("by") or USUAL

    @cached_property
    def asked(self) -> Asked:
        """The choice as queries take it."""
        return Asked(self.user, *self.span, self.unit_asked, self.channel_asked)
