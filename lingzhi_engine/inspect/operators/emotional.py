"""What the operators on emotions share.

To infer the emotions of people at work from their voice or face is prohibited in the European
Union, health and safety aside (Regulation (EU) 2024/1689, Art. 5(1)(f)). So these operators look at
the customer, and at staff only where the rule says that this is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..emotions import STEPS, family, plain
from ..params import Param, Values
from ..problems import FieldProblem
from ..scope import Scope

NOT_STAFF = ("bot", "customer", "system")
FAMILIES = ("negative", "neutral", "positive")
ALLOW_AGENT = Param(
    "allow_agent",
    "flag",
    "The scope may be the agent. To judge the emotions of people at work is unlawful in some "
    "places, in the European Union among them.",
    default=False,
)


def narrow(scope: Scope, values: Values) -> Scope:
    """The customer, where no role is named; a role of staff is refused unless it is allowed."""
    if not scope.roles:
        return replace(scope, roles=("customer",))
    staff = [role for role in scope.roles if role not in NOT_STAFF]
    if staff and not values["allow_agent"]:
        raise FieldProblem("staff_emotion", "scope.role", roles=", ".join(staff))
    return scope


def labels(values: Values, *, of: str = "labels", families: str = "families") -> tuple[str, ...]:
    """The labels that are named one by one or by family, plainly written, each once."""
    named = tuple(plain(str(one)) for one in values[of] or ())
    if not all(named):
        raise FieldProblem("empty", of)
    known = tuple(label for name in values[families] or () for label in family(name))
    return tuple(sorted({*named, *known}))


def steps(values: Values) -> Mapping[str, int]:
    """How good each label is: as the rule orders them from worst to best, or as is known here."""
    if not values["order"]:
        return STEPS
    order = [plain(str(label)) for label in values["order"]]
    if len(order) < 2 or not all(order):
        raise FieldProblem("wrong_type", "order", expected="two labels or more")
    return {label: step for step, label in enumerate(order)}
