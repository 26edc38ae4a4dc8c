"""A gate as people set it, and which checks are listed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import DESIGN
from lingzhi.inspections.models import Gate, GateCheck, Sheet
from lingzhi.org.queries import units_visible_to


class GateForm(forms.ModelForm[Gate]):
    class Meta:
        model = Gate
        fields = ("kind", "title", "unit", "sheet")
        help_texts = {
            "kind": _("By this other parts of the program ask whether something may leave."),
            "sheet": _("In force, with a passing line."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(user, DESIGN)  # type: ignore[attr-defined]
        active = Sheet.objects.filter(versions__state="active")
        self.fields["sheet"].queryset = active  # type: ignore[attr-defined]


class CheckFilters(forms.Form):
    """By reference, and whether it may leave."""

    text = forms.CharField(label=_("Reference"), required=False, max_length=120)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("All")), ("blocked", _("Blocked")), ("passed", _("Passed")),
            ("released", _("Let through")),
        ],
    )  # fmt: skip

    def narrowed(self, rows: QuerySet[GateCheck]) -> QuerySet[GateCheck]:
        self.is_valid()
        states: dict[str, dict[str, Any]] = {
            "blocked": {"is_passed": False, "released_at": None},
            "passed": {"is_passed": True},
            "released": {"released_at__isnull": False},
        }
        text = self.cleaned_data.get("text", "").strip()
        rows = rows.filter(**states.get(self.cleaned_data.get("state", ""), {}))
        return rows.filter(reference__icontains=text) if text else rows
