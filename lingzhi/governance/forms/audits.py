"""What is sent about internal audits."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.governance.queries.checklist import chapters_of, versions_over
from lingzhi.governance.queries.people import AUDIT
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.rulebook.models import Version

COUNT: Mapping[str, Any] = {"min_value": 0, "max_value": 9999, "required": False}


def _people() -> Any:
    return User.objects.filter(is_active=True).order_by("staff_no")


class AuditForm(Grouped, forms.ModelForm[Audit]):
    """What is audited, when, by whom."""

    GROUPS = (
        (_("What"), ("kind", "title", "aim", "units")),
        (_("When"), ("planned_on", "from_on", "to_on")),
        (_("Who"), ("lead", "auditors")),
    )
    planned_on = DayField(label=_("to be held on"))
    from_on = DayField(label=_("evidence from"))
    to_on = DayField(label=_("evidence until"))
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("audited units"),
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
        help_text=_("Each with everything below it."),
    )  # fmt: skip
    auditors = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("other auditors"), required=False,
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
        help_text=_("Nobody audits the unit one works in or heads."),
    )  # fmt: skip

    class Meta:
        model = Audit
        fields = ("kind", "title", "aim", "planned_on", "from_on", "to_on", "lead")
        widgets = {"aim": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["units"].queryset = units_visible_to(user, AUDIT)  # type: ignore[attr-defined]
        for name in ("lead", "auditors"):
            self.fields[name].queryset = _people()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["units"].initial = self.instance.units.all()
            self.fields["auditors"].initial = self.instance.auditors.all()


class DrawForm(forms.Form):
    """One field for each regulation in force there, with its chapters; and an own question."""

    def __init__(self, *args: Any, units: Iterable[Unit], **named: Any) -> None:
        super().__init__(*args, **named)
        self.versions: dict[str, Version] = {}
        for version in versions_over(list(units)):
            name = f"version_{version.pk}"
            self.versions[name] = version
            self.fields[name] = forms.MultipleChoiceField(
                label=f"{version.title} · {version.regulation.pack.upper()}", required=False,
                widget=forms.CheckboxSelectMultiple, choices=_chapters(version),
            )  # fmt: skip
        self.fields["question"] = forms.CharField(
            label=_("A question of your own"), max_length=500, required=False,
            help_text=_("For what no clause says: one line more in the checklist."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()):
            raise forms.ValidationError(_("Choose a chapter, or write a question."))
        return given


def _chapters(version: Version) -> list[tuple[str, str]]:
    return [
        (one.key, f"{one.key} {one.heading} ({len(one.clauses)})".strip())
        for one in chapters_of(version)
    ]


class AnswerForm(forms.Form):
    """What was found on one line."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("of an audit", "Finding"), choices=AuditLine.Verdict.choices
    )
    words = forms.CharField(
        label=_("What was seen"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    link = forms.CharField(label=_("Address of evidence"), max_length=300, required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Where it was found"), required=False
    )

    def __init__(self, data: Any = None, *, line: AuditLine, units: Iterable[Unit]) -> None:
        first = {"verdict": line.verdict, "words": line.words, "link": line.link,
                 "unit": line.unit_id}  # fmt: skip
        super().__init__(data, initial=first, auto_id=f"{line.pk}_%s")
        several = list(units)
        chosen = Unit.objects.filter(pk__in=[one.pk for one in several])
        field: Any = self.fields["unit"]
        field.queryset = chosen
        field.choices = [("", "–"), *((one.pk, one.name) for one in several)]
        if len(several) == 1:
            del self.fields["unit"]
        if not line.verdict:
            self.fields["verdict"].choices = [  # type: ignore[attr-defined]
                ("", "–"), *AuditLine.Verdict.choices,
            ]  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        return {"unit": None, **self.cleaned_data}


class ScanForm(forms.Form):
    """The report of a tool, and what it found, counted by hand."""

    report = forms.FileField(
        label=_("Report file"), required=False,
        help_text=_("Only auditors and who plans audits can open it."),
    )  # fmt: skip
    high = forms.IntegerField(label=_("High risk"), **COUNT)
    medium = forms.IntegerField(label=_("Medium risk"), **COUNT)
    low = forms.IntegerField(label=_("Low risk"), **COUNT)


class FileForm(forms.Form):
    """A file beside a line."""

    file = forms.FileField(label=_("File"))


class WordsForm(forms.Form):
    """One act with its words; the label says which."""

    words = forms.CharField(
        label=_("note"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["words"].label = label
        self.fields["words"].help_text = help_text


class YearForm(forms.Form):
    """Which year and kind of the programme."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Audit.Kind.choices]
    )

    def __init__(self, data: Any, **named: Any) -> None:
        here = today().year
        given = data.copy()
        given.setdefault("year", here)
        super().__init__(given, **named)
        years = Audit.objects.dates("planned_on", "year", order="DESC")
        known = sorted({here + 1, here, *(one.year for one in years)}, reverse=True)
        self.fields["year"].choices = [(one, one) for one in known]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen_year(self) -> int:
        return int(self.cleaned_data.get("year") or today().year)
