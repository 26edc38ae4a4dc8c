"""Two cases that belong together, or are one."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_work
from lingzhi.cases.models import Case, CaseLink


class LinkForm(forms.Form):
    """How `case` belongs to another one that this person works on, too."""

    MERGE = "merge"
    HOW = (
        (MERGE, _("The same matter twice: go on in the other case only")),
        (CaseLink.Kind.PART_OF, _("Part of an incident that the other case stands for")),
        (CaseLink.Kind.RELATED, _("Another matter that is related")),
    )  # fmt: skip
    other = forms.CharField(label=_("Number of the other case"), max_length=60)
    how = forms.ChoiceField(
        label=_("How they belong together"), choices=HOW, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Needed for a merge; it can be taken back."),
    )  # fmt: skip

    def __init__(self, case: Case, user: User, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.case, self.user = case, user

    def clean_other(self) -> Case:
        """The case of that number, if this person works on it."""
        number = self.cleaned_data["other"].strip()
        found = Case.objects.filter(number=number).exclude(pk=self.case.pk).first()
        try:
            return case_to_work(self.user, found.pk if found else 0)
        except (Http404, PermissionDenied) as error:
            raise forms.ValidationError(_("You work on no other case of this number.")) from error

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("how") == self.MERGE and not found.get("reason", "").strip():
            self.add_error("reason", _("Say it in a few words."))
        return found
