"""The pages of the flow of channels: read by all who read conversations, planned by few."""

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Channel, ChannelSeats, Congestion, FlowDay, FlowLimits
from lingzhi.core.clock import now, today

ENGLISH = {"Accept-Language": "en"}


def test_who_leads_a_centre_plans_and_everybody_reads(as_, cast):
    phone = Channel.objects.get(code="phone")
    page, seats, limits = (
        reverse(f"contacts:channel_{name}", args=[phone.pk]) for name in ("flow", "seats", "limits")
    )
    assert "No limits are set" in as_(cast.bo).get(page, headers=ENGLISH).content.decode()
    given = {"days": "weekdays", "from_hour": 9, "to_hour": 18, "seats": 4}
    wanted = {"waiting": 5, "least_cases": 10, "connect_percent": 80}
    for person in (cast.bo, cast.ada):  # a team's leader does not plan for the centre
        assert as_(person).post(seats, given).status_code == 403
        assert as_(person).post(limits, wanted).status_code == 403
    client = as_(cast.quan)
    assert client.post(seats, given).status_code == 302
    assert client.post(seats, given | {"to_hour": 9}).status_code == 422
    assert client.post(limits, wanted).status_code == 302
    assert client.post(limits, wanted | {"connect_percent": 120}).status_code == 422
    row = ChannelSeats.objects.get()
    assert as_(cast.ada).post(reverse("contacts:seats_drop", args=[row.pk])).status_code == 403
    assert as_(cast.quan).post(reverse("contacts:seats_drop", args=[row.pk])).status_code == 302
    assert client.post(reverse("contacts:seats_drop", args=[row.pk])).status_code == 404
    acts = Entry.objects.filter(actor_id=cast.quan.pk, action__startswith="contacts.")
    assert [one.action.split(".")[1] for one in acts.order_by("pk")] == [
        "seats_planned", "flow_limits_set", "seats_dropped",
    ]  # fmt: skip


def test_the_pages_say_what_is_known_and_what_is_not(as_, cast, django_assert_max_num_queries):
    phone = Channel.objects.get(code="phone")
    FlowLimits.objects.create(channel=phone, waiting=3)
    FlowDay.objects.create(channel=phone, day=today(), looks=1000, congested=4, looked_at=now())
    Congestion.objects.create(
        channel=phone, causes=["connect", "waiting"], began_at=now(), seen_at=now()
    )
    client = as_(cast.ada)
    client.get(reverse("contacts:flow"))
    with django_assert_max_num_queries(30):
        html = client.get(reverse("contacts:flow"), headers=ENGLISH).content.decode()
    assert "no limits set" in html
    assert "nothing measures its limits" in html
    page = client.get(reverse("contacts:congestions"), {"channel": ""}, headers=ENGLISH)
    html = page.content.decode()
    assert "too few get through, too many wait" in html
    assert "99.6%" in html
    page = client.get(reverse("contacts:channel_flow", args=[phone.pk]), headers=ENGLISH)
    assert "still going on" in page.content.decode()
    assert as_(cast.nora).get(reverse("contacts:flow")).status_code == 403
