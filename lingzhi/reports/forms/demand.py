"""Which subjects of demand are looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.reports.forms.period import PeriodForm
from lingzhi.reports.queries.demand import Asked

SOURCES = {
    "type": _("Types of cases"),
    "signal": _("Signals found in conversations"),
    "channel": _("Channels of contacts"),
}


class DemandForm(PeriodForm):
    """Half a year of the types of cases, unless somebody asks for other."""

    capability = "kpis.read"
    usual = "180"

    of = forms.ChoiceField(label=_("Subjects"), required=False, choices=list(SOURCES.items()))
    field_order = ("of", "period", "from_on", "to_on", "unit", "channel")

    def __init__(self, data: Any, *, user: User) -> None:
        given = data.copy()
        given.setdefault("of", "type")
        super().__init__(given, user=user)

    @property
    def asked(self) -> Asked:
        """The choice as queries take it."""
        source = self.cleaned_data.get("of") or "type"
        return Asked(self.user, source, *self.span, self.unit_asked, self.channel_asked)
