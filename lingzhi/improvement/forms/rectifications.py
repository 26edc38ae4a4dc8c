"""What is sent about a rectification."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField, Grouped
from lingzhi.core.origins import origins
from lingzhi.improvement.models import Rectification, Source
from lingzhi.improvement.queries.people import READ, START
from lingzhi.org.models import Group, Unit
from lingzhi.org.queries import open_units, units_visible_to

FREE = [one for one in Source.Free.choices if one[0] != Source.Free.CARRIED]


def people() -> Any:
    """Everybody who works here: measures and supervision cross units."""
    return User.objects.filter(is_active=True).order_by("staff_no")


class RectificationForm(Grouped, forms.ModelForm[Rectification]):
    """The problem, who puts it right, who supervises."""

    GROUPS = (
        (_("The problem"), ("title", "problem", "category", "grade", "kind", "words")),
        (_("Who puts it right"), ("unit", "owner", "due_on", "team")),
        (_("Who looks after it"), ("supervisor", "way", "watch_days")),
    )
    due_on = DayField(label=_("to be done by"))
    kind = forms.ChoiceField(label=_("Source"), choices=FREE)
    words = forms.CharField(
        label=_("where it was found"), max_length=300,
        help_text=_("The meeting and its day, the number of the audit, who proposed it."),
    )  # fmt: skip

    class Meta:
        model = Rectification
        fields = (
            "title", "problem", "category", "grade", "unit", "owner", "due_on", "team",
            "supervisor", "way", "watch_days",
        )  # fmt: skip
        widgets = {"problem": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "watch_days": _("If it happens again within these days after closing, it is reopened.")
        }

    def __init__(self, *args: Any, user: User, has_source: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        units = units_visible_to(user, START)
        if self.instance.pk:  # an owner without the right elsewhere keeps its unit
            units = open_units().filter(pk__in=[*units.values_list("pk", flat=True),
                                                self.instance.unit_id])  # fmt: skip
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for name in ("owner", "supervisor"):
            self.fields[name].queryset = people()  # type: ignore[attr-defined]
        self.fields["team"].queryset = Group.objects.all()  # type: ignore[attr-defined]
        if has_source or self.instance.pk:
            del self.fields["kind"], self.fields["words"]


class RectificationFilters(forms.Form):
    """Which are listed."""

    text = forms.CharField(label=_("Words or number"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none())
    source = forms.ChoiceField(label=_("Source"), required=False)
    mine = forms.ChoiceField(
        label=_("My part"), required=False,
        choices=[
            ("", _("All")), ("owner", _("I answer for it")), ("measure", _("My measures")),
            ("supervisor", _("I supervise")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        self.user = user
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("Unfinished")), ("late", _("Overdue")), ("all", _("All")),
            *Rectification.State.choices,
        ]  # fmt: skip
        self.fields["unit"].queryset = units_visible_to(user, READ)  # type: ignore[attr-defined]
        kinds = [(one.kind, one.label) for one in origins().values()]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *kinds,
            *Source.Free.choices,
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)


class WordsForm(forms.Form):
    """One act with its words; the label says which."""

    words = forms.CharField(
        label=_("note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["words"].label = label
        self.fields["words"].help_text = help_text
