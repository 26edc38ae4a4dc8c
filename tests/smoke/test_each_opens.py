"""Each page is opened by somebody: a page that refuses or redirects everybody is broken."""

from copy import deepcopy

import pytest
from django.http import HttpResponse

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast, make_cast
from lingzhi.core.live import Tail
from tests.permissions.objects import routes
from tests.smoke.opening import opens, visitors

# The pages' own tests ask the other database; that somebody gets each is no matter of it.
pytestmark = pytest.mark.once

# What nobody who is signed in, and has done nothing before, is meant to get.
ELSEWHERE = {
    "api:api-root": "an address under which others stand",
    "account_login": "for who is not signed in",
    "account_reset_password_from_key": "for who holds the link of a mail",
    "mfa_authenticate": "between password and code",
    "mfa_reauthenticate": "for who has a second factor",
    "mfa_deactivate_totp": "for who has a second factor",
    "mfa_view_recovery_codes": "shown once, with the second factor",
    "org:people_check": "after a file was sent",
    "rulebook:edit": "leads on to the desk",
    "org:setup": "as long as nobody exists",
    "chat:read": "for the visitor who holds the chat's secret",
    "chat:transcript": "for the visitor who holds the chat's secret",
    "chat:visitor_file": "for the visitor who holds the chat's secret",
    "chat:choose_line": "leads on to the form of the kind",
    "live_chat": "for the visitor who holds the chat's secret",
    "portal:logo": "where the centre has one",
    "inspections:my_archive": "leads on to one's own archive",
    "inspections:review_photos": "for who is giving that very score",
    "surveys:judge_unit": "for who is asked for that very judgement",
    "surveys:interview": "for who began that very interview",
    "governance:close_review": "for who chairs that very review",
    "governance:decide_in_review": "for who chairs that very review",
    "governance:judge_line": "for who chairs that very review",
    "governance:decision_done": "for who was given that very decision",
    "reports:lost_at_step": "after a step was chosen",
    "inspections:supervise": "after a team and a day were chosen",
}
PAGES = sorted(
    name for name, route in routes().items() if route.method == "get" and name not in ELSEWHERE
)


@pytest.fixture(autouse=True)
def _no_streams(monkeypatch):
    """A stream has no end: its tests are those of its app."""
    monkeypatch.setattr(Tail, "answer", lambda *_arguments: HttpResponse())


@pytest.fixture(scope="module")
def crowd(shared) -> tuple[Cast, list[User]]:
    cast = make_cast()
    return cast, visitors(cast)


@pytest.mark.parametrize("name", PAGES)
def test_somebody_gets_it(name, crowd, db):
    assert opens(name, *deepcopy(crowd))


def test_what_opens_elsewhere_is_a_page():
    assert routes().keys() >= ELSEWHERE.keys()
