"""Of which conversations coverage is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.access.rights import PLAN
from lingzhi.inspections.forms.filters import ContactFilters
from lingzhi.inspections.wording.plans import STRATA


class CoverageForm(ContactFilters):
    """Days, team, channel, agent, and by what the conversations are parted."""

    capability = PLAN
    by = forms.ChoiceField(label=_("By"), required=False, choices=list(STRATA.items()))

    field_order = ("by", "period", "from_on", "to_on", "unit", "channel", "agent")

    @property
    def chosen(self) -> str:
        """By what; by team unless asked otherwise."""
        return self.cleaned_data.get("by") or "team"
