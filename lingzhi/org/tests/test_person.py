from datetime import timedelta

from django.urls import reverse

from lingzhi.core.clock import now
from lingzhi.org.services import add_identity, create_post, hold_post, record_presence, set_skills


def page_of(client, person):
    return client.get(reverse("org:person", args=[person.pk]))


def test_one_sees_oneself_and_may_name_a_deputy(as_, cast):
    page = page_of(as_(cast.bo), cast.bo)
    assert page.status_code == 200
    assert page.context["may_name_deputy"]
    assert not page.context["may_change"]


def test_an_agent_does_not_see_colleagues(as_, cast):
    assert page_of(as_(cast.bo), cast.bea).status_code == 404


def test_a_leader_records_duty_but_changes_nothing(as_, cast):
    page = page_of(as_(cast.ada), cast.bo)
    assert page.context["may_record_duty"]
    assert not page.context["may_change"]
    assert not page.context["may_secure"]


def test_only_the_security_administrator_sees_how_somebody_signs_in(as_, cast):
    assert "sessions" not in page_of(as_(cast.sol), cast.bo).context
    assert "sessions" in page_of(as_(cast.sam), cast.bo).context


def test_it_shows_everything_dated(as_, cast):
    day = now().date()
    post = create_post(code="agent", name="客服专员", is_key=False, by=cast.sol)
    hold_post(cast.bo, post, cast.first, from_on=day, by=cast.sol)
    add_identity(cast.bo, kind="extension", value="8001", from_on=day, by=cast.sol)
    set_skills(cast.bo, ["粤语"], on=day, by=cast.sol)
    record_presence(
        cast.bo,
        kind="leave",
        from_at=now() - timedelta(hours=1),
        to_at=now() + timedelta(hours=1),
        by=cast.ada,
    )
    text = page_of(as_(cast.sol), cast.bo).content.decode()
    assert all(word in text for word in ("客服专员", "8001", "粤语"))
