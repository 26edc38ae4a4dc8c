"""Forms of signing in, of one's own settings and of the security policy."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from django import forms
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.accounts.models import SecurityPolicy, User
from lingzhi.accounts.queries import offered_over_the_api


class Unhinted:
    """allauth repeats each label as a placeholder; the label above the field is enough."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(Unhinted, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Staff number"), _("Password")
        password.help_text = ""
        login.widget.attrs["autofocus"] = True


class OwnPasswordForm(Unhinted, ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class NewPasswordForm(Unhinted, ResetPasswordKeyForm):
    pass


class PasswordAgainForm(Unhinted, ReauthenticateForm):
    pass


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


class SavedViewForm(forms.Form):
    """A name for the filters of a list of the program."""

    page = forms.CharField(max_length=60)
    name = forms.CharField(label=_("Name of this view"), max_length=60)

    def clean_page(self) -> str:
        """The list must be one of ours, without arguments in its address."""
        page = str(self.cleaned_data["page"])
        try:
            reverse(page)
        except NoReverseMatch:
            raise forms.ValidationError(_("There is no such list.")) from None
        return page


class TokenForm(forms.Form):
    """A new token of the API: a name, what it may do, and for how long."""

    DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("a year")))
    name = forms.CharField(label=_("What it is for"), max_length=60)
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, choices=DAYS, initial=90)
    capabilities = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self.fields["capabilities"].choices = [  # type: ignore[attr-defined]
            (code, CAPABILITIES[code]) for code in offered_over_the_api(user)
        ]
