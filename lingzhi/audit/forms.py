"""The search form of the log."""

from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.actions import ACTIONS
from lingzhi.audit.queries import USUAL_DAYS, Search
from lingzhi.core.clock import today


class LogSearch(forms.Form):
    """Who, what, when, on which object; without dates the last thirty days."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    actor = forms.CharField(label=_("Staff number"), required=False, max_length=120)
    action = forms.CharField(
        label=_("Action"),
        required=False,
        max_length=80,
        widget=forms.Select(
            attrs={"data-combobox": True}, choices=[("", _("All")), *ACTIONS.items()]
        ),
    )
    kind = forms.CharField(label=_("Kind of object"), required=False, max_length=60)
    number = forms.CharField(label=_("Object number"), required=False, max_length=64)
    from_on = forms.DateField(label=_("From"), required=False)
    to_on = forms.DateField(label=_("To"), required=False)
    request = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, data: QueryDict) -> None:
        asked = data.copy()
        if not asked.get("from_on") and not asked.get("to_on"):
            asked["from_on"] = str(today() - timedelta(days=USUAL_DAYS))
            asked["to_on"] = str(today())
        super().__init__(asked)

    def search(self) -> Search:
        """What is valid; a wrong field narrows nothing and is shown beside its field."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        to_on = asked.pop("to_on", today())
        from_on = asked.pop("from_on", to_on - timedelta(days=USUAL_DAYS))
        return Search(from_on=from_on, to_on=to_on, **asked)
