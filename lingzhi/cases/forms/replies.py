"""What is sent about reply templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.queries.people import ASSIGN, SET, WORK
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, reach

OWN, TEAM, CENTRE = "own", "team", "centre"


class ReplyForm(forms.Form):
    """A template; whose it is stays once it was given."""

    use = forms.ChoiceField(label=_("Used for"), choices=ReplyTemplate.Use.choices)
    name = forms.CharField(label=_("Template name"), max_length=60)
    text = forms.CharField(
        label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
    scope = forms.ChoiceField(label=_("Whose"), widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)

    def __init__(self, template: ReplyTemplate | None, user: User, data: Any = None) -> None:
        names = ("use", "name", "text")
        initial = {name: getattr(template, name) for name in names} if template else {}
        super().__init__(data, initial=initial)
        self.template, self.user = template, user
        scopes = [(OWN, _("My own"))] if user.can(WORK) else []
        if user.can(ASSIGN):
            scopes.append((TEAM, _("Of a team")))
            units = open_units().filter(pk__in=reach(user, ASSIGN).units)
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if user.can(SET):
            scopes.append((CENTRE, _("Of the centre")))
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        self.initial["scope"] = scopes[0][0]
        if template:
            del self.fields["scope"], self.fields["unit"]
        elif TEAM not in dict(scopes):
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("scope") == TEAM and not data.get("unit"):
            self.add_error("unit", _("Choose the unit."))
        return data

    @property
    def said(self) -> ReplyTemplate:
        """The template as it was sent, not saved yet."""
        data = self.cleaned_data
        row = self.template or ReplyTemplate(
            owner=self.user if data["scope"] == OWN else None,
            unit=data.get("unit") if data["scope"] == TEAM else None,
        )
        row.use, row.name, row.text = data["use"], data["name"], data["text"]
        return row
