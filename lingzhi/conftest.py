"""One cast of people for all tests.

云栖 (company) ─ 热线中心 hotline (centre) ─┬─ 一组 first (team):  Ada leads, Bo and Bea are agents
                                        └─ 二组 second (team): Cai leads, Chen is an agent
Quan is quality manager and Ines inspector of the centre; Sol, Sam and Ann are the system,
security and audit administrators of the company; Nora is a plain employee without a role.
"""

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date

import pytest
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.transaction import atomic, set_rollback
from django.test import Client, override_settings
from django.utils.translation import activate

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.core.tests.frames import pytest_pyfunc_call
from lingzhi.core.tests.house import house, house_settings, kill, until
from lingzhi.core.tests.kept import KeptRows
from lingzhi.core.tests.tables import begin_with_tables, postgres_with_tables
from lingzhi.jobs.performing import perform
from lingzhi.jobs.services.leases import take_job
from lingzhi.org.models import Assignment, Unit
from lingzhi.org.services import assign_role, create_unit

# Fixtures and a hook that live elsewhere.
__all__ = ["house", "house_settings", "kill", "pytest_pyfunc_call", "until"]

LONG_AGO = date(2020, 1, 1)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class Cast:
    company: Unit
    hotline: Unit
    first: Unit
    second: Unit
    ada: User
    bo: User
    bea: User
    cai: User
    chen: User
    quan: User
    ines: User
    sol: User
    sam: User
    ann: User
    nora: User


def _person(staff_no: str, name: str, role: str = "", unit: Unit | None = None) -> None:
    user = User.objects.create_user(staff_no, "correct horse", name=name)
    if role and unit:
        assign_role(user, role, unit, from_on=LONG_AGO, by=None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that touch the database: the others say the same on every database.

    What a page says and to whom is tried once, by `*page*` files; tests/smoke draws each page of
    the demo centre on every database.
    """
    for item in items:
        if "page" in item.path.name and "smoke" not in item.path.parts:
            item.add_marker("once")
        uses = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or uses & {"db", "transactional_db"}:
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: a fifth of the time went into looking for garbage in it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker
) -> None:
    """A test database begins as a copy of one that has all tables; `migrate` finds them done."""
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres"):
        with django_db_blocker.unblock():
            name = postgres_with_tables(server, os.environ["DJANGO_SETTINGS_MODULE"])
        connections.settings["default"]["TEST"]["TEMPLATE"] = name
    else:
        connection_created.connect(begin_with_tables)


@pytest.fixture(autouse=True)
def _fast_and_apart(settings, tmp_path, monkeypatch) -> None:
    activate(settings.LANGUAGE_CODE)  # a page in another language leaves it behind in the thread
    monkeypatch.setattr("lingzhi.rulebook.terms.EVERY_SECONDS", float("inf"))  # tests of it look
    monkeypatch.setattr(  # no score is drawn by chance for a second look; tests of it draw all
        "lingzhi.inspections.queries.rechecks.chance_of", lambda review_id: 0.999999
    )
    monkeypatch.setattr(  # a page's random token would now and then contain what must not be there
        "django.middleware.csrf.get_random_string", lambda length, allowed_chars: "c" * length
    )
    for name in ("LOOKS", "LOOKS_IN_ALL"):  # pages for customers: tests of the limits set them
        monkeypatch.setattr(f"lingzhi.portal.services.limits.{name}", 1_000_000)
    settings.PASSWORD_HASHERS = QUICK
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.AXES_ENABLED = False
    settings.SECOND_FACTOR_REQUIRED = False
    settings.WHITENOISE_AUTOREFRESH = True  # else each client scans all static files


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What fixtures of a module make after this one is undone after the module's last test.

    Its tests ask for `db` too and so undo what they do themselves. They get copies of the objects:
    what a test changes in memory is not undone.
    """
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK), atomic():
        yield
        set_rollback(True)


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """For fixtures that stand on `shared`; a single test has the fixture `cast`."""
    rows = CAST.put_back()
    known = {unit.code: unit for unit in rows[Unit]} | {u.name.lower(): u for u in rows[User]}
    known["company"] = known["yunqi"]
    return Cast(**{one.name: known[one.name] for one in fields(Cast)})


def _make_rows() -> None:
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    hotline = create_unit(kind="centre", name="热线中心", code="hotline", parent=company, by=None)
    first = create_unit(kind="team", name="一组", code="first", parent=hotline, by=None)
    second = create_unit(kind="team", name="二组", code="second", parent=hotline, by=None)
    _person("1001", "Ada", "team_leader", first)
    _person("1002", "Bo", "agent", first)
    _person("1003", "Bea", "agent", first)
    _person("2001", "Cai", "team_leader", second)
    _person("2002", "Chen", "agent", second)
    _person("3001", "Quan", "quality_manager", hotline)
    _person("3002", "Ines", "inspector", hotline)
    _person("9001", "Sol", "system_admin", company)
    _person("9002", "Sam", "security_admin", company)
    _person("9003", "Ann", "audit_admin", company)
    _person("4001", "Nora")


CAST = KeptRows(_make_rows, (User, Unit, Assignment, Entry))


@pytest.fixture
def hold(db) -> Callable[[User, str, Unit], None]:
    """`hold(cast.nora, "auditor", cast.company)`: a role held since long ago."""

    def assign(person: User, role: str, unit: Unit) -> None:
        assign_role(person, role, unit, from_on=LONG_AGO, by=None)

    return assign


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """`as_(cast.ada).get(url)`: the client, signed in as this person."""

    def sign_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def run_jobs(db) -> Callable[..., int]:
    """`run_jobs()`: do the queued work that is due, in process; the number of jobs done.

    A job's error is raised here; `failing=True` leaves it to retries and dead letters.
    """
    return do_jobs


def do_jobs(*, failing: bool = False) -> int:
    """For fixtures that stand on `shared`; a single test has the fixture `run_jobs`."""
    number = 0
    while lease := take_job(["short", "long"]):
        error = perform(lease)
        if error is not None and not failing:
            raise error
        number += 1
    return number
