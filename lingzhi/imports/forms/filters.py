from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.imports.models import Batch
from lingzhi.imports.queries import STATES


class BatchFilters(forms.Form):
    """What the list of imports is narrowed to."""

    LABELS = (
        ("", _("All")),
        ("open", _("Not over yet")),
        ("undecided", Batch.State.UNDECIDED.label),
        ("finished", Batch.State.FINISHED.label),
        ("refused", Batch.State.REFUSED.label),
        ("dropped", Batch.State.DROPPED.label),
    )
    text = forms.CharField(label=_("File or source"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=LABELS)

    def apply(self, rows: QuerySet[Batch]) -> QuerySet[Batch]:
        """A filter that is wrong narrows nothing and is shown beside its field."""
        self.is_valid()
        found = self.cleaned_data
        if found.get("state"):
            rows = rows.filter(STATES[found["state"]])
        if found.get("text"):
            named = rows.filter(file_name__icontains=found["text"])
            rows = named | rows.filter(source__icontains=found["text"])
        return rows
