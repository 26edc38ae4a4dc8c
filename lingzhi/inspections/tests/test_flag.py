"""An agent calls a hit in their own conversation wrong; who writes rules decides."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.conftest import LONG_AGO
from lingzhi.inspections import services
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.models import Flag
from lingzhi.notifications.models import Notice
from lingzhi.org.services import assign_role

ENGLISH = {"Accept-Language": "en"}


def flag_url(contact, version) -> str:
    return reverse("inspections:flag", args=[contact.pk, version.pk])


def decide_url(name, flag) -> str:
    return reverse(f"inspections:{name}", args=[flag.pk])


def page(client, url) -> str:
    return " ".join(client.get(url, headers=ENGLISH).content.decode().split())


def rule_page(client, version) -> str:
    return page(client, reverse("inspections:rule", args=[version.rule_id]))


@pytest.fixture
def owned(cast, judged):
    services.change_owner(judged.version.rule, cast.ines, by=cast.quan)
    judged.version.rule.refresh_from_db()
    return judged


@pytest.fixture
def flag(cast, owned) -> Flag:
    return services.flag_finding(owned.bo, owned.version, reason="I took it over", by=cast.bo)


def test_it_joins_the_review_list_and_the_owner_is_told(as_, cast, owned):
    answer = as_(cast.bo).post(
        flag_url(owned.bo, owned.version), {"reason": "我已经接手 13800002071"}
    )
    assert answer.url.endswith(f"#finding-{owned.version.pk}")
    flag = Flag.objects.get()
    assert flag.flagged_by == cast.bo
    assert "13800002071" not in flag.reason
    assert Entry.objects.get(action="inspections.finding_flagged").after == {
        "rule": "ownership.shirking",
        "version": 1,
    }
    todo = Notice.objects.get()
    assert (todo.person, todo.is_todo) == (cast.ines, True)
    listed = rule_page(as_(cast.ines), owned.version)
    assert "我已经接手" in listed
    assert decide_url("agree_to_flag", flag) in listed


def test_its_button_stands_in_ones_own_conversation_only(as_, cast, owned):
    detail = reverse("contacts:detail", args=[owned.bo.pk])
    assert flag_url(owned.bo, owned.version) in page(as_(cast.bo), detail)
    assert flag_url(owned.bo, owned.version) not in page(as_(cast.ada), detail)
    services.flag_finding(owned.bo, owned.version, reason="no", by=cast.bo)
    after = page(as_(cast.bo), detail)
    assert flag_url(owned.bo, owned.version) not in after
    assert "not decided yet" in after


def test_a_hit_is_flagged_once(as_, cast, owned, flag):
    client = as_(cast.bo)
    assert client.post(flag_url(owned.bo, owned.version), {"reason": "no"}).status_code == 409


def test_what_is_no_hit_cannot_be_flagged(as_, cast, owned):
    client = as_(cast.bea)
    assert client.post(flag_url(owned.bea, owned.version), {"reason": "no"}).status_code == 409


def test_a_hit_in_the_shadow_is_nobodys_to_flag(as_, cast, owned):
    version = make_rule({**SHIRKING, "id": "ownership.shadow"}, state="shadow")
    services.inspect_contacts([owned.bo], services.snapshot_now())
    assert as_(cast.bo).post(flag_url(owned.bo, version), {"reason": "no"}).status_code == 409


def test_a_reason_is_needed(as_, cast, owned):
    assert as_(cast.bo).post(flag_url(owned.bo, owned.version)).status_code == 422
    assert not Flag.objects.exists()


def test_agreeing_tells_the_agent_and_offers_an_example(as_, cast, owned, flag):
    client = as_(cast.ines)
    assert client.post(decide_url("agree_to_flag", flag)).status_code == 302
    flag.refresh_from_db()
    assert (flag.is_agreed, flag.decided_by) == (True, cast.ines)
    assert Entry.objects.get(action="inspections.flag_decided").after["agreed"] is True
    assert Notice.objects.get(person=cast.bo).url.startswith("/contacts/")
    assert Notice.objects.get(person=cast.ines).ended_at is not None
    example = reverse("inspections:add_example", args=[owned.bo.pk, owned.version.pk])
    assert example in rule_page(client, owned.version)
    assert "agreed: the hit is wrong" in page(
        as_(cast.bo), reverse("contacts:detail", args=[owned.bo.pk])
    )


def test_refusing_needs_a_reason_that_the_agent_reads(as_, cast, owned, flag):
    client = as_(cast.ines)
    assert client.post(decide_url("refuse_flag", flag)).status_code == 422
    assert client.post(decide_url("refuse_flag", flag), {"reason": "said so"}).status_code == 302
    flag.refresh_from_db()
    assert (flag.is_agreed, flag.answer) == (False, "said so")
    assert Notice.objects.get(person=cast.bo).body == "said so"
    assert "said so" in page(as_(cast.bo), reverse("contacts:detail", args=[owned.bo.pk]))


def test_it_is_decided_once(as_, cast, flag):
    client = as_(cast.ines)
    client.post(decide_url("agree_to_flag", flag))
    assert client.post(decide_url("refuse_flag", flag), {"reason": "no"}).status_code == 409


def test_nobody_decides_about_their_own(as_, cast, flag):
    assign_role(cast.bo, "inspector", cast.hotline, from_on=LONG_AGO, by=None)
    assert as_(cast.bo).post(decide_url("agree_to_flag", flag)).status_code == 403


def test_agents_do_not_see_the_list(as_, cast, owned, flag):
    assert "I took it over" not in rule_page(as_(cast.bo), owned.version)


def test_beyond_ones_reach_there_is_none(as_, cast, hold, owned, flag):
    hold(cast.nora, "inspector", cast.second)
    client = as_(cast.nora)
    assert client.post(decide_url("agree_to_flag", flag)).status_code == 404
    assert "I took it over" not in rule_page(client, owned.version)


def test_it_is_refused(as_, client, cast, owned, flag):
    urls = [flag_url(owned.bo, owned.version), decide_url("agree_to_flag", flag)]
    assert {client.post(url).status_code for url in urls} == {302}
    assert {as_(cast.ada).post(url).status_code for url in urls} == {403}
    assert {as_(cast.ada).get(url).status_code for url in urls} == {405}
    assert as_(cast.chen).post(flag_url(owned.bo, owned.version)).status_code == 404
    assert as_(cast.ines).post(reverse("inspections:refuse_flag", args=[999])).status_code == 404
