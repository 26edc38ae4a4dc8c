"""What is sent about goods, remedies, responsibility and forms of a complaint."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.complaint_acts import ActForm, words
from lingzhi.cases.forms.complaints import moment
from lingzhi.cases.forms.dictionaries import dictionary_field
from lingzhi.cases.models import (
    CaseEvent,
    DictionaryKind,
    Dispute,
    FormTemplate,
    GoodsReturn,
    Remedy,
)
from lingzhi.cases.queries.alike import group_of, repeats_of
from lingzhi.cases.services.letters import letter_text
from lingzhi.core.languages import in_language
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units


class DayInput(forms.DateInput):
    """A date in the browser's own way of choosing one."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


def short(label: Any, most: int = 80, *, is_required: bool = False) -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, max_length=most, required=is_required)


def money(label: Any) -> forms.DecimalField:
    """A sum of yuan."""
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, min_value=Decimal(0))


class GoodsForm(ActForm):
    product = dictionary_field(
        DictionaryKind.PRODUCT, _("Product or service"), 120, is_required=True
    )
    order_number = dictionary_field(DictionaryKind.ORDER, _("Order number"), 60)
    part_number = dictionary_field(DictionaryKind.PART, _("Part number"), 60)
    quantity = forms.IntegerField(label=_("Quantity delivered"), min_value=1, initial=1)
    delivered_on = forms.DateField(label=_("Delivered on"), required=False, widget=DayInput())
    defective = forms.IntegerField(label=_("Defective quantity"), min_value=0, initial=0)
    fault_code = dictionary_field(DictionaryKind.FAULT, _("Fault code"), 40)
    sample = short(_("Abnormal sample: what, and where it is kept"), 200)
    made_at_unit = short(_("Production unit, or unit that served"))
    machine = short(_("Machine and shift"))
    made_by = short(_("Production staff, or who served"))
    made_on = forms.DateField(label=_("Production date"), required=False, widget=DayInput())


class ReturnForm(ActForm):
    quantity = forms.IntegerField(label=_("Quantity returned"), min_value=1)
    note = short(_("Note"), 300)


class ReturnStepForm(ActForm):
    state = forms.ChoiceField(label=_("Next state"), widget=forms.RadioSelect)
    note = short(_("Note"), 300)

    def begin(self) -> None:
        states = GoodsReturn.NEXT[GoodsReturn.State(self.item.state)]
        self.fields["state"].choices = [(one, one.label) for one in states]  # type: ignore[attr-defined]


class RemedyForm(ActForm):
    kind = forms.ChoiceField(label=_("Remedy"), choices=Remedy.Kind.choices)
    words = words(_("What exactly is offered"), 500)
    amount = money(_("Amount"))

    def begin(self) -> None:
        self.initial["amount"] = Decimal(0)


class GiveForm(ActForm):
    cost = money(_("What it cost"))

    def begin(self) -> None:
        self.initial["cost"] = self.item.amount


class BlameForm(ActForm):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    person = forms.CharField(
        label=_("Person"), max_length=40, required=False,
        help_text=_("Staff number; empty for none."),
    )  # fmt: skip
    grounds = words(_("Grounds"), 1000)

    def begin(self) -> None:
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        self.initial["unit"] = self.complaint.accused_unit_id

    def clean_person(self) -> User | None:
        said = self.cleaned_data["person"].strip()
        if not said:
            return None
        person = User.objects.filter(staff_no=said, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return person


class VerdictForm(ActForm):
    FAULT = (("yes", _("At fault")), ("no", _("Not at fault")))
    is_at_fault = forms.TypedChoiceField(
        label=_("Responsibility"), choices=FAULT, widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    decision = words(_("Reasons"), 1000)


class AppealVerdictForm(VerdictForm):
    answer = words(_("Reasons"), 1000)
    decision = None  # type: ignore[assignment]


class BeginForm(ActForm):
    template = forms.ModelChoiceField(
        FormTemplate.objects.filter(retired_at=None), label=_("Form template")
    )


class LetterForm(ActForm):
    """A letter that begins with its template."""

    code = "progress"
    text = words(_("Letter"), 2000)
    expected_at = moment(_("By when the customer hears next"))
    way = forms.ChoiceField(
        label=_("Sent by way of"), choices=CaseEvent.Way.choices, required=False
    )

    def begin(self) -> None:
        self.initial["text"] = letter_text(self.complaint, self.code)
        if self.complaint.case.is_over:
            del self.fields["expected_at"]

    def clean(self) -> dict[str, Any]:
        return {"expected_at": None, **self.cleaned_data}


class ReceiptForm(LetterForm):
    code = "received"


class DecisionForm(LetterForm):
    code = "decision"


class LinkForm(ActForm):
    other = forms.TypedChoiceField(label=_("Which one"), coerce=int, widget=forms.RadioSelect)

    def begin(self) -> None:
        again = [(one.pk, _("again: %(case)s") % {"case": f"{one.case.number} {one.case.title}"})
                 for one in repeats_of(self.complaint)[:10]]  # fmt: skip
        known = {pk for pk, _words in again}
        others = [(one.pk, f"{one.case.number} {one.case.title}")
                  for one in group_of(self.complaint)[:20] if one.pk not in known]  # fmt: skip
        self.fields["other"].choices = [*again, *others]  # type: ignore[attr-defined]


class DisputeForm(ActForm):
    kind = forms.ChoiceField(label=_("Proceeding"), choices=Dispute.Kind.choices)
    body = short(_("Body"), 120, is_required=True)
    number = short(_("Their number"), 60)
    began_on = forms.DateField(label=_("Began on"), widget=DayInput())


class DisputeEndForm(ActForm):
    ended_on = forms.DateField(label=_("Ended on"), widget=DayInput())
    result = words(_("Result"), 1000)


class PaperUploadForm(ActForm):
    title = short(_("Title"), 120, is_required=True)
    file = forms.FileField(label=_("File"))


class SectionForm(forms.Form):
    """One section of a form, its fields as the template says."""

    def __init__(self, section: dict[str, Any], facts: dict[str, str], data: Any = None) -> None:
        super().__init__(data)
        for one in section["fields"]:
            widget = forms.Textarea(attrs={"rows": 3}) if one.get("is_long") else forms.TextInput()
            self.fields[one["code"]] = forms.CharField(
                label=in_language(one["title"]), required=False, max_length=2000, widget=widget,
                initial=facts.get(one.get("fact", ""), ""),
            )  # fmt: skip
