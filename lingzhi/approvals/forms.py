from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.approvals.queries import chain_of

MAX_STEPS = 5


class DecisionForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=500,
        help_text=_("A refusal needs its reason."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ChainForm(forms.Form):
    """The steps of one matter, one select a step; empty steps are left out."""

    def __init__(self, data: Any, *, matter: str) -> None:
        super().__init__(data)
        roles = chain_of(matter)
        choices = [
            ("", _("No further step")),
            *((code, role.label) for code, role in ROLES.items()),
        ]
        for step in range(MAX_STEPS):
            self.fields[f"step_{step}"] = forms.ChoiceField(
                label=_("Step %(number)d") % {"number": step + 1},
                choices=choices,
                required=False,
                initial=roles[step] if step < len(roles) else "",
            )

    def roles(self) -> list[str]:
        found = [self.cleaned_data[f"step_{step}"] for step in range(MAX_STEPS)]
        return [role for role in found if role]


MATTER_LABELS = {
    "conformity.assessment": _("Impact assessment on personal data"),
    "cases.extend": _("More time for a case"),
    "cases.pause": _("A wait that stops a clock"),
    "cases.extend_complaint": _("More time for a complaint"),
    "inspections.activate_rule": _("Putting a rule into force"),
    "cases.exclude_order": _("Order left out of appraisal"),
    "governance.document": _("Controlled document"),
    "governance.plan": _("Service plan"),
    "governance.policy": _("Quality policy"),
    "governance.service": _("Service of the directory"),
    "improvement.major": _("Major rectification"),
    "improvement.plan": _("Rectification"),
    "inspections.covert_plan": _("Covert inspection"),
    "surveys.plan": _("Survey plan"),
    "knowledge.publish": _("Putting an article into force"),
    "reports.publish": _("Yearly service report"),
    "rulebook.adopt": _("Putting a regulation into force"),
}
