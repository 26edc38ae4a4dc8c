"""Forms of signing in, of one's own settings and of the security policy."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import SecurityPolicy, User


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Staff number"), _("Password")
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs["autofocus"] = True


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=User.Theme.choices)


class PreferencesForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Links to choose a new password go there."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser")), *settings.LANGUAGES],
        required=False,
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=User.Theme.choices)


class PolicyForm(forms.ModelForm[SecurityPolicy]):
    class Meta:
        model = SecurityPolicy
        fields = [
            "minimum_length",
            "character_classes",
            "history",
            "maximum_age_days",
            "idle_minutes",
            "absolute_hours",
            "lock_after",
            "lock_minutes",
        ]
