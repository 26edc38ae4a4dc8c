"""What is sent with the acts on a complaint; each form begins with what is kept already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.forms.complaints import LONG, SHORT, moment
from lingzhi.cases.models import Cause, Complaint, Grade
from lingzhi.cases.services.laying import laws

USUAL_WAYS = _(
    "Consumers’ association or 12315; mediation by a third party; arbitration where it was agreed;"
    " the people’s court."
)


class ActForm(forms.Form):
    """An act on `complaint`, or on `item`: one of its goods, remedies, …"""

    def __init__(
        self, complaint: Complaint, data: Any = None, *, item: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        self.complaint, self.item = complaint, item
        self.begin()

    def begin(self) -> None:
        """Fill in what is known."""


def words(label: Any, most: int = 4000, *, is_required: bool = True) -> forms.CharField:
    """Words of several lines."""
    return forms.CharField(
        label=label, max_length=most, required=is_required, widget=forms.Textarea(attrs=LONG)
    )


class AssessForm(ActForm):
    text = words(_("Severity, complexity, impact, and whether to act at once"))

    def begin(self) -> None:
        self.initial["text"] = self.complaint.assessment


class GradeForm(ActForm):
    grade = forms.ChoiceField(
        label=_("Severity grade"), choices=Grade.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def begin(self) -> None:
        self.initial["grade"] = self.complaint.grade


class VerifyForm(ActForm):
    CONFIRMED = (("", _("Not known")), ("yes", _("Yes")), ("no", _("No")))
    text = words(_("What was looked into, and what is true"))
    is_cause_confirmed = forms.ChoiceField(
        label=_("Is the cause the customer claims the real one?"), choices=CONFIRMED,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip

    def begin(self) -> None:
        known = {None: "", True: "yes", False: "no"}
        self.initial["text"] = self.complaint.verification
        self.initial["is_cause_confirmed"] = known[self.complaint.is_cause_confirmed]

    def clean_is_cause_confirmed(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["is_cause_confirmed"])


class AnalyseForm(ActForm):
    text = words(_("Why it happened"))
    improvement = words(_("Measure that keeps it from happening again"), 2000, is_required=False)

    def begin(self) -> None:
        self.initial["text"] = self.complaint.analysis
        self.initial["improvement"] = self.complaint.improvement


class FindForm(ActForm):
    finding = forms.ChoiceField(
        label=_("Finding"), choices=Complaint.Finding.choices[1:], widget=forms.RadioSelect
    )
    cause = forms.ModelChoiceField(Cause.objects.filter(retired_at=None), label=_("Cause"))
    decision = words(_("Decision and its reasons"))
    laws = forms.MultipleChoiceField(
        label=_("Laws referred to"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def begin(self) -> None:
        one = self.complaint
        self.fields["laws"].choices = [(name, name) for name in laws()]  # type: ignore[attr-defined]
        known = {"finding": one.finding, "cause": one.cause_id, "laws": one.laws}
        self.initial = {**self.initial, **known, "decision": one.decision}


class OutsideWaysForm(ActForm):
    text = forms.CharField(
        label=_("Outside ways the customer was told"), max_length=500,
        widget=forms.Textarea(attrs=SHORT), initial=USUAL_WAYS,
    )  # fmt: skip


class AuthorityForm(ActForm):
    text = words(_("What was answered to the authority"), 2000)


class ExtendForm(ActForm):
    until_at = moment(_("Until"))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def begin(self) -> None:
        self.fields["until_at"].required = True


class EffectForm(ActForm):
    WORKS = (("yes", _("The measure works")), ("no", _("It does not work")))
    is_effective = forms.TypedChoiceField(
        label=_("Effect"), choices=WORKS, widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    text = words(_("How the effect was checked"), 2000)


class ClaimantForm(ActForm):
    is_so = forms.BooleanField(label=_("Professional claimant"), required=False)
    note = forms.CharField(
        label=_("Signs of it"), max_length=300, required=False,
        help_text=_("A flag changes nothing about the right to complain; only those who settle"
                    " complaints see it."),
    )  # fmt: skip

    def begin(self) -> None:
        self.initial = {**self.initial, "is_so": self.complaint.is_professional,
                         "note": self.complaint.professional_note}  # fmt: skip


class HandlingForm(ActForm):
    handling = forms.ChoiceField(
        label=_("How the customer felt treated, whatever the outcome"),
        choices=Complaint.Handling.choices[1:], widget=forms.RadioSelect,
    )  # fmt: skip
