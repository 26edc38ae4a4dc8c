"""Other systems are told: signed, at least once, later after a failure, given up in the end."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from types import SimpleNamespace

import pytest
from django.db import transaction
from standardwebhooks import Webhook as Signer

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.services.merging import merge_customers
from lingzhi.notifications.events import EVENTS
from lingzhi.notifications.models import Message, Notice, Webhook
from lingzhi.notifications.services.outbox import OutsideTransaction, announce
from lingzhi.notifications.services.sending import MOST_TRIES, send_messages
from lingzhi.notifications.services.trying import wait_after
from lingzhi.notifications.services.webhooks import connect_webhook


class Peer(ThreadingHTTPServer):
    """A real server of another system; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.got = 204, []
        self.origin = f"http://127.0.0.1:{self.server_port}"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body.decode()))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def peer(settings) -> Iterator[Peer]:
    server = Peer()
    settings.EGRESS_ALLOW, settings.EGRESS_NETWORKS = [server.origin], [ip_network("127.0.0.1")]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connected(cast, peer) -> tuple[Webhook, str]:
    return connect_webhook(name="ERP", url=f"{peer.origin}/hook", events=[*EVENTS], by=cast.sol)


def told(webhook: Webhook) -> list[str]:
    return list(webhook.messages.order_by("pk").values_list("event", flat=True))


def test_the_life_of_a_case_is_told_signed(cast, peer, connected):
    webhook, secret = connected
    case = make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    assert send_messages() == len(told(webhook)) == len(peer.got)
    events = [Signer(secret).verify(body, headers) for headers, body in peer.got]
    assert [one["type"] for one in events][:2] == ["case.opened", "case.moved"]
    assert [one["type"] for one in events][-2:] == ["case.moved", "case.closed"]
    assert "case.told" in told(webhook)
    last = events[-1]["data"]
    assert (last["number"], last["kind"], last["step"]) == (case.number, "closed", "close")
    assert not any(case.title in body for _headers, body in peer.got)
    assert send_messages() == 0


def test_a_merge_is_told(cast, peer, connected):
    kept, merged = make_customer(name="王小明"), make_customer(name="王小明")
    merge_customers(kept, merged, reason="同一人", by=cast.quan)
    send_messages()
    ((_headers, body),) = peer.got
    assert json.loads(body)["data"] == {"kept": kept.pk, "merged": merged.pk}


def test_what_is_rolled_back_is_not_told(cast, connected):
    with transaction.atomic():
        make_case(by=cast.bo, unit=cast.first)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_only_what_was_chosen_is_told(cast, peer):
    webhook, _secret = connect_webhook(
        name="x", url=peer.origin, events=["case.closed"], by=cast.sol
    )
    make_case(by=cast.bo, unit=cast.first)
    assert told(webhook) == []


@pytest.mark.parametrize("status", [500, 302, 404])
def test_a_failure_is_tried_again_under_the_same_id(cast, peer, connected, status):
    webhook, _secret = connected
    peer.status = status
    for _ in range(2):
        make_case(by=cast.bo, unit=cast.first)
    assert send_messages() == 0
    assert len(peer.got) == 1  # the second message does not overtake the first
    first = webhook.messages.earliest("pk")
    assert (first.tries, first.answer) == (1, f"status {status}")
    assert timedelta(seconds=8) < first.next_at - now() < timedelta(seconds=13)
    peer.status = 200
    webhook.messages.update(next_at=now())
    assert send_messages() == 2
    assert peer.got[0][0]["webhook-id"] == peer.got[1][0]["webhook-id"]


def test_a_try_that_died_with_its_process_is_made_again(cast, peer, connected, monkeypatch):
    webhook, _secret = connected
    make_case(by=cast.bo, unit=cast.first)
    dies = "lingzhi.notifications.services.sending._arrive"
    with monkeypatch.context() as patch:
        patch.setattr(dies, lambda _message: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            send_messages()
    message = webhook.messages.get()
    assert message.state == "waiting"
    assert message.next_at > now() + timedelta(seconds=30)
    Message.objects.update(next_at=now())
    assert send_messages() == 1
    assert len({headers["webhook-id"] for headers, _body in peer.got}) == 1


def test_it_is_given_up_and_somebody_is_told(as_, cast, peer, connected):
    webhook, _secret = connected
    make_case(by=cast.bo, unit=cast.first)
    peer.status = 503
    Message.objects.update(tries=MOST_TRIES - 1)
    send_messages()
    message = webhook.messages.get()
    assert message.state == "given_up"
    assert Notice.objects.filter(person=cast.sol, is_todo=True).count() == 1
    client = as_(cast.sol)
    page = client.get(f"/notices/webhooks/{webhook.pk}/?state=given_up").content.decode()
    assert message.message_id in page
    peer.status = 200
    assert client.post(f"/notices/webhooks/messages/{message.pk}/again/").status_code == 302
    assert client.post(f"/notices/webhooks/messages/{message.pk}/again/").status_code == 409
    assert send_messages() == 1
    assert Entry.objects.filter(action="notifications.message_sent_again").count() == 1


def test_nothing_leaves_to_an_origin_that_is_not_open(as_, cast, peer, connected, settings):
    settings.EGRESS_ALLOW = []
    make_case(by=cast.bo, unit=cast.first)
    assert send_messages() == 0
    assert peer.got == []
    form = {"name": "x", "url": "http://127.0.0.1:1/", "events": ["case.opened"]}
    assert as_(cast.sol).post("/notices/webhooks/", form).status_code == 422


def test_the_secret_is_shown_once_and_a_system_is_cut_off(as_, cast, peer):
    client = as_(cast.sol)
    form = {"name": "ERP", "url": f"{peer.origin}/", "events": ["case.opened"]}
    assert "whsec_" in client.post("/notices/webhooks/", form).content.decode()
    assert "whsec_" not in client.get("/notices/webhooks/").content.decode()
    webhook = Webhook.objects.get()
    assert "whsec_" not in webhook.sealed_secret
    make_case(by=cast.bo, unit=cast.first)
    assert client.post(f"/notices/webhooks/{webhook.pk}/end/").status_code == 302
    assert send_messages() == 0
    assert webhook.messages.get().state == "given_up"
    assert as_(cast.ada).get("/notices/webhooks/").status_code == 403


def test_waits_grow_to_four_hours_and_last_a_day():
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert timedelta(seconds=10) <= waits[0] <= timedelta(seconds=12)
    assert max(waits) <= timedelta(hours=4.8)
    assert timedelta(hours=9) < sum(waits, timedelta()) < timedelta(days=2)


def test_an_announcement_needs_the_transaction_of_its_change(monkeypatch):
    outside = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr("lingzhi.notifications.services.outbox.connection", outside)
    with pytest.raises(OutsideTransaction):
        announce("case.opened", dict)
