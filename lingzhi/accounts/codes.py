"""Entering a code of the second factor, at sign-in and again before a risky step."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.forms import Unhinted
from lingzhi.accounts.models import User
from lingzhi.accounts.services import CodeSpent, give_back_try, spend_code, take_try


class _CountedCode:
    """Codes are counted as tries and good once; recovery codes spend themselves."""

    user: User

    def clean_code(self) -> str:
        if not take_try(self.user.staff_no):
            raise forms.ValidationError(_("Too many tries. Wait, or ask your administrator."))
        code: str = super().clean_code()  # type: ignore[misc]
        try:
            spend_code(self.user, code)
        except CodeSpent as problem:
            raise forms.ValidationError(str(problem.sentence)) from problem
        give_back_try(self.user.staff_no)
        return code


class FirstCodeForm(Unhinted, ActivateTOTPForm):
    """The code that proves the app is set up opens nothing afterwards."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        spend_code(self.user, code)
        return code


class SecondFactorForm(_CountedCode, AuthenticateForm):
    pass


class SecondFactorAgainForm(_CountedCode, ReauthenticateForm):
    pass
