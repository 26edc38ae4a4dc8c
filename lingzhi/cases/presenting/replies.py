"""Reply templates beside a case: which may be picked, and the forms that begin with one."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.forms.cases import NoteForm, TellForm
from lingzhi.cases.models import Case, Complaint, ReplyTemplate
from lingzhi.cases.queries.replies import replies_for
from lingzhi.cases.queries.secrecy import kept_back
from lingzhi.cases.services.replies import facts_for_replies, filled

Use = ReplyTemplate.Use


def replies_shown(user: User, case: Case, picked: str) -> dict[str, Any]:
    """For telling those of that use, of complaints letters too; for notes those; `picked` is the
    key of one."""
    found = list(replies_for(user, case))
    letters = {one for one in found if one.use not in (Use.TELL, Use.NOTE)}
    if letters and not Complaint.objects.filter(pk=case.pk).exists():
        found = [one for one in found if one not in letters]
    chosen = next((one for one in found if str(one.pk) == picked), None)
    text = ""
    if chosen is not None:
        is_hidden = bool(kept_back(user, [case]))
        text = filled(chosen.text, facts_for_replies(case, is_hidden=is_hidden))
    is_note = chosen is not None and chosen.use == Use.NOTE
    return {
        "tell_replies": [one for one in found if one.use != Use.NOTE],
        "note_replies": [one for one in found if one.use == Use.NOTE],
        "picked": chosen,
        "tell_form": TellForm(initial={"method": "" if is_note else text}),
        "note_form": NoteForm(initial={"text": text if is_note else ""}),
    }
