"""The list of alerts, one with its evidence, and what it was."""

from datetime import date, timedelta

from django.urls import reverse

from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import Alert
from lingzhi.kpis.services import watch

LAST = date(2026, 10, 30)


def test_from_the_list_to_the_evidence_to_what_it_was(cast, as_, django_assert_max_num_queries):
    for at in range(1, 40):
        for agent in (cast.bo, cast.bea):
            day = LAST - timedelta(days=at)
            make_fact(day, 45 + at % 2, 50, agent=agent, unit=cast.first)
    make_fact(LAST, 46, 50, agent=cast.bo, unit=cast.first)
    make_fact(LAST, 15, 50, agent=cast.bea, unit=cast.first, channel="chat")
    watch(LAST)
    alert = Alert.objects.get()
    ada = as_(cast.ada)
    listed = ada.get(reverse("kpis:alerts"))
    assert [one.alert for one in listed.context["shown"]] == [alert]
    assert listed.context["rates"].courses == 3
    with django_assert_max_num_queries(60):
        page = ada.get(reverse("kpis:alert", args=[alert.pk]))
    parts = {one.title: one for one in page.context["evidence"].parts}
    assert [row.name for row in parts["客服"].rows] == ["Bea"]
    assert (parts["客服"].worse, parts["客服"].number) == (1, 2)
    url = reverse("kpis:close_alert", args=[alert.pk])
    assert ada.post(url, {"outcome": "acted"}).status_code == 422
    ada.post(url, {"outcome": "acted", "reason": "Bea had no headset"})
    alert.refresh_from_db()
    assert (alert.state, alert.closed_by, alert.reason) == ("acted", cast.ada, "Bea had no headset")
    assert not ada.get(reverse("kpis:alerts")).context["shown"]
    assert as_(cast.cai).get(reverse("kpis:alert", args=[alert.pk])).status_code == 404
