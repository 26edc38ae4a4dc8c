"""Which of the cases behind a clause are listed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.cases.queries.behind import Asked
from lingzhi.cases.queries.clauses import BROKEN, KEPT, UNKNOWN
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.queries import open_units

USUAL, LONGEST = timedelta(days=27), timedelta(days=92)  # a quarter is looked at at once


class ClauseFilterForm(forms.Form):
    """Verdict, unit and days; without days the last four weeks."""

    VERDICTS = (
        ("", _("All")), (BROKEN, pgettext_lazy("cases", "not kept")),
        (KEPT, pgettext_lazy("cases", "kept")),
        (UNKNOWN, pgettext_lazy("cases", "cannot be judged")),
    )  # fmt: skip
    verdict = forms.ChoiceField(label=_("Verdict"), required=False, choices=VERDICTS)
    unit = forms.ModelChoiceField(
        open_units(), label=_("Unit"), required=False, empty_label=_("All")
    )
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("Until"), required=False)

    def asked(self, control_id: int) -> Asked:
        """What is asked for; what was not understood does not narrow."""
        self.is_valid()
        data: dict[str, Any] = self.cleaned_data
        last: date = data.get("to_on") or today()
        first: date = max(data.get("from_on") or last - USUAL, last - LONGEST)
        unit = data.get("unit")
        self.data = {**self.data, "from_on": first.isoformat(), "to_on": last.isoformat()}
        verdict = data.get("verdict") or ""
        return Asked(control_id, unit.pk if unit else None, first, last, verdict)
