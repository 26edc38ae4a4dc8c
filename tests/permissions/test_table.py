"""The generated permission table: every route, tried by everybody, on whose object it may be.

`table.json` is reviewed by people; this test says where the program differs from it. A cell holds
one answer, or four: for one's own object, one of the own team, one of another team, and one that
does not exist. `yes` stands for any answer that is not a refusal, so a form that comes back with
errors (422) and a state that forbids the act (409) are `yes`: the person was let in.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lingzhi.accounts import queries
from lingzhi.accounts.models import SecurityPolicy, User
from lingzhi.accounts.roles import ROLES
from lingzhi.accounts.sessions import SEEN, STARTED, SessionStore
from lingzhi.cases.factories import with_flows
from lingzhi.conftest import Cast, make_cast
from lingzhi.core.clock import now
from lingzhi.core.live import Tail
from lingzhi.org.models import Unit
from tests.permissions.actors import actors, token_of
from tests.permissions.objects import Asked, Route, Whose, routes
from tests.permissions.of_inspections import plain_sheet

# Doors are opened and shut in Python; the rows behind them are read on both databases elsewhere.
pytestmark = [pytest.mark.once, pytest.mark.django_db]

TABLE = Path(__file__).with_name("table.json")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def names(patterns=None, prefix="") -> Iterator[str]:
    """The full names of all routes of the URL conf."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else f"{prefix}{pattern.pattern}"


ALL = sorted(set(names()))
KNOWN = routes()


def test_every_route_has_a_line():
    """A new route is closed until somebody has said whose objects it is about."""
    assert sorted(set(ALL) - KNOWN.keys()) == []
    assert sorted(KNOWN.keys() - set(ALL)) == []


def test_every_role_has_its_column():
    table = json.loads(TABLE.read_text())
    assert {frozenset(cells) for cells in table.values()} == {
        frozenset({"anonymous", *ROLES, "inspector+team_leader", "quality_manager of a team"})
    }


def test_the_table_has_exactly_these_routes():
    if os.environ.get("UPDATE_PERMISSIONS"):
        pytest.skip("the table is being written")
    assert sorted(json.loads(TABLE.read_text())) == ALL


@pytest.fixture(autouse=True)
def _no_streams(monkeypatch):
    """A stream is asked for, not read: its tail reads the database in a thread of its own."""
    monkeypatch.setattr(Tail, "answer", lambda *_arguments: HttpResponse())


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch, settings):
    """Whether somebody is let in is known before the page is drawn, and before other apps say what
    they have to show on it; tests/smoke draws them."""
    monkeypatch.setattr(Template, "render", lambda *_arguments, **_context: "")
    settings.PANELS = []
    settings.ROLES_OF = "tests.permissions.actors.roles_once"


@pytest.fixture(autouse=True)
def _no_documents(monkeypatch, settings, tmp_path):
    """Nor is a document set, nor are seventy rules tried that a centre may begin with."""
    monkeypatch.setattr("lingzhi.core.documents.pdf.pdf_bytes", lambda _html: b"")
    monkeypatch.setattr("ninja.main.NinjaAPI.get_openapi_schema", lambda *_args, **_named: {})
    for step in ("word_document", "word_rulebook", "word_answer"):
        monkeypatch.setattr(
            f"lingzhi.rulebook.views.printing.{step}", lambda *_parts: HttpResponse()
        )
    settings.FIRST_RULES = tmp_path


@pytest.fixture(autouse=True)
def _known_at_once(monkeypatch, crowd):
    """Who asks is looked up once, not for thousands of requests; no refusal is logged."""
    load, get_user = SessionStore.load, AuthenticationBackend.get_user

    def loaded(store: SessionStore) -> dict[str, Any]:
        key = store.session_key
        return dict(crowd.sessions.get(key) or crowd.sessions.setdefault(key, load(store)))

    def found(backend: AuthenticationBackend, pk: int) -> User | None:
        return copy(crowd.people.get(pk) or crowd.people.setdefault(pk, get_user(backend, pk)))

    monkeypatch.setattr(SessionStore, "load", loaded)
    monkeypatch.setattr(AuthenticationBackend, "get_user", found)
    monkeypatch.setattr(queries, "current_policy", lambda: SecurityPolicy(pk=1))
    monkeypatch.setattr("django.core.handlers.exception.log_response", lambda *_a, **_b: None)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of somebody's session for the pages, and the text of their token for the API."""

    session: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The cast, and by role who tries the routes, where they work, and what lets them in."""

    cast: Cast
    actors: dict[str, tuple[Whose, Keys]]
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[int, User | None] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crowd(shared) -> Crowd:
    """All who try, signed in once."""
    cast = make_cast()
    with_flows()
    plain_sheet(cast)
    return Crowd(
        cast,
        {
            role: (Whose(actor, home(actor, cast)), keys_of(actor))
            for role, actor in actors(cast).items()
        },
    )


def groups() -> list[list[str]]:
    """The known routes, those together that are tried on the same object: it is made once."""
    found: dict[object, list[str]] = {}
    for name in ALL:
        if name in KNOWN:
            found.setdefault(KNOWN[name].make or name, []).append(name)
    return list(found.values())


@pytest.mark.parametrize("names", groups(), ids=" ".join)
def test_the_table_is_kept(names, crowd, db):
    found = answers(names, crowd)
    if os.environ.get("UPDATE_PERMISSIONS"):
        write(found)
    table = json.loads(TABLE.read_text())
    assert found == {name: table.get(name) for name in names}, "see tests/permissions/objects.py"


def write(cells: dict[str, dict[str, str]]) -> None:
    """Put routes into the table; several processes may do so at a time."""
    with TABLE.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        table = {key: old for key, old in json.load(file).items() if key in ALL}
        file.seek(0)
        file.write(json.dumps(table | cells, indent=1, sort_keys=True) + "\n")
        file.truncate()


def answers(names: list[str], crowd: Crowd) -> dict[str, dict[str, str]]:
    """The cells by role of routes that are tried on the same objects.

    Objects that would be the same, because nobody asks whose they are or only in which unit, are
    made once and shown to all they are for. Making the first one tells what is asked.
    """
    cast, make = deepcopy(crowd.cast), KNOWN[names[0]].make
    tries = [Tries(name, KNOWN[name], crowd.actors) for name in names]
    first, another = Whose(cast.bea, cast.first), Whose(cast.chen, cast.second)
    with undone():
        asked = Asked(first)
        kwargs = make(cast, asked) if make else {}  # type: ignore[arg-type]
        owners = Owners(asked.for_what, [first, another] if make else [])
        for each in tries:
            each.without_account(kwargs)
            each.on(owners.key(first), kwargs, owners)
    if make is None:
        return {each.name: each.cells(owners) for each in tries}
    wanted = {key: whose for each in tries for key, whose in each.wanted(owners).items()}
    for key, whose in wanted.items():
        if key != owners.key(first):
            with undone():
                kwargs = make(cast, whose)
                for each in tries:
                    each.on(key, kwargs, owners)
    return {each.name: each.cells(owners) for each in tries}


Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose objects somebody tries: one's own and those of `others`. `matters` tells them apart."""

    matters: set[str]
    others: list[Whose]

    def key(self, whose: Whose) -> Key:
        return whose.key(self.matters)

    def of(self, own: Whose) -> list[Whose]:
        return [own, *self.others]


