from typing import Any

from lingzhi.conftest import Cast
from lingzhi.rulebook.factories import make_version
from tests.permissions.objects import Route, Whose
from tests.permissions.of_rulebook import own_pack


def regulation(cast: Cast, whose: Whose) -> dict[str, Any]:
    code = own_pack(cast, whose).code
    return {"pk": make_version(code, whose.unit, by=cast.quan).regulation_id}


def clause(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {**regulation(cast, whose), "number": "第一条"}


NO_CLAUSE = {"pk": 999_999_999, "number": "第一条"}

ROUTES = {
    "conformity:overview": Route(),
    "conformity:collected": Route(),
    "conformity:threshold": Route(),
    "conformity:regulation": Route(regulation),
    "conformity:gaps": Route(regulation),
    "conformity:pdf": Route(regulation),
    "conformity:table": Route(regulation),
    "conformity:clause": Route(clause, missing=NO_CLAUSE),
}
