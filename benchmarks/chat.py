# ruff: noqa: E402  # the path must be set before anything is imported
"""Chats under load, over real HTTP: how long a message takes, and whether any is lost or doubled.

    python benchmarks/chat.py [--visitors 100] [--agents 20] [--rate 2] [--seconds 60]

A database of its own (SQLite) and `manage.py serve` on it: pages, streams, worker, scheduler and
live inspection. Agents sit at their desks, visitors follow their chats, and every message is
posted as the desk and the widget post it; every tenth is sent twice with the same number, as
after a broken line, and every tenth reader breaks off and goes on behind the last it has. Time
counts from before the post to when the other side has the words. Last line: JSON.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
FOLDER = tempfile.mkdtemp(prefix="chat-")
os.environ |= {"DATA_DIR": FOLDER, "DATABASE_URL": f"sqlite:///{FOLDER}/chat.sqlite3"}
os.environ |= {"DEMO": "1", "CHAT_STARTS": "1000000", "LOG_LEVEL": "WARNING"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import argparse
import asyncio
import json
import math
import random
import re
import socket
import subprocess
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connections

from lingzhi.accounts.models import User
from lingzhi.accounts.sessions import SessionStore
from lingzhi.contacts.models import Chat, ChatMessage, ChatSite
from lingzhi.contacts.services.chat_sites import keep_site
from lingzhi.inspections.services import adopt_first_rules
from lingzhi.org.services import assign_role, create_unit

CSRF = "c" * 32
SAID = (
    "我要退款",
    "好的我帮您查一下",
    "请稍等",
    "怎么还没到",
    "这个不归我们管",
    "谢谢",
    "我要投诉",
)
# Within one item of the list: a note (somebody came) has a place, too, and no bubble.
LINE = re.compile(r'data-seq="(\d+)"(?:(?!</li>).)*?lz-chat-bubble">([^<]*)<', re.DOTALL)


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


@dataclass
class Load:
    """What was sent, what arrived, by the word that each message carries."""

    pages: int
    streams: int
    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    arrived: dict[str, int] = field(default_factory=dict)
    out_of_order: int = 0
    reconnects: int = 0  # mostly those of visitors who break off by intent
    turned_away: int = 0  # streams that were refused or broken off
    refused: int = 0

    def note(self, words: str, seq: int, last: int, *, of: str) -> None:
        """A reader got these words at this place, behind `last`; what they said themselves (`of`)
        comes back to them, too, and is no delivery."""
        self.out_of_order += seq <= last
        if words.startswith(of):
            return
        word = words.split(" ", maxsplit=1)[0]
        if word not in self.sent:
            return
        self.arrived[word] = self.arrived.get(word, 0) + 1
        if self.arrived[word] == 1:
            self.waits.append(time.monotonic() - self.sent[word])


async def ask(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, bytes]:
    """One request on a line of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        answer = await asyncio.wait_for(reader.read(), 30)
        head, _blank, rest = answer.partition(b"\r\n\r\n")
        if b"chunked" in head.lower():
            rest = b"".join(chunks(rest))
        return int(head[9:12]), rest
    finally:
        writer.close()


def chunks(rest: bytes) -> list[bytes]:
    found = []
    while rest:
        size, _line, rest = rest.partition(b"\r\n")
        length = int(size or b"0", 16)
        if not length:
            break
        found.append(rest[:length])
        rest = rest[length + 2 :]
    return found


