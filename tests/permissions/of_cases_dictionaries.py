from typing import Any

from lingzhi.cases.models import DictionaryEntry
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from tests.permissions.objects import Route, Whose


def an_entry(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = DictionaryEntry.objects.create(kind="fault", code="E1", name="缺氟", changed_at=now())
    return {"pk": made.pk}


ROUTES = {
    "cases:dictionaries": Route(),
    "cases:new_entry": Route(),
    "cases:edit_entry": Route(an_entry),
    "cases:retire_entry": Route(an_entry),
    "cases:dictionary_rules": Route(),
    "cases:suggest": Route(
        lambda cast, whose: {"kind": "fault", "field": "fault_code"},
        missing={"kind": "weather", "field": "fault_code"},
    ),
}
