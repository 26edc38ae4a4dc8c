from io import BytesIO
from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.files.services import store_file
from lingzhi.rulebook.models import Clause, Pack, Regulation, Version
from lingzhi.rulebook.services import import_regulation, start_adoption
from tests.permissions.objects import Route, Whose


def own_pack(cast: Cast, whose: Whose) -> Pack:
    pack = import_regulation(text="第一条 总机三声内应接听。", title="总机规定", by=cast.quan)
    pack.unit = whose.unit
    pack.save(update_fields=["unit"])
    return pack


def pack(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"code": own_pack(cast, whose).code}


def proposal(cast: Cast, whose: Whose) -> dict[str, Any]:
    row = own_pack(cast, whose)
    return {"code": row.code, "pk": row.proposals[0]["id"]}


def imported_clause(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"code": own_pack(cast, whose).code, "number": "第一条"}


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    code = own_pack(cast, whose).code
    return {"pk": start_adoption(code, whose.unit, by=cast.quan).pk}


def unit(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": whose.unit.pk}


BODY = {
    "id": "house",
    "title": {"zh-Hans": "本店规矩"},
    "slots": [{"key": "plan", "title": {"zh-Hans": "应急预案"}}],
    "clauses": [
        {
            "number": "1",
            "title": {"zh-Hans": "薪酬"},
            "text": {"zh-Hans": "按月考核。"},
            "force": "must",
            "touches": ["pay"],
            "controls": [{"key": "ring", "kind": "duty", "title": {"zh-Hans": "接听"}}],
        }
    ],
}


def a_version(cast: Cast, whose: Whose, **own: Any) -> Version:
    """A regulation of one clause in force in the owner's unit."""
    regulation = Regulation.objects.create(pack="house", unit=whose.unit, created_at=now())
    agreed = {"approved_at": now(), "applied_at": now(), "effective_on": today()}
    values = {"reason_kind": "first", "submitted_at": now(), **agreed, **own}
    version = Version.objects.create(
        regulation=regulation, number=1, body=BODY, created_at=now(), created_by=cast.quan, **values
    )
    row = {name: value for name, value in BODY["clauses"][0].items() if name != "controls"}
    Clause.objects.create(version=version, position=1, **row)
    return version


def version(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_version(cast, whose).pk}


def own_draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    nobody = {"submitted_at": None, "approved_at": None, "applied_at": None, "effective_on": None}
    return {"pk": a_version(cast, whose, **nobody).pk}


def unit_with_rules(cast: Cast, whose: Whose) -> dict[str, Any]:
    a_version(cast, whose)
    return unit(cast, whose)


def regulation(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_version(cast, whose).regulation_id}


def clause(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_version(cast, whose).regulation_id, "number": "1"}


def slot(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": a_version(cast, whose).regulation_id, "key": "plan"}


def document(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = a_version(cast, whose).regulation
    file = store_file(BytesIO(b"Call the head."), name="plan.txt", purpose="rulebook", by=cast.quan)
    found.slots.create(key="plan", file=file, filled_at=now(), filled_by=cast.quan)
    return {"pk": found.pk, "file_pk": file.pk}


def on_the_desk(**place: str) -> Any:
    """A draft on the desk, or a place in it."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        return {"what": "version", "ref": str(own_draft(cast, whose)["pk"]), **place}

    return make


def desk_route(method: str = "get", **place: str) -> Route:
    missing = {"what": "version", "ref": "999999999", **place}
    return Route(on_the_desk(**place), method=method, missing=missing)


NO_PACK = {"code": "no-such-pack"}
NO_PROPOSAL = {"code": "no-such-pack", "pk": 999_999_999}
NO_CLAUSE = {"code": "no-such-pack", "number": "1"}

ROUTES = {
    "rulebook:list": Route(),
    "rulebook:new_pack": Route(),
    "rulebook:pack": Route(pack, missing=NO_PACK),
    "rulebook:withdraw_pack": Route(pack, method="post", missing=NO_PACK),
    "rulebook:adopt": Route(pack, missing=NO_PACK),
    "rulebook:figures": Route(own_draft),
    "rulebook:edit": Route(own_draft),
    "rulebook:conflicts": Route(own_draft),
    "rulebook:preview": Route(own_draft),
    "rulebook:start": Route(own_draft),
    "rulebook:discard": Route(own_draft, method="post"),
    "rulebook:take_back": Route(own_draft, method="post"),
    "rulebook:version": Route(own_draft),
    "rulebook:changes": Route(version),
    "rulebook:withdraw": Route(version, method="post"),
    "rulebook:decide": Route(version, method="post"),
    "rulebook:read": Route(version),
    "rulebook:readers": Route(version),
    "rulebook:regulation": Route(regulation),
    "rulebook:review": Route(regulation),
    "rulebook:revise": Route(regulation),
    "rulebook:fill_slot": Route(slot, missing={"pk": 999_999_999, "key": "plan"}),
    "rulebook:document": Route(document, missing={"pk": 999_999_999, "file_pk": 1}),
    "rulebook:clause": Route(clause, missing={"pk": 999_999_999, "number": "1"}),
    "rulebook:record_step": Route(clause, missing={"pk": 999_999_999, "number": "1"}),
    "rulebook:desk": desk_route(),
    "rulebook:new_clause": desk_route(),
    "rulebook:edit_clause": desk_route(number="1"),
    "rulebook:remove_clause": desk_route("post", number="1"),
    "rulebook:new_control": Route(
        on_the_desk(number="1"),
        missing={"what": "version", "ref": "999999999", "number": "1"},
        data={"kind": "duty"},
    ),
    "rulebook:edit_control": desk_route(number="1", key="ring"),
    "rulebook:remove_control": desk_route("post", number="1", key="ring"),
    "rulebook:import_new": Route(),
    "rulebook:import_review": Route(pack, missing=NO_PACK),
    "rulebook:import_refuse_rest": Route(pack, method="post", missing=NO_PACK),
    "rulebook:import_finish": Route(pack, method="post", missing=NO_PACK),
    "rulebook:import_change": Route(proposal, missing=NO_PROPOSAL),
    "rulebook:import_decide": Route(proposal, method="post", missing=NO_PROPOSAL),
    "rulebook:import_clause": Route(imported_clause, missing=NO_CLAUSE),
    "rulebook:print_pdf": Route(draft),
    "rulebook:print_unit_pdf": Route(unit_with_rules),
    "rulebook:print_unit_word": Route(unit_with_rules),
    "rulebook:print_word": Route(draft),
}
