"""The server killed in the middle of a chat: what it acknowledged is there, once and in order."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException

import pytest

from lingzhi.contacts.factories import make_chat, make_chat_site
from lingzhi.contacts.models import ChatMessage, Contact, OpenTurn
from lingzhi.contacts.services.chats import end_chat
from lingzhi.core.tests.served import Site
from lingzhi.org.services import create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow]
MESSAGES = 30


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


class Visitor:
    """Writes one message after the other, and follows what is said, as the widget does."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.headers = address, {"Authorization": f"Bearer {token}"}
        self.acknowledged: list[int] = []
        self.heard: list[int] = []
        self.is_over = threading.Event()

    def ask(self, path: str, body: bytes | None = None, **headers: str):
        request = urllib.request.Request(
            self.address + path, body, {**self.headers, **headers, "Content-Type": "text/plain"}
        )
        return urllib.request.urlopen(request, timeout=10)

    def write(self) -> None:
        while len(self.acknowledged) < MESSAGES:
            number = len(self.acknowledged)
            body = json.dumps({"id": f"number-{number:03}", "text": f"第{number}句"}).encode()
            try:
                with self.ask("/chat/v/say/", body) as answer:
                    self.acknowledged.append(json.load(answer)["seq"])
            except (OSError, HTTPException):  # it may die between the head and the body, too
                time.sleep(0.1)

    def follow(self) -> None:
        while not self.is_over.is_set():
            last = str(self.heard[-1] if self.heard else 0)
            try:
                with self.ask("/live/chat", **{"Last-Event-ID": last}) as stream:
                    for number in self.numbers(stream):
                        self.heard.append(number)
            except (OSError, HTTPException):
                time.sleep(0.1)

    def numbers(self, stream) -> Iterator[int]:
        for line in stream:
            if line.startswith(b"id: "):
                yield int(line[4:])
            if self.is_over.is_set():
                return


def test_what_was_acknowledged_is_kept_once_and_in_order(house, until):
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    chat, token = make_chat(make_chat_site(company))
    site = Site(house)
    web = ("web", "--port", str(site.port), "--threads", "6")
    site.process = house.start(*web)
    until(lambda: site.status("healthz") != "down")
    visitor = Visitor(site.address, token)
    threads = [threading.Thread(target=one) for one in (visitor.write, visitor.follow)]
    for thread in threads:
        thread.start()
    until(lambda: len(visitor.acknowledged) > 8)
    site.cut_power()
    house.start(*web)
    until(lambda: len(visitor.acknowledged) == MESSAGES)
    until(lambda: len(visitor.heard) >= MESSAGES, 10)
    end_chat(chat, side="visitor")
    visitor.is_over.set()
    for thread in threads:
        thread.join()
    kept = list(ChatMessage.objects.filter(kind="text").values_list("seq", "text"))
    assert kept == [(at + 1, f"第{at}句") for at in range(MESSAGES)]
    assert visitor.acknowledged == [seq for seq, _text in kept]
    assert visitor.heard[:MESSAGES] == visitor.acknowledged
    assert Contact.objects.get().turn_count == MESSAGES
    assert not OpenTurn.objects.exists()
