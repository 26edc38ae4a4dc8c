"""Services of the directory and versions of the quality policy of the unit."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.governance.factories import changed, make_policy, make_service
from lingzhi.org.services.statements import publish_statement
from lingzhi.rulebook.models import Clause
from tests.permissions.objects import Route, Whose
from tests.permissions.of_rulebook import a_version


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_service(whose.unit, _other()).pk}


def asked(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_service(whose.unit, _other())
    changed(found, state="asked")
    return {"pk": found.pk}


def offered(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_service(whose.unit, _other(), offered=True).pk}


def standing(cast: Cast, whose: Whose) -> dict[str, Any]:
    entry = make_service(whose.unit, _other())
    clause = Clause.objects.get(version=a_version(cast, whose))
    entry.clauses.add(clause)
    return {"pk": entry.pk, "clause_pk": clause.pk}


def promise(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_service(whose.unit, _other()).promises.get().pk}


def policy(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_policy(whose.unit, _other()).pk}


def asked_policy(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_policy(whose.unit, _other())
    changed(found, state="asked")
    return {"pk": found.pk}


def policy_in_force(cast: Cast, whose: Whose) -> dict[str, Any]:
    found = make_policy(whose.unit, _other())
    text = publish_statement(whose.unit, "policy", found.text, from_on=today(), by=_other())
    changed(found, state="published", statement=text, approved_at=now(), approved_by=_other(),
            review_on=today())  # fmt: skip
    return {"pk": found.pk}


def _other() -> User:
    """Who is none of the actors, so the role alone decides."""
    return User.objects.get_or_create(staff_no="5998", name="Olga")[0]


NO_CLAUSE = {"pk": 999_999_999, "clause_pk": 1}
ROUTES = {
    **{
        f"governance:{name}": Route()
        for name in ("services", "add_service", "services_pdf", "services_word", "policies")
    },
    "governance:add_policy": Route(),
    **{
        f"governance:{name}": Route(draft)
        for name in ("service", "edit_service", "add_promise", "add_service_clause",
                     "withdraw_service")
    },
    "governance:ask_service": Route(draft, method="post"),
    "governance:reopen_service": Route(asked, method="post"),
    "governance:change_service": Route(offered),
    "governance:review_service": Route(offered),
    "governance:remove_service_clause": Route(standing, method="post", missing=NO_CLAUSE),
    "governance:edit_promise": Route(promise),
    "governance:remove_promise": Route(promise, method="post"),
    **{f"governance:{name}": Route(policy) for name in ("policy", "edit_policy", "drop_policy")},
    "governance:ask_policy": Route(policy, method="post"),
    "governance:reopen_policy": Route(asked_policy, method="post"),
    "governance:review_policy": Route(policy_in_force),
}  # fmt: skip
