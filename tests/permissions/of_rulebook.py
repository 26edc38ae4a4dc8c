from typing import Any

from lingzhi.conftest import Cast
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.services import import_regulation, start_adoption
from tests.permissions.objects import Route, Whose


def own_pack(cast: Cast, whose: Whose) -> Pack:
    return import_regulation(text="第一条 总机三声内应接听。", title="总机规定", by=cast.quan)


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


NO_PACK = {"code": "no-such-pack"}
NO_PROPOSAL = {"code": "no-such-pack", "pk": 999_999_999}
NO_CLAUSE = {"code": "no-such-pack", "number": "1"}

ROUTES = {
    "rulebook:import_new": Route(),
    "rulebook:import_review": Route(pack, missing=NO_PACK),
    "rulebook:import_refuse_rest": Route(pack, method="post", missing=NO_PACK),
    "rulebook:import_finish": Route(pack, method="post", missing=NO_PACK),
    "rulebook:import_change": Route(proposal, missing=NO_PROPOSAL),
    "rulebook:import_decide": Route(proposal, method="post", missing=NO_PROPOSAL),
    "rulebook:import_clause": Route(imported_clause, missing=NO_CLAUSE),
    "rulebook:print_pdf": Route(draft),
    "rulebook:print_unit": Route(unit),
    "rulebook:print_word": Route(draft),
}
