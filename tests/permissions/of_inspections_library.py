from collections.abc import Callable
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.contacts.models import Contact
from lingzhi.inspections.models import TypicalCase
from lingzhi.inspections.services.library import CaseDraft, approve_case, propose_case
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact


def case(*, is_approved: bool) -> Callable[[Cast, Whose], dict[str, Any]]:
    """A typical case from the person's conversation, proposed by an inspector."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        talk = Contact.objects.get(pk=contact(cast, whose)["pk"])
        turns = list(talk.turns.values_list("seq", flat=True))
        draft = CaseDraft("case", TypicalCase.Kind.GOOD, "why", turns)
        made = propose_case(talk, draft, by=cast.ines)
        if is_approved:
            approve_case(made, by=cast.quan)
        return {"pk": made.pk}

    return make


PROPOSED, APPROVED = case(is_approved=False), case(is_approved=True)
ROUTES = {
    "inspections:typical_cases": Route(),
    "inspections:print_typical_cases": Route(
        lambda cast, whose: {"kind": "word"}, missing={"kind": "word"}
    ),
    "inspections:typical_case": Route(APPROVED),
    "inspections:new_typical_case": Route(
        lambda cast, whose: {"contact": contact(cast, whose)["pk"]},
        missing={"contact": 999_999_999},
    ),
    "inspections:edit_typical_case": Route(PROPOSED),
    "inspections:approve_typical_case": Route(PROPOSED, method="post"),
    "inspections:retire_typical_case": Route(APPROVED, method="post", data={"reason": "no"}),
}
