"""The form of the first set-up."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User

ROLES = ("system", "security", "audit")


class SetupForm(forms.Form):
    """The token, the company, and three people for three administrations (三员分立)."""

    token = forms.CharField(
        label=_("Set-up token"),
        help_text=_(
            "Stands in the file setup-token of the data directory; init-instance prints it."
        ),
    )
    company = forms.CharField(label=_("Company"), max_length=80)
    centre = forms.CharField(label=_("Service centre"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            self.fields[f"{role}_staff_no"] = forms.RegexField(
                label=_("Staff number"), regex=r"^[0-9A-Za-z._-]{1,32}$"
            )
            self.fields[f"{role}_name"] = forms.CharField(label=_("Name"), max_length=60)
            self.fields[f"{role}_email"] = forms.EmailField(label=_("E-mail"), required=False)
            self.fields[f"{role}_password"] = forms.CharField(
                label=_("Password"),
                required=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                help_text=_("Empty: a one-time password is shown afterwards."),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        numbers = [given.get(f"{role}_staff_no", role).lower() for role in ROLES]
        for role, number in zip(ROLES, numbers, strict=True):
            if numbers.count(number) > 1:
                self.add_error(f"{role}_staff_no", _("Three different people are needed."))
            self._check_password(role, given)
        return given

    def _check_password(self, role: str, given: dict[str, Any]) -> None:
        if password := given.get(f"{role}_password"):
            staff_no, name = given.get(f"{role}_staff_no", ""), given.get(f"{role}_name", "")
            try:
                validate_password(password, User(staff_no=staff_no, name=name))
            except ValidationError as problem:
                self.add_error(f"{role}_password", problem)

    def people(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each person, under a heading."""
        headings = {
            "system": _("System administrator: people, organisation, imports, background work"),
            "security": _("Security administrator: roles, passwords, policy"),
            "audit": _("Audit administrator: the log of who did what"),
        }
        parts = ("staff_no", "name", "email", "password")
        return [(str(headings[role]), [self[f"{role}_{part}"] for part in parts]) for role in ROLES]
