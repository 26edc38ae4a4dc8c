"""Who tries the routes: one person for every role of the role table, and two more."""

from datetime import timedelta

from lingzhi.accounts.capabilities import OVER_THE_API
from lingzhi.accounts.models import Token, User
from lingzhi.accounts.roles import ROLES
from lingzhi.accounts.services.tokens import digest_of
from lingzhi.conftest import LONG_AGO, Cast
from lingzhi.core.clock import now
from lingzhi.org.models import Assignment
from lingzhi.org.queries import roles_of

IN_THE_CAST = {
    "employee": "nora",
    "agent": "bo",
    "team_leader": "ada",
    "inspector": "ines",
    "quality_manager": "quan",
    "system_admin": "sol",
    "security_admin": "sam",
    "audit_admin": "ann",
}
OF_THE_COMPANY = {"leadership", "auditor"}
# What one role shows, the other must not open beyond its own reach.
MIXED = {"team_leader": "first", "inspector": "hotline"}


def actors(cast: Cast) -> dict[str, User]:
    """One person for every role of the role table, and two whose rights reach unevenly."""
    _known.clear()
    found = {}
    for number, role in enumerate(ROLES, start=6001):
        if role in IN_THE_CAST:
            found[role] = getattr(cast, IN_THE_CAST[role])
        else:
            unit = "company" if role in OF_THE_COMPANY else "hotline"
            found[role] = with_roles(cast, str(number), {role: unit})
    found["inspector+team_leader"] = with_roles(cast, "5001", MIXED)
    found["quality_manager of a team"] = with_roles(cast, "5002", {"quality_manager": "first"})
    return found


def with_roles(cast: Cast, staff_no: str, roles: dict[str, str]) -> User:
    """A new person with roles, each in a unit of the cast."""
    user = User.objects.create(
        staff_no=staff_no, name=f"Number {staff_no}", password=cast.bo.password
    )
    Assignment.objects.bulk_create(
        Assignment(person=user, role=role, unit=getattr(cast, unit), from_on=LONG_AGO)
        for role, unit in roles.items()
    )
    return user


_known: dict[int, frozenset[str]] = {}


def roles_once(person: User) -> frozenset[str]:
    """The roles of who tries the routes, looked up once: what a request changes is undone."""
    if person.pk not in _known:
        _known[person.pk] = frozenset(roles_of(person))
    return _known[person.pk]


def token_of(person: User) -> str:
    """The text of a token that holds all that a token may hold; the person may do less."""
    text = f"of {person.staff_no}"
    Token.objects.create(
        person=person, name="all", digest=digest_of(text), hint="0000",
        capabilities=[*OVER_THE_API], created_at=now(), expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    return text
