"""Cited standards: there for everybody, kept by few."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now
from lingzhi.governance.models import Contest, Reference, ReferenceUse
from tests.permissions.objects import Route, Whose


def reference(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _reference().pk}


def to_use(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _reference().pk, "kind": "cited"}


def use(cast: Cast, whose: Whose) -> dict[str, Any]:
    facts = {"kind": "cited", "where": "?"}
    return {"pk": ReferenceUse.objects.create(reference=_reference(), **facts).pk}


def contest(cast: Cast, whose: Whose) -> dict[str, Any]:
    by = User.objects.get_or_create(staff_no="5999", name="Olga")[0]
    facts = {"words": "?", "contested_at": now(), "contested_by": by}
    return {"pk": Contest.objects.create(reference=_reference(), **facts).pk}


def _reference() -> Reference:
    return Reference.objects.get_or_create(number="GB/T 1")[0]


ROUTES = {
    "governance:references": Route(),
    "governance:add_reference": Route(),
    "governance:reference": Route(reference),
    "governance:edit_reference": Route(reference),
    "governance:contest": Route(reference),
    "governance:add_use": Route(to_use, missing={"pk": 999_999_999, "kind": "cited"}),
    "governance:remove_use": Route(use, method="post"),
    "governance:answer_contest": Route(contest),
}
