"""What inspection shows on the page of a conversation."""

import re

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule


def page(client, contact) -> str:
    answer = client.get(reverse("contacts:detail", args=[contact.pk]), headers=ENGLISH)
    return answer.content.decode()


ENGLISH = {"Accept-Language": "en"}


def test_hits_come_first_with_rule_version_words_and_why(as_, cast, judged):
    html = page(as_(cast.ada), judged.bo)
    assert "1 hit · 0 passed" in " ".join(html.split())
    panel = html[html.index('id="findings-title"') :]
    assert "Shirking" in panel
    assert "v1" in panel
    assert "Who answers first owns the matter." in panel
    assert '<a href="#turn-2">' in panel


def test_the_words_are_marked_in_their_turn(as_, cast, judged):
    html = page(as_(cast.ada), judged.bo)
    mark = re.search(r'<mark class="lz-mark-bad" title="Shirking v1"><a href="([^"]*)">', html)
    assert mark[1] == f"#finding-{judged.version.pk}"
    assert re.search(r"<mark[^>]*><a[^>]*>不归我们管</a></mark>", html)


def test_quotes_are_masked(as_, cast):
    make_rule(
        conditions={"pushed": {"op": "text.regex", "pattern": "手机1\\d{10}"}},
        scope={"role": "customer"},
        tests={"hit": [["customer: 手机13800001234"]], "miss": [["customer: 您好"]]},
    )
    contact = make_contact(agent="1002", turns="客户:手机13800002071对吗")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.ada), contact)
    assert "13800002071" not in html
    assert "手机138****2071" in html[html.index('id="findings-title"') :]


def test_what_cannot_be_judged_says_why(as_, cast):
    make_rule(LENGTH)
    contact = make_contact(agent="1002", turns="客服:您好")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.ada), contact)
    assert "1 cannot be judged" in html
    assert "The turns have no times." in html


def test_passed_rules_are_folded_away_and_can_be_asked(as_, cast, judged):
    html = page(as_(cast.ada), judged.bea)
    folded = html[html.index("<details") :]
    assert "Shirking" in folded
    assert reverse("inspections:why", args=[judged.bea.pk, judged.version.pk]) in folded


@pytest.mark.parametrize(("who", "sees"), [("ines", True), ("ada", False)])
def test_shadow_findings_are_for_who_writes_rules(as_, cast, who, sees):
    make_rule(state="shadow")
    contact = make_contact(agent="1002", turns="客服:不归我们管")
    services.inspect_all(Contact.objects.all())
    html = page(as_(getattr(cast, who)), contact)
    assert ("Shirking" in html) is sees
    assert "lz-mark-bad" not in html[: html.index('id="findings-title"')]


def test_a_retired_rule_is_silent(as_, cast, judged):
    services.retire_version(judged.version, reason="wrong", by=cast.quan)
    assert "Shirking" not in page(as_(cast.ada), judged.bo)


def test_a_conversation_nobody_judged_says_so(as_, cast):
    contact = make_contact(agent="1002")
    assert "Not inspected yet." in page(as_(cast.ada), contact)


def test_who_may_not_see_findings_sees_no_panel(as_, cast, judged):
    from lingzhi.conftest import LONG_AGO
    from lingzhi.org.services import assign_role

    assign_role(cast.nora, "department_officer", cast.hotline, from_on=LONG_AGO, by=None)
    html = page(as_(cast.nora), judged.bo)
    assert "不归我们管" in html
    assert "findings-title" not in html


def test_places_that_overlap_are_one(as_, cast):
    make_rule(
        conditions={"pushed": {"op": "text.keyword", "words": ["不归我们", "归我们管"]}},
        tests=SHIRKING["tests"],
    )
    contact = make_contact(agent="1002", turns="客服:不归我们管")
    services.inspect_all(Contact.objects.all())
    html = page(as_(cast.ada), contact)
    assert html[html.index('id="findings-title"') :].count("<blockquote") == 1


def test_the_number_of_queries_does_not_grow_with_the_findings(
    as_, cast, django_assert_max_num_queries
):
    make_rule()
    for number in range(12):
        make_rule({**SHIRKING, "id": f"ownership.n{number}"})
    contact = make_contact(agent="1002", turns="\n".join(["客服:不归我们管"] * 30))
    services.inspect_all(Contact.objects.all())
    client = as_(cast.ada)
    page(client, contact)
    with django_assert_max_num_queries(39):
        page(client, contact)
