"""What is sent about controlled documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.governance.forms.goals import people
from lingzhi.governance.models import Document, DocumentReview
from lingzhi.governance.queries.goals import PLAN
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


class DocumentForm(forms.ModelForm[Document]):
    """What it is called, whose it is, who reads it, how long it is kept."""

    class Meta:
        model = Document
        fields = (
            "number", "title", "kind", "unit", "owner", "readers", "every_months", "keep_years",
            "references",
        )  # fmt: skip
        widgets = {"references": forms.SelectMultiple(attrs={"size": 6})}

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(user, PLAN)
        fields["owner"].queryset = people()


class DocumentVersionForm(forms.Form):
    """The file of the next version."""

    file = forms.FileField(label=_("File"))
    change = forms.CharField(
        label=_("What changed"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Needed from the second version on."),
    )  # fmt: skip
    from_on = DayField(label=_("In force from"), help_text=_("Not before the day it is approved."))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["from_on"].initial = today()


class DocumentReviewForm(forms.Form):
    """What was found."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=DocumentReview.Outcome.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was looked at, and why it stays or changes."),
    )  # fmt: skip


class DocumentFilters(forms.Form):
    """Which documents are shown."""

    text = forms.CharField(label=_("Words"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind of document"), required=False,
        choices=[("", _("All")), *Document.Kind.choices],
    )  # fmt: skip
    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none())
    show = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[
            ("", pgettext_lazy("of a document", "In force")), ("due", _("Review due")),
            ("coming", pgettext_lazy("of a document", "Next versions")), ("mine", _("My part")),
            ("over", pgettext_lazy("of a document", "In force no more")),
            ("destroy", _("Kept long enough")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        keeping = Document.objects.order_by().values("unit_id")
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keeping)  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
