"""A leader listens to a call, steps into it, forces a state: asked once, done only if confirmed."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from standardwebhooks import Webhook as Signer

from lingzhi.audit.models import Entry
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.feeds import open_feed
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import AgentState, Call, CommandAddress, PhoneCommand
from lingzhi.contacts.services import command_sending, source_named
from lingzhi.contacts.services.command_addresses import keep_address
from lingzhi.contacts.services.commands import AskedAlready, NotOffered, new_number
from lingzhi.core.clock import now
from lingzhi.inspections.models import Policy
from lingzhi.inspections.services.stepping_in import step_in
from lingzhi.notifications.models import Notice

ENGLISH = {"Accept-Language": "en"}
Kind, State = PhoneCommand.Kind, PhoneCommand.State


class Cti(ThreadingHTTPServer):
    """A small phone system: `answer` makes what it says of a command; None: it hangs up."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.answer, self.status, self.waits, self.got = {"state": "done"}, 200, 0.0, []
        self.origin = f"http://127.0.0.1:{self.server_port}"


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        cti, body = self.server, self.rfile.read(int(self.headers["Content-Length"]))
        cti.got.append((dict(self.headers), body.decode()))
        time.sleep(cti.waits)
        if cti.answer is None:
            self.connection.close()
            return
        said = json.dumps({"number": json.loads(body)["number"], **cti.answer}).encode()
        self.send_response(cti.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def cti(settings) -> Iterator[Cti]:
    server = Cti()
    settings.EGRESS_ALLOW, settings.EGRESS_NETWORKS = [server.origin], [ip_network("127.0.0.1")]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(*events: dict) -> None:
    rows = [{"at": now().isoformat(), **event} for event in events]
    take_events(source_named("pbx"), read_events({"events": rows}))


@pytest.fixture
def talk(cast, cti) -> SimpleNamespace:
    """Bo talks at a phone system that offers everything; Chen of the other team talks, too."""
    feed, _secret = open_feed(source_named("pbx"), by=cast.sol)
    secret = keep_address(feed, f"{cti.origin}/commands", Kind.values, by=cast.sol)
    tell(
        {"type": "queued", "id": "c1", "queue": "售后"},
        {"type": "answer", "id": "c1", "agent": "1002"},
        {"type": "answer", "id": "c2", "agent": cast.chen.staff_no},
    )
    calls = {one.external_id: one for one in Call.objects.all()}
    return SimpleNamespace(
        feed=feed, secret=secret, call=calls["c1"], other=calls["c2"],
        leg=calls["c1"].legs.get(), page=reverse("inspections:call", args=[calls["c1"].pk]),
        door=reverse("inspections:step_in", args=[calls["c1"].pk]),
    )  # fmt: skip


def ask(talk, by, kind=Kind.LISTEN) -> PhoneCommand:
    """Asked and brought to the phone system; as it stands then."""
    made = step_in(talk.leg, kind, number=new_number(), reason="客户情绪激动", by=by)
    command_sending.send_command(made.pk)
    made.refresh_from_db()
    return made


def test_a_leader_listens_once_and_the_phone_system_confirms(cast, cti, talk, as_, run_jobs):
    client = as_(cast.ada)
    page = client.get(talk.page, headers=ENGLISH).content.decode()
    assert "Listen silently" in page
    assert client.post(talk.door, {"kind": "listen", "number": "0" * 32}).status_code == 422
    given = {"kind": "listen", "number": "0" * 32, "reason": "新人首周"}
    for _twice in range(2):
        assert client.post(talk.door, given).status_code == 302
    run_jobs()
    ((headers, body),) = cti.got
    sent = Signer(talk.secret).verify(body, headers)
    assert {name: sent[name] for name in ("number", "command", "call", "agent", "supervisor")} == {
        "number": "0" * 32, "command": "listen", "call": "c1", "agent": "1002",
        "supervisor": cast.ada.staff_no,
    }  # fmt: skip
    assert PhoneCommand.objects.get().state == State.DONE
    rows = Entry.objects.filter(action__startswith="contacts.command_").order_by("pk")
    assert [(row.action, row.reason) for row in rows][1:] == [
        ("contacts.command_asked", "新人首周"), ("contacts.command_settled", ""),
    ]  # fmt: skip
    seen = reverse("inspections:commands")
    assert "新人首周" not in as_(cast.bo).get(seen).content.decode()  # not while it goes on
    tell({"type": "hangup", "id": "c1", "by": "customer"})
    assert cast.ada.name in as_(cast.bo).get(seen).content.decode()
    Policy.objects.create(unit=cast.hotline, shows_watchers=False, changed_at=now())
    page = as_(cast.bo).get(seen, headers=ENGLISH).content.decode()
    assert "Listen silently" in page
    assert cast.ada.name not in page


def test_who_stepped_in_stands_at_the_conversation_and_the_agent_is_told(cast, talk, as_):
    assert ask(talk, cast.ada, Kind.BARGE_IN).state == State.DONE
    tell({"type": "hangup", "id": "c1", "by": "customer"})
    talk.call.refresh_from_db()
    address = reverse("contacts:detail", args=[talk.call.contact_id])
    assert "barged in" in as_(cast.quan).get(address, headers=ENGLISH).content.decode()
    shown = render_to_string("inspections/reviews/_talk.html", {"contact": talk.call.contact})
    assert cast.ada.name in shown  # who scores it knows that another person spoke
    assert Notice.objects.get(person=cast.bo).body == cast.ada.name


@pytest.mark.parametrize(
    ("said", "state", "why"),
    [
        ({"answer": {"state": "refused", "reason": "call_over"}}, State.REFUSED, "call_over"),
        ({"answer": {"state": "refused", "reason": "too_late"}}, State.REFUSED, "other"),
        ({"answer": {"state": "done", "number": "another"}}, State.UNANSWERED, ""),
        ({"answer": {"state": "accepted"}}, State.ASKED, ""),
        ({"answer": None}, State.UNANSWERED, ""),
        ({"status": 500}, State.UNANSWERED, ""),
        ({"status": 403}, State.REFUSED, "not_taken"),
        ({"waits": 0.2}, State.UNANSWERED, ""),
    ],
)
def test_only_what_the_phone_system_says_is_done(cast, cti, talk, monkeypatch, said, state, why):
    monkeypatch.setattr(command_sending, "SECONDS", 0.1 if "waits" in said else 2)
    vars(cti).update(said)
    made = ask(talk, cast.ada)
    assert (made.state, made.why) == (state, why)
    command_sending.send_command(made.pk)
    assert len(cti.got) == 1  # never again by itself


def test_an_event_that_follows_confirms_what_was_left_open(cast, cti, talk):
    cti.answer = {"state": "accepted"}
    first, second = ask(talk, cast.ada), ask(talk, cast.ada, Kind.INTERCEPT)
    with pytest.raises(AskedAlready):
        ask(talk, cast.ada)
    PhoneCommand.objects.update(until=now())
    assert command_sending.give_up_commands() == 2
    done = {"type": "command", "id": first.number, "state": "done"}
    tell(done, {"type": "answer", "id": "c1", "agent": cast.ada.staff_no})
    for made in (first, second):
        made.refresh_from_db()
        assert made.state == State.DONE
    tell(done | {"state": "refused"})  # what is done stays done
    first.refresh_from_db()
    assert first.state == State.DONE


def test_a_state_is_forced_here_and_at_the_phone_system(cast, cti, talk, as_, run_jobs):
    cti.answer = {"state": "accepted"}
    address = reverse("contacts:force_state", args=[cast.bo.pk])
    page = as_(cast.ada).get(address, headers=ENGLISH).content.decode()
    assert "The phone system is asked, too" in page
    given = {"state": "signed_out", "reason": "离岗", "number": "1" * 32}
    for _twice in range(2):
        as_(cast.ada).post(address, given)
    run_jobs()
    assert [json.loads(body)["command"] for _headers, body in cti.got] == ["force_sign_out"]
    assert AgentState.objects.get(person=cast.bo, until=None).forced_by == cast.ada
    made = PhoneCommand.objects.get()
    tell({"type": "state", "agent": "1002", "state": "ready"})
    made.refresh_from_db()
    assert made.state == State.ASKED
    tell({"type": "state", "agent": "1002", "state": "signed_out"})
    made.refresh_from_db()
    assert made.state == State.DONE


def test_what_comes_too_late_or_finds_the_door_shut_is_never_sent(cast, cti, talk, settings):
    made = step_in(talk.leg, Kind.LISTEN, number=new_number(), reason="抽听", by=cast.ada)
    PhoneCommand.objects.update(until=now() - timedelta(seconds=1))
    command_sending.send_command(made.pk)
    made.refresh_from_db()
    assert (made.state, made.why) == (State.REFUSED, "too_late")
    settings.EGRESS_ALLOW = []
    assert ask(talk, cast.ada).why == "closed"
    assert cti.got == []


def test_nothing_is_offered_before_somebody_says_so(cast, cti, talk, as_):
    address = reverse("contacts:commands_of_feed", args=[talk.feed.pk])
    as_(cast.sol).post(address, {"url": f"{cti.origin}/commands", "offers": ["whisper"]})
    page = as_(cast.ada).get(talk.page, headers=ENGLISH).content.decode()
    assert "Whisper, heard by the agent alone" in page
    assert "Barge in" not in page
    with pytest.raises(NotOffered):
        ask(talk, cast.ada, Kind.BARGE_IN)
    as_(cast.sol).post(address, {"url": f"{cti.origin}/commands"})
    page = as_(cast.ada).get(talk.page, headers=ENGLISH).content.decode()
    assert "offers no commands here" in page
    assert as_(cast.sol).post(address, {"url": "ftp://pbx"}).status_code == 422
    as_(cast.sol).post(reverse("contacts:try_commands", args=[talk.feed.pk]))
    assert CommandAddress.objects.get().problem == ""
    cti.status = 401
    as_(cast.sol).post(reverse("contacts:try_commands", args=[talk.feed.pk]))
    assert CommandAddress.objects.get().problem == "not_taken"


def test_only_leaders_step_in_and_only_at_their_own_units(cast, talk, as_):
    listed = as_(cast.ada).get(reverse("inspections:calls")).content.decode()
    assert cast.bo.name in listed
    assert cast.chen.name not in listed
    other = reverse("inspections:step_in", args=[talk.other.pk])
    assert as_(cast.ada).post(other, {"kind": "listen"}).status_code == 404
    for person in (cast.bo, cast.quan, cast.ines):
        assert as_(person).post(talk.door, {"kind": "listen"}).status_code == 403
    floor = as_(cast.ada).get(reverse("contacts:floor"), headers=ENGLISH).content.decode()
    assert "Listen or step in" in floor
    quiet = as_(cast.quan).get(reverse("contacts:floor"), headers=ENGLISH).content.decode()
    assert "Listen or step in" not in quiet
