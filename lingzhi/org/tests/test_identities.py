from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.org.queries import person_by_identity
from lingzhi.org.services import IdentityTaken, add_identity, end_identity

JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)


@pytest.fixture
def passed_on(cast):
    """Bo had extension 8001 until the end of February, Bea has it since."""
    held = add_identity(cast.bo, kind="extension", value="8001", from_on=JANUARY, by=cast.sol)
    end_identity(held, on=date(2026, 2, 28), by=cast.sol)
    add_identity(cast.bea, kind="extension", value="8001", from_on=MARCH, by=cast.sol)


@pytest.mark.usefixtures("passed_on")
def test_a_call_belongs_to_who_had_the_extension_then(cast):
    assert person_by_identity("extension", "8001", date(2026, 2, 28)) == cast.bo
    assert person_by_identity("extension", " 8001 ", MARCH) == cast.bea
    assert person_by_identity("extension", "8001", date(2025, 12, 31)) is None
    assert person_by_identity("cti", "8001", MARCH) is None


def test_it_is_added_on_the_page(as_, cast):
    url = reverse("org:identity_add", args=[cast.bo.pk])
    response = as_(cast.sol).post(url, {"kind": "cti", "value": "agt_1", "from_on": "2026-01-01"})
    assert response.status_code == 302
    assert person_by_identity("cti", "agt_1", MAY) == cast.bo
    entry = Entry.objects.get(action="org.identity_added")
    assert "agt_1" not in str(entry.after)


def test_two_people_do_not_share_one(as_, cast):
    add_identity(cast.bo, kind="cti", value="agt_1", from_on=JANUARY, by=cast.sol)
    url = reverse("org:identity_add", args=[cast.bea.pk])
    given = {"kind": "cti", "value": "agt_1", "from_on": "2026-05-01"}
    assert as_(cast.sol).post(url, given).status_code == 409


def test_not_in_the_past_either(cast):
    add_identity(cast.bo, kind="cti", value="agt_1", from_on=MARCH, by=cast.sol)
    with pytest.raises(IdentityTaken):
        add_identity(cast.bea, kind="cti", value="agt_1", from_on=JANUARY, by=cast.sol)
    add_identity(
        cast.bea, kind="cti", value="agt_1", from_on=JANUARY, to_on=date(2026, 2, 1), by=cast.sol
    )


def test_it_ends_on_the_page(as_, cast):
    held = add_identity(cast.bo, kind="cti", value="agt_1", from_on=JANUARY, by=cast.sol)
    url = reverse("org:identity_end", args=[held.pk])
    as_(cast.sol).post(url, {"on": "2026-04-30"})
    assert person_by_identity("cti", "agt_1", date(2026, 4, 30)) == cast.bo
    assert person_by_identity("cti", "agt_1", MAY) is None


def test_one_entered_wrongly_is_as_if_it_never_was(cast):
    held = add_identity(cast.bo, kind="cti", value="agt_1", from_on=MARCH, by=cast.sol)
    end_identity(held, on=JANUARY, by=cast.sol)
    assert not cast.bo.identities.exists()
