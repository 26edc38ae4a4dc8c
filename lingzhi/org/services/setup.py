"""The first set-up of an installation: company, centre, calendar and its three administrators."""

import hmac
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.accounts.queries import has_people
from lingzhi.accounts.services import change_password, create_person, issue_one_time_password
from lingzhi.core.clock import today
from lingzhi.core.durable import write_once
from lingzhi.core.errors import DomainError
from lingzhi.org.models import Calendar, Unit
from lingzhi.org.services.calendars import (
    YearNotAnnounced,
    create_calendar,
    import_day_file,
    load_year,
    set_week,
)
from lingzhi.org.services.posts import seed_posts
from lingzhi.org.services.roles import assign_role
from lingzhi.org.services.units import create_unit

log = logging.getLogger(__name__)

OFFICE_HOURS = "09:00-12:00, 13:30-18:00"
YEARS_BACK = 2


class AlreadySetUp(DomainError):
    message = _("This installation is set up already.")


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the three first administrators; without a password a one-time one is issued."""

    staff_no: str
    name: str
    email: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """Everything the first set-up asks for."""

    company: str
    centre: str
    system: Founder
    security: Founder
    audit: Founder
    country: str = "CN"


def setup_token() -> str | None:
    """The secret that opens the set-up page; None once anybody exists.

    It lies in the data directory, so that only who runs the program can claim it.
    """
    if has_people():
        return None
    path = _token_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, secrets.token_urlsafe(24).encode(), 0o600)
        log.warning("nobody is set up: open /setup/ with the token in %s", path)
    return path.read_text().strip()


def setup_path() -> str | None:
    """The set-up page with its token filled in; None once anybody exists."""
    token = setup_token()
    return None if token is None else reverse("org:setup", query={"token": token})


def opens_setup(token: str) -> bool:
    """Whether `token` is the secret of this installation's set-up."""
    expected = setup_token()
    return expected is not None and hmac.compare_digest(token.strip(), expected)


def _token_file() -> Path:
    return Path(settings.DATA_DIR) / "setup-token"


@transaction.atomic
def set_up(founding: Founding) -> dict[str, str]:
    """Found the installation. One-time passwords by staff number, where none was given."""
    if has_people():
        raise AlreadySetUp()
    kinds = Unit.Kind
    company = create_unit(
        kind=kinds.COMPANY, name=founding.company, code="company", parent=None, by=None
    )
    create_unit(kind=kinds.CENTRE, name=founding.centre, code="centre", parent=company, by=None)
    issued: dict[str, str] = {}
    for role in ("system", "security", "audit"):
        _found(getattr(founding, role), f"{role}_admin", company, issued)
    found_calendar(founding.country)
    seed_posts(by=None)
    _token_file().unlink(missing_ok=True)
    return issued


def _found(founder: Founder, role: str, company: Unit, issued: dict[str, str]) -> None:
    person = create_person(
        staff_no=founder.staff_no, name=founder.name, email=founder.email, by=None
    )
    if founder.password:
        change_password(person, founder.password, by=None)
    else:
        issued[person.staff_no] = issue_one_time_password(person, by=None)
    assign_role(person, role, company, from_on=today(), by=None)


@transaction.atomic
def found_calendar(country: str = "CN", by: User | None = None) -> Calendar:
    """The default calendar: office hours, the years around today as far as they are announced."""
    calendar = create_calendar(
        name=str(_("Working days")), country=country, zone=settings.TIME_ZONE, by=by
    )
    set_week(calendar, dict.fromkeys(range(5), OFFICE_HOURS), by=by)
    this_year = today().year
    for year in range(this_year - YEARS_BACK, this_year + 2):
        try:
            load_year(calendar, year, by=by)
        except YearNotAnnounced:
            break
    if settings.CALENDAR_FILE:
        import_day_file(calendar, Path(settings.CALENDAR_FILE), by=by)
    return calendar