@dataclass(frozen=True, slots=True)
class Tries:
    """One route tried by all roles, and what they were answered.

    Who is refused an object that does not exist was refused before any object was looked for, and
    so is refused all of them: `people` are the others.
    """

    name: str
    route: Route
    actors: dict[str, tuple[Whose, Keys]]
    client: Client = field(default_factory=Client)
    absent: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[str, Key], str] = field(default_factory=dict)
    anonymous: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.route.make is not None:
            for role, (_own, keys) in self.actors.items():
                self.absent[role] = self._one(keys, self.route.missing)

    @property
    def people(self) -> dict[str, tuple[Whose, Keys]]:
        return {role: one for role, one in self.actors.items() if self.absent.get(role) != "403"}

    def wanted(self, owners: Owners) -> dict[Key, Whose]:
        """Whose objects are still to be made for those who try them."""
        every = (whose for own, _keys in self.people.values() for whose in owners.of(own))
        return {owners.key(whose): whose for whose in every}

    def without_account(self, kwargs: dict[str, Any]) -> None:
        self.anonymous.append(self._one(Keys(), kwargs))

    def on(self, key: Key, kwargs: dict[str, Any], owners: Owners) -> None:
        """Everybody tries the object of this owner whom it is for; without an object in the
        address that is everybody."""
        for role, (own, keys) in self.people.items():
            if not owners.others or key in map(owners.key, owners.of(own)):
                self.seen[role, key] = self._one(keys, kwargs)

    def cells(self, owners: Owners) -> dict[str, str]:
        """One answer by role, or four: for one's own object, one of the own team, one of another
        team, and one that does not exist."""
        found = {"anonymous": self.anonymous}
        for role, (own, _keys) in self.actors.items():
            if self.route.make is None:
                found[role] = [answer for (who, _key), answer in self.seen.items() if who == role]
            elif role in self.people:
                keys = map(owners.key, owners.of(own))
                found[role] = [*(self.seen[role, key] for key in keys), self.absent[role]]
            else:
                found[role] = [self.absent[role]]
        return {
            role: several[0] if len(set(several)) == 1 else " ".join(several)
            for role, several in found.items()
        }

    def _one(self, keys: Keys, kwargs: dict[str, Any]) -> str:
        """The answer in one word. Whatever the request did is undone, in the browser too."""
        self.client.cookies.clear()
        call = getattr(self.client, self.route.method)
        if self.name.startswith("api:"):
            sent: dict[str, Any] = {"headers": {"Authorization": f"Bearer {keys.token}"}}
            if self.route.method == "post":
                sent["content_type"] = "application/json"
        else:
            sent = {}
            if keys.session:
                self.client.cookies[settings.SESSION_COOKIE_NAME] = keys.session
        with undone():
            response = call(reverse(self.name, kwargs=kwargs), self.route.data, **sent)
        return word(response)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def home(actor: User, cast: Cast) -> Unit:
    assignment = actor.assignments.select_related("unit").order_by("pk").first()
    return assignment.unit if assignment else cast.hotline


def keys_of(actor: User) -> Keys:
    """A new session of this person, seen until the last route was tried, and a token."""
    client = Client()
    client.force_login(actor, backend=BACKEND)
    session = client.session
    session[STARTED], session[SEEN] = now().isoformat(), (now() + timedelta(hours=1)).isoformat()
    session.save()
    return Keys(client.cookies[settings.SESSION_COOKIE_NAME].value, token_of(actor))


def word(response) -> str:
    if response.status_code in {403, 404}:
        return str(response.status_code)
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "sign-in"
    if response.status_code == 401 and response["Content-Type"] == "application/problem+json":
        return "sign-in"
    assert response.status_code not in {400, 405, 500}, response
    return "yes"
