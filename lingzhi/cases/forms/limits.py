"""What is sent about limits, types and the pattern of numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseType, ClockRule, Flow
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped
from lingzhi.customers.queries.segments import segments_in_use

ANY = ("", _("Any"))
COPIED = (
    "kind", "channel", "type", "case_class", "level", "segment", "amount", "unit", "base",
    "ends_with_day", "is_inclusive", "stops_when_waiting", "pause_cap", "pause_needs_approval",
    "warns_percent",
)  # fmt: skip


class LimitForm(Grouped, forms.ModelForm[ClockRule]):
    """A limit; with `old`, its next version, which keeps code and clock."""

    GROUPS = (
        (_("Time limit"),
         ("code", "kind", "amount", "unit", "base", "warns_percent", "ends_with_day",
          "is_inclusive")),
        (_("Applies to cases"), ("type", "case_class", "level", "channel", "segment")),
        (_("While the case waits"), ("stops_when_waiting", "pause_needs_approval", "pause_cap")),
        (_("From when, and why"), ("from_on", "reason")),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason for the change"), max_length=300)
    from_on = DayField(label=_("Holds for cases opened from"))

    class Meta:
        model = ClockRule
        fields = ("code", *COPIED, "from_on")
        help_texts = {
            "pause_cap": _("In the clock's own time; empty: as long as the case waits."),
            "warns_percent": _("0: no warning."),
            "pause_needs_approval": _("It counts on until somebody has agreed."),
        }

    def __init__(self, old: ClockRule | None, data: Any = None) -> None:
        initial = {name: getattr(old, name) for name in COPIED} if old else {}
        super().__init__(data, initial={**initial, "from_on": today()})
        self.fields["level"] = forms.TypedChoiceField(
            label=_("Handling level"), required=False, coerce=int, empty_value=None,
            choices=[ANY, *Level.choices],
        )  # fmt: skip
        self.fields["case_class"] = forms.ChoiceField(
            label=_("Case class"), required=False, choices=[ANY, *CaseClass.choices]
        )
        self._offer("channel", _("Channel"), Channel.objects.all())
        self._offer("type", _("Case type"), CaseType.objects.filter(retired_at=None))
        self._offer("segment", _("Class of customers"), segments_in_use())
        self.fields["amount"].label, self.fields["unit"].label = _("Time limit"), _("Unit of time")
        self.fields["base"].label = _("Time that counts")
        if old:
            del self.fields["code"], self.fields["kind"]
            self.instance.kind = old.kind
            self.instance.code = old.code

    def _offer(self, name: str, label: Any, rows: Any) -> None:
        field = forms.ModelChoiceField(rows, label=label, required=False, empty_label=_("Any"))
        self.fields[name] = field


class EndLimitForm(forms.Form):
    """The last day of a limit."""

    to_on = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class TypeForm(forms.ModelForm[CaseType]):
    """A line of the dictionary of types. Its flow stays once it was chosen."""

    chinese = forms.CharField(label=_("Name in Chinese"), max_length=60)
    english = forms.CharField(label=_("Name in English"), max_length=60, required=False)

    class Meta:
        model = CaseType
        fields = (
            "code",
            "flow",
            "case_class",
            "priority",
            "level",
            "order",
            "confirms",
            "confirmation",
        )
        labels = {"order": _("Place in the list")}
        widgets = {"confirmation": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "confirms": _("Never to who refused or is hidden; without a mail server not at all."),
            "confirmation": _(
                "{number}, {title}, {opened} and {result} are filled in. Empty: the usual words."
            ),
        }

    def __init__(self, instance: CaseType | None, data: Any = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["flow"] = forms.ModelChoiceField(
            Flow.objects.filter(versions__state="active"), label=_("Case flow"), empty_label=None
        )
        self.fields["flow"].label_from_instance = _title_of  # type: ignore[attr-defined]
        for name, choices in (("priority", Priority), ("level", Level)):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label, coerce=int, choices=choices.choices
            )
        self.order_fields(["chinese", "english", "code", "flow", "case_class"])
        if instance:
            self.initial["chinese"] = instance.title.get("zh-Hans", "")
            self.initial["english"] = instance.title.get("en", "")
            del self.fields["code"], self.fields["flow"]

    def named(self) -> CaseType:
        """The type with its names, not saved yet."""
        row: CaseType = self.save(commit=False)
        chinese, english = self.cleaned_data["chinese"], self.cleaned_data["english"]
        row.title = {"zh-Hans": chinese, "en": english or chinese}
        return row


def _title_of(flow: Flow) -> str:
    version = flow.versions.filter(state="active").first()
    return version.title if version else flow.code


class PatternForm(forms.Form):
    """How cases are numbered."""

    pattern = forms.CharField(
        label=_("Format of the numbers"), max_length=60,
        help_text=_("{year} {month} {day} and {serial:4}, the serial with at least 4 digits."),
    )  # fmt: skip
