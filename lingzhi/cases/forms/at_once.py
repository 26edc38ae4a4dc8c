"""What is done with the cases ticked in the list."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_assign, case_to_note, case_to_take
from lingzhi.cases.models import Case
from lingzhi.cases.services.working import assign_case, note_on_case

MOST = 100


class AtOnceForm(forms.Form):
    """One act for all of them."""

    ACTS = (("take", _("Take on")), ("assign", _("Give to")), ("note", _("Note")))
    act = forms.ChoiceField(label=_("With the ticked ones"), choices=ACTS)
    staff_no = forms.CharField(label=_("Staff number"), required=False, max_length=40)
    text = forms.CharField(label=_("Note"), required=False, max_length=2000)
    case = forms.TypedMultipleChoiceField(coerce=int, required=True)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user
        ticked = [one for one in data.getlist("case") if one.isdecimal()][:MOST]
        self.fields["case"].choices = [(one, one) for one in ticked]  # type: ignore[attr-defined]
        self.fields["case"].error_messages["required"] = _("Tick at least one case.")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("act") == "assign":
            person = User.objects.filter(staff_no=found.get("staff_no"), is_active=True).first()
            if person is None:
                self.add_error("staff_no", _("Nobody has this staff number."))
            found["person"] = person
        if found.get("act") == "note" and not found.get("text", "").strip():
            self.add_error("text", _("Say it in a few words."))
        return found

    @property
    def find(self) -> Callable[[int], Case]:
        """A case with the right to do this with it."""
        ways = {"take": case_to_take, "assign": case_to_assign, "note": case_to_note}
        way = ways[self.cleaned_data["act"]]
        return lambda pk: way(self.user, pk)

    def do(self, case: Case) -> None:
        """The act itself, on a case as it stands now."""
        data, by = self.cleaned_data, self.user
        if data["act"] == "note":
            note_on_case(case, data["text"], by=by)
        else:
            person = by if data["act"] == "take" else data["person"]
            assign_case(case, person, seen=case.revision, by=by)
