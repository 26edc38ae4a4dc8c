"""What is sent about message lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.messaging.platforms import PLATFORMS, platform_of
from lingzhi.contacts.models import ChatSite, MessageLine


class KindForm(forms.Form):
    """Which system a new line is at."""

    kind = forms.ChoiceField(label=_("Which system"), choices=MessageLine.Kind.choices)


class LineForm(forms.ModelForm[MessageLine]):
    """A line, asked for in the words of its system; secrets are never shown again."""

    class Meta:
        model = MessageLine
        fields = ("name", "site", "account", "detail")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        line = self.instance
        platform = platform_of(line)
        sites = ChatSite.objects.filter(retired_at=None) | ChatSite.objects.filter(pk=line.site_id)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        for name, label in (("account", platform.account), ("detail", platform.detail)):
            if label:
                self.fields[name].label, self.fields[name].required = str(label), True
            else:
                del self.fields[name]
        if line.kind == MessageLine.Kind.SMS:
            return  # we make its secret
        for name, label in platform.secrets.items():
            self.fields[name] = _secret(label, is_optional=name in platform.optional)

    def secrets(self) -> dict[str, str]:
        """What was entered; empty where nothing was."""
        names = PLATFORMS[self.instance.kind].secrets
        return {name: self.cleaned_data.get(name, "") for name in names}


def _secret(label: Any, *, is_optional: bool) -> forms.CharField:
    told = _("Kept sealed and never shown. Empty: it stays as it is.")
    if is_optional:
        told = _("Needed where messages come sealed (安全模式). Kept sealed, never shown. Empty: it"
                 " stays as it is.")  # fmt: skip
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=label, max_length=200, required=False, widget=widget, help_text=told
    )
