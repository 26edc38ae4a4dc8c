"""What is sent about work orders, the directory of matters and the settings of dispatch."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Case, CaseType, DispatchSettings, Matter
from lingzhi.cases.queries.dispatch import matters_for, matters_in_force
from lingzhi.cases.services.directory import MatterGiven
from lingzhi.cases.services.dispatching import Sending
from lingzhi.core.fields import DayField, Grouped, MomentField, MonthField
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import open_units


def _units(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].queryset = open_units()  # type: ignore[attr-defined]


class DispatchForm(forms.Form):
    """To which units a case goes. What the directory proposes is filled in."""

    matter = forms.ModelChoiceField(Matter.objects.none(), label=_("Matter"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Main unit"))
    assisting = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Assisting units"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )  # fmt: skip
    due_at = MomentField(
        label=_("To be answered by"), required=False,
        help_text=_("Empty: as the matter's law says, else as the rules of time limits say."),
    )  # fmt: skip
    instruction = forms.CharField(
        label=_("What is to be done"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    ground = forms.CharField(
        label=_("Ground of the ruling"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, case: Case, data: Any = None, *, is_ruling: bool = False) -> None:
        super().__init__(data)
        _units(self, "unit", "assisting")
        self.fields["matter"].queryset = matters_in_force()  # type: ignore[attr-defined]
        if not is_ruling:
            del self.fields["ground"]
        self.proposed = matters_for(case)
        if self.proposed and not is_ruling:
            first = self.proposed[0]
            helpers = [unit.pk for unit in first.assisting.all()]
            self.initial = {"matter": first.pk, "unit": first.unit_id, "assisting": helpers}

    @property
    def sending(self) -> Sending:
        """What was sent, once it is valid."""
        names = ("unit", "assisting", "matter", "instruction", "due_at")
        return Sending(**{name: self.cleaned_data[name] for name in names})


class AssistForm(forms.Form):
    """One more unit that assists."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Assisting unit"))
    instruction = forms.CharField(label=_("What is to be done"), max_length=1000)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        _units(self, "unit")


class OrderAnswerForm(forms.Form):
    """What the unit did and says."""

    answer = forms.CharField(
        label=_("Answer of the unit"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    signature = forms.CharField(label=_("Signed with the name"), max_length=60)


class MatterForm(forms.Form):
    """A line of the directory."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Matter"), max_length=120)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Responsible unit"))
    assisting = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Assisting units"), required=False
    )
    type = forms.ModelChoiceField(
        CaseType.objects.filter(retired_at=None), label=_("Case type"), required=False
    )
    words = forms.CharField(
        label=_("Words that tell it, one a line"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    ground = forms.CharField(label=_("By which law or rule"), max_length=300, required=False)
    limit_days = forms.IntegerField(
        label=_("Working days"), required=False, min_value=1, max_value=365
    )
    from_on = DayField(label=_("Valid from"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _units(self, "unit", "assisting")

    @property
    def given(self) -> MatterGiven:
        """What was sent, once it is valid."""
        return MatterGiven(**self.cleaned_data)


class DispatchSettingsForm(Grouped, forms.ModelForm[DispatchSettings]):
    """How the centre dispatches. Posts are chosen from the catalogue."""

    GROUPS = (
        (_("Returns and rulings"), ("return_hours", "returns", "ruling_post")),
        (_("Supervision of orders"), ("supervising_posts", "supervision_days")),
        (_("Calling the customer back"), ("tries", "try_days", "try_hours")),
        (_("Secrecy and major matters"), ("secrecy_post", "major_post", "major_words")),
    )

    supervising_posts = forms.MultipleChoiceField(
        label=_("posts that supervise, by level"), help_text=_("In the order of the catalogue.")
    )

    class Meta:
        model = DispatchSettings
        fields = (
            "return_hours", "returns", "ruling_post", "supervising_posts", "supervision_days",
            "secrecy_post", "major_post", "major_words", "tries", "try_days", "try_hours",
        )  # fmt: skip
        widgets = {"major_words": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        posts = list(Post.objects.filter(withdrawn_at=None).values_list("code", "name"))
        for name in ("ruling_post", "secrecy_post", "major_post"):
            said = getattr(self.instance, name)
            unheld = (said, _("nobody yet (%(code)s)") % {"code": said})
            known = posts if any(said == code for code, _name in posts) else [unheld, *posts]
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(label=label, choices=known)
        self.fields["supervising_posts"].choices = posts  # type: ignore[attr-defined]


class OrderFilterForm(forms.Form):
    """Which work orders are listed."""

    WHICH = (
        ("", _("All")), ("unsigned", _("To be signed for")), ("open", _("To be answered")),
        ("answered", _("Order answered")), ("signed_late", _("Signed for too late")),
        ("signed_in_time", _("Signed for in time")), ("answered_late", _("Answered too late")),
        ("answered_in_time", _("Answered in time")), ("returned", _("Returned")),
        ("redone", _("Sent back")), ("urged", _("Urged")),
        ("contacted", _("Customer was contacted")), ("not_contacted", _("Customer not contacted")),
        ("solved", _("Solved, the customer says")), ("unsolved", _("Not solved")),
        ("satisfied", _("Satisfied")), ("unsatisfied", _("Not satisfied")),
        ("excluded", _("Left out of appraisal")),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("All")
    )
    month = MonthField(label=_("Month"), required=False)
    which = forms.ChoiceField(label=_("Which orders"), required=False, choices=WHICH)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _units(self, "unit")

    def clean_month(self) -> str:
        """As `2026-11`; empty for every month."""
        chosen = self.cleaned_data["month"]
        return f"{chosen:%Y-%m}" if chosen else ""
