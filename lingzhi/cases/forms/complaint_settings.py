"""What is sent about causes and the matrix of authority."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.cases.models import Authority, Cause, Grade

AGREE_MOST = 4


class RetireForm(forms.Form):
    """Why a line of the house is used no more."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class CauseForm(forms.Form):
    """A line of the dictionary of causes; its code stays once it was given."""

    chinese = forms.CharField(label=_("Name in Chinese"), max_length=60)
    english = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    code = forms.CharField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(
        label=_("Quality or not"), choices=Cause.Kind.choices, widget=forms.RadioSelect
    )
    industry = forms.CharField(
        label=_("Industry"), max_length=60, required=False, help_text=_("Empty: for all.")
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=300)

    def __init__(self, cause: Cause | None, data: Any = None) -> None:
        self.cause = cause or Cause()
        super().__init__(data)
        if cause:
            del self.fields["code"]
            names = {"chinese": cause.title.get("zh-Hans"), "english": cause.title.get("en")}
            self.initial = {**names, "kind": cause.kind, "industry": cause.industry}

    @property
    def said(self) -> Cause:
        """The cause as it was sent, not saved yet."""
        data = self.cleaned_data
        self.cause.code = data.get("code", self.cause.code)
        self.cause.kind, self.cause.industry = data["kind"], data["industry"].strip()
        self.cause.title = named(data["chinese"], data["english"], self.cause.title)
        return self.cause


class AuthorityForm(forms.Form):
    """A line of the matrix: for which grade, up to which amount, who agrees one after the other."""

    grade = forms.ChoiceField(label=_("Severity grade"), required=False)
    up_to = forms.DecimalField(
        label=_("Up to"), max_digits=12, decimal_places=2, min_value=Decimal(0), required=False,
        help_text=_("Empty: any amount."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason for the change"), max_length=300)

    def __init__(self, line: Authority | None, data: Any = None) -> None:
        self.line = line or Authority()
        super().__init__(data, initial={"grade": self.line.grade, "up_to": self.line.up_to})
        self.fields["grade"].choices = [("", _("all")), *Grade.choices]  # type: ignore[attr-defined]
        roles = [("", _("Nobody else")), *((code, one.label) for code, one in ROLES.items())]
        for place in range(AGREE_MOST):
            held = self.line.roles[place] if place < len(self.line.roles) else ""
            self.fields[f"role{place}"] = forms.ChoiceField(
                label=_("Who must agree, place %(place)d") % {"place": place + 1}, choices=roles,
                required=False, initial=held,
            )  # fmt: skip
        self.order_fields(["grade", "up_to", *(f"role{one}" for one in range(AGREE_MOST))])

    @property
    def said(self) -> Authority:
        """The line as it was sent, not saved yet."""
        data = self.cleaned_data
        self.line.grade, self.line.up_to = data["grade"], data["up_to"]
        chosen = [data[f"role{place}"] for place in range(AGREE_MOST)]
        self.line.roles = list(dict.fromkeys(one for one in chosen if one))
        return self.line


def named(chinese: str, english: str, old: Mapping[str, str] | None = None) -> dict[str, str]:
    """A name in both languages; the Chinese one where there is no English one. What the `old` one
    says in others stays."""
    return {**(old or {}), "zh-Hans": chinese, "en": english or chinese}
