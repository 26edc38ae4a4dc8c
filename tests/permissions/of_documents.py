"""Controlled documents of the unit."""

from typing import Any

from lingzhi.conftest import Cast
from lingzhi.core.clock import today
from lingzhi.governance.factories import changed, make_document
from lingzhi.rulebook.models import Clause
from tests.permissions.objects import Route, Whose
from tests.permissions.of_directory import _other
from tests.permissions.of_rulebook import a_version


def document(_cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_document(whose.unit, _other()).document_id}


def held(_cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_document(whose.unit, _other(), held=True).pk}


def draft(_cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_document(whose.unit, _other()).pk}


def asked(_cast: Cast, whose: Whose) -> dict[str, Any]:
    version = make_document(whose.unit, _other())
    changed(version, state="asked")
    return {"pk": version.pk}


def old(_cast: Cast, whose: Whose) -> dict[str, Any]:
    version = make_document(whose.unit, _other(), held=True, keep_years=0)
    changed(version, ended_on=today())
    return {"pk": version.pk}


def linked(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_document(whose.unit, _other()).document
    clause = Clause.objects.get(version=a_version(cast, whose))
    found.clauses.add(clause)
    return {"pk": found.pk, "clause_pk": clause.pk}


ROUTES = {
    **{
        f"governance:{name}": Route() for name in ("documents", "document_register", "add_document")
    },
    **{
        f"governance:{name}": Route(document)
        for name in ("document", "edit_document", "add_document_version", "withdraw_document")
    },
    "governance:unlink_document": Route(
        linked, method="post", missing={"pk": 999_999_999, "clause_pk": 1}
    ),
    "governance:document_file": Route(held),
    "governance:review_document": Route(held),
    "governance:drop_document": Route(draft),
    "governance:ask_document": Route(draft, method="post"),
    "governance:reopen_document": Route(asked, method="post"),
    "governance:destroy_document": Route(old),
}
