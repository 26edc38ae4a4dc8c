"""What staff send about the portal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.core.fields import Grouped
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import rectifications_visible_to
from lingzhi.portal.models import PlainRule, PortalSettings, PublishedImprovement, Submission
from lingzhi.rulebook.models import Clause, Regulation
from lingzhi.rulebook.queries import version_in_force

LANGUAGES = (("zh-Hans", "zh"), ("en", "en"))
TEXTS = {
    "name": (_("Name in Chinese"), _("Name in English"), 60, 1),
    "greeting": (_("Greeting in Chinese"), _("Greeting in English"), 120, 1),
    "hours": (_("Hours in Chinese"), _("Hours in English"), 200, 2),
    "footer": (_("Text at the foot in Chinese"), _("Text at the foot in English"), 400, 2),
    "consent": (_("Consent in Chinese"), _("Consent in English"), 400, 3),
}  # fmt: skip


def _add_texts(form: forms.BaseForm, name: str, row: Any, *, required: bool = False) -> None:
    """A field for each language, filled with what is known."""
    *labels, most, rows = TEXTS[name] if name in TEXTS else OWN_TEXTS[name]
    for (language, short), label in zip(LANGUAGES, labels, strict=True):
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        form.fields[f"{name}_{short}"] = forms.CharField(
            label=label, max_length=most, widget=widget, required=required and short == "zh"
        )
        form.initial[f"{name}_{short}"] = (getattr(row, name, None) or {}).get(language, "")


def _said(data: dict[str, Any], name: str) -> dict[str, str]:
    found = {language: data[f"{name}_{short}"].strip() for language, short in LANGUAGES}
    return {language: words for language, words in found.items() if words}


OWN_TEXTS = {
    "title": (_("Title in Chinese"), _("Title in English"), 120, 1),
    "text": (_("Text in Chinese"), _("Text in English"), 3000, 6),
    "words": (_("Plain words in Chinese"), _("Plain words in English"), 400, 3),
}  # fmt: skip


class SettingsForm(Grouped, forms.ModelForm[PortalSettings]):
    """How the portal looks and who receives."""

    GROUPS = (
        (_("Who receives"), ("is_open", "unit", "receiver", "per_address", "in_total")),
        (_("How it looks"), ("colour", "logo", "name_zh", "name_en", "greeting_zh", "greeting_en")),
        (_("Texts"), (
            "hours_zh", "hours_en", "footer_zh", "footer_en", "consent_zh", "consent_en",
        )),
    )  # fmt: skip
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, at most 200 KB; empty keeps the one there is."),
    )

    class Meta:
        model = PortalSettings
        fields = ("is_open", "unit", "receiver", "per_address", "in_total", "colour")
        widgets: dict[str, Any] = {"colour": forms.TextInput(attrs={"type": "color"})}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in TEXTS:
            _add_texts(self, name, self.instance)
        self.fields["unit"].required = self.fields["receiver"].required = False
        people = User.objects.filter(is_active=True).order_by("staff_no")
        self.fields["receiver"].queryset = people  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """Everything but the logo, by name."""
        data = self.cleaned_data
        plain = {name: data[name] for name in self.Meta.fields}
        return plain | {name: _said(data, name) for name in TEXTS}


class ImprovementForm(forms.Form):
    """What became better, for customers."""

    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Adopted suggestion behind it"), required=False
    )
    rectification = forms.ModelChoiceField(
        Rectification.objects.none(), label=_("Rectification behind it"), required=False,
        help_text=_("Only one whose effect is proved."),
    )  # fmt: skip

    def __init__(self, row: PublishedImprovement | None, user: User, data: Any = None) -> None:
        first = {"case": row.case_id, "rectification": row.rectification_id} if row else {}
        super().__init__(data, initial=first)
        adopted = cases_visible_to(user).filter(feedback__is_adopted=True).order_by("-pk")
        self.fields["case"].queryset = adopted  # type: ignore[attr-defined]
        proved = rectifications_visible_to(user).filter(verified_at__isnull=False)
        self.fields["rectification"].queryset = proved  # type: ignore[attr-defined]
        for name in ("title", "text"):
            _add_texts(self, name, row, required=True)
        self.row = row

    @property
    def said(self) -> PublishedImprovement:
        """The improvement as it was sent, not saved yet."""
        row = self.row or PublishedImprovement()
        data = self.cleaned_data
        row.title, row.text = _said(data, "title"), _said(data, "text")
        row.case, row.rectification = data["case"], data["rectification"]
        return row


class RuleForm(forms.Form):
    """A clause that is public, in plain words."""

    regulation = forms.ModelChoiceField(Regulation.objects.all(), label=_("Regulation"))
    number = forms.CharField(label=_("Number of the clause"), max_length=20)
    order = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=50)

    def __init__(self, row: PlainRule | None, data: Any = None) -> None:
        names = ("regulation", "number", "order")
        super().__init__(
            data, initial={name: getattr(row, name) for name in names} if row else None
        )
        _add_texts(self, "words", row, required=True)
        self.row = row

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        regulation, number = data.get("regulation"), data.get("number")
        version = version_in_force(regulation) if regulation else None
        if regulation and number and not (
            version and Clause.objects.filter(version=version, number=number).exists()
        ):  # fmt: skip
            self.add_error("number", _("No clause in force has this number."))
        return data

    @property
    def said(self) -> PlainRule:
        """The rule as it was sent, not saved yet."""
        row, data = self.row or PlainRule(), self.cleaned_data
        row.regulation, row.number, row.order = data["regulation"], data["number"], data["order"]
        row.words = _said(data, "words")
        return row


class InboxFilters(forms.Form):
    """What came in."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Submission.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("In work")), ("new", _("Nobody has begun")), ("all", _("All"))],
    )  # fmt: skip
