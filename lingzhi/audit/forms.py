"""The search form of the log."""

from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.actions import ACTIONS
from lingzhi.audit.queries import USUAL_DAYS, Search
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField


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
    subject = forms.CharField(
        label=_("Object"),
        required=False,
        max_length=130,
        widget=forms.TextInput(attrs={"placeholder": "org.unit 3"}),
    )
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
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
        kind, number = _kind_and_number(asked.pop("subject", ""))
        return Search(from_on=from_on, to_on=to_on, kind=kind, number=number, **asked)


def _kind_and_number(subject: str) -> tuple[str, str]:
    """`org.unit 3`, `org.unit` or `3`: the kind of an object is the one with a point."""
    words = subject.split()
    kinds = [word for word in words if "." in word]
    return (kinds or [""])[0], next((word for word in words if "." not in word), "")