async def follow(port: int, path: str, headers: dict[str, str]) -> Any:
    """The events of a stream, as pairs of name and data."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head[:60])
        name = "message"
        while True:
            line = (await reader.readline()).decode().rstrip("\r\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                yield name, json.loads(line[6:])
                name = "message"
            elif not line and reader.at_eof():
                return
    finally:
        writer.close()


@dataclass
class Visitor:
    load: Load
    token: str
    last: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Chat-Language": "zh-hans"}

    async def listen(self, chance: random.Random, breaks: bool) -> None:
        """Follow the chat; some break off now and then and go on where they were."""
        while True:
            until = time.monotonic() + (chance.uniform(3, 9) if breaks else math.inf)
            try:
                headers = self.headers | {"Last-Event-ID": str(self.last)}
                async for name, data in follow(self.load.streams, "/live/chat", headers):
                    if name == "said":
                        self.load.note(data["text"], data["seq"], self.last, of="v")
                        self.last = max(self.last, data["seq"])
                    if time.monotonic() > until:
                        break
            except (ConnectionError, asyncio.IncompleteReadError, OSError):
                self.load.turned_away += 1
                await asyncio.sleep(0.5)
            self.load.reconnects += 1

    async def say(self, word: str, text: str) -> int:
        body = json.dumps({"id": f"visitor-{word}", "text": f"{word} {text}"}).encode()
        headers = self.headers | {"Content-Type": "application/json"}
        return (await ask(self.load.pages, "POST", "/chat/v/say/", headers, body))[0]


@dataclass
class Agent:
    load: Load
    session: str
    lasts: dict[int, int] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        cookie = (
            f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        )
        return {"Cookie": cookie, "X-CSRFToken": CSRF, "Lz-Background": "1"}

    async def post(self, path: str, form: str) -> int:
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        return (await ask(self.load.pages, "POST", path, headers, form.encode()))[0]

    async def listen(self) -> None:
        """Follow the desk, and fetch what is new in each chat behind the last that is here."""
        while True:
            try:
                async for _name, data in follow(self.load.streams, "/live/chat/desk", self.headers):
                    moved = [
                        chat for chat in data["chats"]
                        if chat["seq"] > self.lasts.get(chat["pk"], 0)
                    ]  # fmt: skip
                    await asyncio.gather(*(self.fetch(chat["pk"]) for chat in moved))
            except (ConnectionError, asyncio.IncompleteReadError, OSError):
                self.load.turned_away += 1
                await asyncio.sleep(0.5)

    async def fetch(self, pk: int) -> None:
        path = f"/chat/{pk}/messages/?after={self.lasts.get(pk, 0)}"
        status, text = await ask(self.load.pages, "GET", path, self.headers)
        if status != 200:
            return
        for seq, words in LINE.findall(text.decode()):
            self.load.note(words, int(seq), self.lasts.get(pk, 0), of="a")
            self.lasts[pk] = max(self.lasts.get(pk, 0), int(seq))

    async def say(self, pk: int, word: str, text: str) -> int:
        form = f"id=agent-{word}&after=1000000&text={word}+{text}"
        return await self.post(f"/chat/{pk}/answer/", form)


def prepare(number: int, at_once: int) -> tuple[ChatSite, list[str]]:
    """The centre, its site, and a session for each agent."""
    call_command("migrate", verbosity=0)
    company = create_unit(kind="company", name="C", code="c", parent=None, by=None)
    unit = create_unit(kind="team", name="T", code="t", parent=company, by=None)
    adopt_first_rules(by=None)
    sessions = []
    for at in range(number):
        user = User.objects.create_user(f"a{at:03}", "correct horse", name=f"A{at}")
        assign_role(user, "agent", unit, from_on=date(2020, 1, 1), by=None)
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store.create()
        sessions.append(str(store.session_key))
    site = keep_site(ChatSite(name="S", unit=unit, at_once=at_once), by=None)
    return site, sessions


async def until_up(port: int) -> None:
    for _time in range(240):
        try:
            if (await ask(port, "GET", "/healthz", {}))[0] == 200:
                return
        except OSError:
            pass
        await asyncio.sleep(0.5)
    raise SystemExit("the program did not start")


async def sent(load: Load, word: str, act: Any, *, twice: bool) -> None:
    """Post until it is acknowledged; `twice` as after a line that broke behind the answer."""
    load.sent[word] = time.monotonic()
    for _time in range(6):
        try:
            status = await act()
        except (TimeoutError, OSError):
            status = 0
        if status in {200, 201}:
            load.acknowledged.add(word)
            if twice:
                await act()
            return
        load.refused += 1
        await asyncio.sleep(0.5)


async def run(options: argparse.Namespace, load: Load, site: ChatSite, sessions: list[str]) -> None:
    await until_up(load.pages)
    await until_up(load.streams)
    chance = random.Random(1)
    agents = [Agent(load, session) for session in sessions]
    tasks = [asyncio.create_task(agent.listen()) for agent in agents]
    for agent in agents:
        await agent.post("/contacts/desk/state/", "state=ready&desk=chat")
    visitors: dict[str, Visitor] = {}
    for at in range(options.visitors):
        _status, answer = await ask(load.pages, "POST", f"/chat/w/{site.key}/start/", {})
        begun = json.loads(answer)
        visitors[begun["number"]] = one = Visitor(load, begun["token"])
        tasks.append(asyncio.create_task(one.listen(chance, breaks=at % 10 == 0)))
    held = await asyncio.to_thread(
        lambda: list(Chat.objects.values_list("number", "pk", "agent__staff_no"))
    )
    talks = [(visitors[number], agents[int(who[1:])], pk) for number, pk, who in held if who]
    print(f"{len(talks)} of {options.visitors} chats are served", flush=True)
    await asyncio.sleep(2)
    load.reconnects = load.turned_away = 0
    posts, began = [], time.monotonic()
    for n in range(round(options.rate * options.seconds)):
        await asyncio.sleep(max(0.0, began + n / options.rate - time.monotonic()))
        visitor, agent, pk = chance.choice(talks)
        is_visitor = chance.random() < 0.5
        word, text = f"{'v' if is_visitor else 'a'}{n:06}", chance.choice(SAID)
        act = (
            (lambda v=visitor, w=word, t=text: v.say(w, t)) if is_visitor
            else (lambda a=agent, p=pk, w=word, t=text: a.say(p, w, t))
        )  # fmt: skip
        posts.append(asyncio.create_task(sent(load, word, act, twice=n % 10 == 0)))
    await asyncio.gather(*posts)
    await asyncio.sleep(6)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def figures(load: Load, options: argparse.Namespace) -> dict[str, Any]:
    """`lost`: acknowledged and not arrived, or not kept; `double`: kept or arrived twice."""
    words = [text.split(" ")[0] for text in kept_words()]
    not_kept = load.acknowledged - set(words)
    not_arrived = load.acknowledged - load.arrived.keys()
    waits = sorted(load.waits)
    at = lambda share: round(waits[min(len(waits) - 1, int(len(waits) * share))] * 1000)  # noqa: E731
    return {
        "visitors": options.visitors, "agents": options.agents, "rate": options.rate,
        "messages": len(load.acknowledged), "p50_ms": at(0.5), "p99_ms": at(0.99),
        "max_ms": round(waits[-1] * 1000), "lost": len(not_kept | not_arrived),
        "double": len(words) - len(set(words)) + sum(n > 1 for n in load.arrived.values()),
        "out_of_order": load.out_of_order, "reconnects": load.reconnects,
        "turned_away": load.turned_away, "tried_again": load.refused,
    }  # fmt: skip


def kept_words() -> list[str]:
    rows = ChatMessage.objects.filter(kind="text").order_by("chat", "seq")
    return [one.spoken() for one in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--rate", type=float, default=2.0, help="messages a second")
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    pages, streams = free_ports()
    load = Load(pages, streams)
    site, sessions = prepare(options.agents, math.ceil(options.visitors / options.agents))
    connections.close_all()
    command = [sys.executable, "manage.py", "serve", "--port", str(pages)]
    log = (Path(FOLDER) / "log").open("wb")
    server = subprocess.Popen([*command, "--live-port", str(streams)], cwd=ROOT, stderr=log)
    try:
        asyncio.run(run(options, load, site, sessions))
    finally:
        server.terminate()
        server.wait(60)
    print(f"{len(load.acknowledged)} messages acknowledged, {len(load.arrived)} arrived")
    print(json.dumps(figures(load, options)))


if __name__ == "__main__":
    main()
