"""The doors of chats: the widget by its visitor's secret, the desk by who serves the chat."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.models import AgentState, Chat, ChatMessage, ChatSite, Contact
from lingzhi.contacts.services import chat_handing as handing
from lingzhi.contacts.services.chat_saying import Message, say
from lingzhi.contacts.services.states import note_desks, take_state
from lingzhi.core.clock import now
from lingzhi.core.rest.limits import calls
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20


@pytest.fixture(autouse=True)
def _no_limits_left():
    calls._buckets.clear()


@pytest.fixture
def site(cast):
    return make_chat_site(cast.first, origins=["https://shop.example"])


class Visitor:
    """A browser without cookies that holds the secret of one chat."""

    def __init__(self, token=""):
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}", "Chat-Language": "en"}

    def post(self, name, data=None, *, args=(), **form):
        content = {} if form else {"content_type": "application/json"}
        body = form or json.dumps(data or {})
        return self.client.post(reverse(name, args=args), body, headers=self.headers, **content)

    def get(self, name, args=(), **query):
        return self.client.get(reverse(name, args=args), query, headers=self.headers)


def test_the_widget_may_be_framed_by_its_origins_alone(site, client):
    url = reverse("chat:widget", args=[site.key])
    page = client.get(url, {"lang": "en"})
    for language, asked in (("zh-tw", "zh-hant"), ("en", "en")):  # opened by itself: as it is read
        assert f'lang="{asked}"' in client.get(url, headers={"Accept-Language": language}).text
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://shop.example" in policy.replace(";", "")
    assert "X-Frame-Options" not in page
    assert "Start the chat" in page.content.decode()
    assert client.get(reverse("account_login"))["X-Frame-Options"] == "DENY"
    ChatSite.objects.update(retired_at=now())
    assert client.get(reverse("chat:widget", args=[site.key])).status_code == 404


def test_a_visitor_begins_writes_reads_and_ends(site, cast):
    begun = Visitor().post("chat:start", args=[site.key])
    assert begun.status_code == 201
    visitor = Visitor(begun.json()["token"])
    body = {"id": "number-1", "text": "I want my money back"}
    for _time in range(2):
        assert visitor.post("chat:say", body).json()["seq"] == 1
    handing.accept_chat(Chat.objects.get(), by=cast.bo)
    handing.whisper(Chat.objects.get(), "be kind", "whisper-1", by=cast.ada)
    visitor.post("chat:visitor_signs", {"typing": True, "read": 2})
    found = visitor.get("chat:read", after=1).json()
    assert [one["event"] for one in found["said"]] == ["welcomed"]
    assert (found["state"]["state"], found["state"]["who"]) == ("serving", "1002")
    assert "be kind" not in json.dumps(visitor.get("chat:read").json())
    text = visitor.get("chat:transcript").content.decode()
    assert "money back" in text
    assert "be kind" not in text
    assert visitor.post("chat:visitor_end").status_code == 200
    assert visitor.post("chat:say", {"id": "number-2", "text": "hm"}).status_code == 409
    assert Contact.objects.get().ended_by == "customer"


def test_without_the_secret_there_is_nothing(site):
    chat, token = make_chat(site, "你好")
    for wrong in ("", token[:-1], chat.number):
        stranger = Visitor(wrong)
        assert stranger.get("chat:read").status_code == 404
        assert stranger.post("chat:say", {"id": "number-1", "text": "x"}).status_code == 404
        assert stranger.client.get("/live/chat", headers=stranger.headers).status_code == 404


def test_what_cannot_be_read_is_refused(site):
    visitor = Visitor(make_chat(site)[1])
    for body in (
        [],
        {"id": "x"},
        {"id": "number-1", "text": ""},
        {"id": "number-1", "text": "a" * 2001},
    ):
        assert visitor.post("chat:say", body).status_code == 422
    big = visitor.post("chat:say", {"id": "number-1", "text": "a" * 40_000})
    assert (big.status_code, big.json()["error"]) == (422, "The message is too long.")


def test_who_sends_too_much_waits(site, settings):
    visitor = Visitor(make_chat(site)[1])
    codes = [
        visitor.post("chat:say", {"id": f"number-{at:02}", "text": "x"}).status_code
        for at in range(42)
    ]
    assert codes[:40] == [201] * 40
    assert 429 in codes[40:]
    settings.CHAT_STARTS = 1
    codes = [Visitor().post("chat:start", args=[site.key]).status_code for _time in range(2)]
    assert codes == [201, 429]


def test_a_file_goes_both_ways_and_is_never_opened(site, cast, as_):
    chat, token = make_chat(site, agent=cast.bo)
    visitor = Visitor(token)
    sent = visitor.post("chat:visitor_attach", id="number-1", file=SimpleUploadedFile("a.png", PNG))
    assert sent.json()["file"]["name"] == "a.png"
    kept = chat.messages.get(kind="file")
    url = reverse("chat:file", args=[chat.pk, kept.seq])
    for answer in (visitor.get("chat:visitor_file", [kept.visible_seq]), as_(cast.bo).get(url)):
        assert "attachment" in answer["Content-Disposition"]
        assert answer["Content-Type"] == "application/octet-stream"
    assert as_(cast.bea).get(url).status_code == 404
    bad = visitor.post("chat:visitor_attach", id="number-2", file=SimpleUploadedFile("a.html", PNG))
    assert bad.status_code == 422


def test_outside_hours_a_message_becomes_a_contact_and_a_to_do(site, cast, run_jobs):
    body = {"id": "number-1", "name": "Li", "reach": "13800002071", "text": "请回电"}
    for _time in range(2):
        answer = Visitor().post("chat:leave_message", body, args=[site.key])
        assert answer.status_code == 201
    assert Visitor().post("chat:leave_message", {"text": "x"}, args=[site.key]).status_code == 422
    run_jobs()
    contact = Contact.objects.get()
    assert (contact.unit, contact.turn_count) == (cast.first, 1)
    assert contact.customer is not None
    notice = Notice.objects.get(is_todo=True)
    assert notice.person == cast.ada
    assert "13800002071" not in notice.body


def test_the_desk_shows_answers_and_ends(site, cast, as_):
    chat, _token = make_chat(site, "我的手机13800002071", agent=cast.bo)
    client = as_(cast.bo)
    page = client.get(reverse("chat:desk"), headers=ENGLISH, follow=True).content.decode()
    assert "13800002071" in page  # in the talk; the lists have it masked
    lists = client.get(reverse("chat:lists")).content.decode()
    assert "13800002071" not in lists
    given = {"id": "number-1", "text": "好的", "after": "2"}
    fragment = client.post(reverse("chat:answer", args=[chat.pk]), given).content.decode()
    assert "好的" in fragment
    assert "我的手机" not in fragment
    client.post(reverse("chat:desk_signs", args=[chat.pk]), {"typing": "1", "read": "3"})
    chat.refresh_from_db()
    assert chat.agent_read == 3
    ended = client.post(reverse("chat:end", args=[chat.pk]), {"case": "1"})
    assert ended.url == reverse("contacts:detail", args=[Contact.objects.get().pk])
    assert (
        client.post(reverse("chat:answer", args=[chat.pk]), given | {"id": "number-2"}).status_code
        == 409
    )


def test_who_waits_is_accepted_and_passed_on_by_page(site, cast, as_):
    chat, _token = make_chat(site, "有人吗")
    client = as_(cast.bo)
    assert "有人吗" in client.get(reverse("chat:desk")).content.decode()
    client.post(reverse("chat:accept", args=[chat.pk]))
    take_state(cast.bea, "ready", by=cast.bea)
    note_desks([cast.bea.pk])
    client.post(reverse("chat:invite", args=[chat.pk]), {"to": cast.bea.pk})
    client.post(reverse("chat:pass_on", args=[chat.pk]), {"to": cast.bea.pk})
    chat.refresh_from_db()
    assert chat.agent == cast.bea
    assert client.get(reverse("chat:talk", args=[chat.pk])).status_code == 404
    assert as_(cast.bea).post(reverse("chat:leave", args=[chat.pk])).status_code == 302
    assert as_(cast.chen).post(reverse("chat:accept", args=[chat.pk])).status_code == 404


def test_one_state_is_set_at_either_desk(cast, as_):
    client, address = as_(cast.bo), reverse("contacts:set_state")
    for given in ({"state": "ready"}, {"state": "busy", "reason": "meeting"}):
        answer = client.post(address, given | {"desk": "chat"})
        assert answer["Location"] == reverse("chat:desk")
    for desk in ("chat:desk", "contacts:desk"):
        assert "Meeting" in client.get(reverse(desk), headers=ENGLISH).content.decode()
    client.post(address, {"state": "signed_out", "desk": "phone"})
    states = AgentState.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("ready", ""), ("busy", "meeting"), ("signed_out", "")]
    for wrong in ({"state": "asleep"}, {"state": "busy"}, {"state": "on_break"}):
        assert client.post(address, wrong).status_code == 422
    assert as_(cast.ines).post(address, {"state": "ready"}).status_code == 403
    assert as_(cast.ines).get(reverse("chat:desk")).status_code == 403


def test_sites_are_kept_by_who_connects_systems(cast, as_):
    client = as_(cast.sol)
    data = {
        "name": "Shop", "unit": cast.hotline.pk, "colour": "#2458c8", "at_once": 3,
        "origins": "https://shop.example\nhttps://www.shop.example", "greeting_en": "Hello",
    }  # fmt: skip
    assert client.post(reverse("chat:new_site"), data | {"origins": "shop"}).status_code == 422
    client.post(reverse("chat:new_site"), data)
    site = ChatSite.objects.get()
    assert (site.origins[1], site.greeting) == ("https://www.shop.example", {"en": "Hello"})
    page = client.get(reverse("chat:edit_site", args=[site.pk])).content.decode()
    assert f"data-site=&quot;{site.key}&quot;" in page
    assert site.key in client.get(reverse("chat:try_site", args=[site.pk])).content.decode()
    client.post(reverse("chat:retire_site", args=[site.pk]))
    assert client.get(reverse("chat:sites"), headers=ENGLISH).content.decode().count("Retired") == 1
    assert as_(cast.ada).get(reverse("chat:sites")).status_code == 403


def test_a_supervisor_steps_in_from_the_floor(site, cast, as_):
    chat, _token = make_chat(site, "我要投诉", agent=cast.bo)
    client = as_(cast.ada)
    floor = client.get(reverse("inspections:floor"), headers=ENGLISH).content.decode()
    assert chat.number in floor
    live = reverse("inspections:live_conversation", args=[chat.live_id])
    assert "Whisper to the agent" in client.get(live, headers=ENGLISH).content.decode()
    client.post(reverse("inspections:whisper", args=[chat.live_id]), {"text": "先道歉"})
    assert chat.messages.get(kind="whisper").person == cast.ada
    bare = client.post(reverse("inspections:take_over", args=[chat.live_id]), {"reason": ""})
    assert bare.status_code == 422
    client.post(reverse("inspections:take_over", args=[chat.live_id]), {"reason": "升级"})
    chat.refresh_from_db()
    assert chat.agent == cast.ada
    said = {"text": "我来帮您", "after": "0", "id": "number-1"}
    answer = client.post(reverse("chat:answer", args=[chat.pk]), said)
    assert answer.content.decode().count("我来帮您") == 1
    for who, status in ((cast.cai, 404), (cast.ines, 403), (cast.bo, 403)):
        again = as_(who).post(reverse("inspections:take_over", args=[chat.live_id]))
        assert again.status_code == status


def test_pages_do_not_ask_more_for_more_chats(site, cast, as_, django_assert_max_num_queries):
    for _time in range(6):
        chat, _token = make_chat(site, "你好")
        Chat.objects.filter(pk=chat.pk).update(
            state="serving", agent=cast.bo, assigned_at=now() - timedelta(minutes=1)
        )
        make_chat(site, "有人吗")
    say(chat, Message("number-1", ChatMessage.Side.AGENT, "您好", cast.bo))
    client = as_(cast.bo)
    with django_assert_max_num_queries(20):
        client.get(reverse("chat:lists"))
