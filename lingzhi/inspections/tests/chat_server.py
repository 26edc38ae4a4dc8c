"""A service that speaks the OpenAI-compatible protocol, on this machine, for tests."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lingzhi_engine.inspect.meaning.prompt import Prompt
from lingzhi_engine.inspect.tests.toy_models import ObedientJudge


@dataclass
class Answer:
    """What the service answers: a status, a body, headers; `slow` seconds later."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    drips: bool = False


@dataclass
class ChatServer:
    """`answers` are given one after the other; after the last it obeys the system message."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.url.removesuffix("/v1")

    def next_answer(self, asked: dict[str, Any]) -> Answer:
        self.requests.append(asked)
        return self.answers.pop(0) if self.answers else said(obeyed(asked))


def obeyed(asked: dict[str, Any]) -> str:
    system, user = (message["content"] for message in asked["messages"])
    return ObedientJudge()(Prompt(system, user, ()), 1.0)


def said(content: Any, finish: str = "stop") -> Answer:
    """An answer of the protocol with that content."""
    message = {"role": "assistant", "content": content}
    body = {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}
    return Answer(body=json.dumps(body, ensure_ascii=False).encode())


@contextmanager
def serving() -> Iterator[ChatServer]:
    """The service, listening until the block ends."""
    server = ChatServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def _handler(server: ChatServer) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if self.path != "/v1/chat/completions":
                self.send_error(404)
                return
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.keys.append(self.headers.get("Authorization", ""))
            answer = server.next_answer(asked)
            time.sleep(answer.slow)
            try:
                self.give(answer)
            except OSError:
                return  # the client has gone, as it should when it is kept waiting

        def give(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            for at in range(len(answer.body)) if answer.drips else ():
                self.wfile.write(answer.body[at : at + 1])
                self.wfile.flush()
                time.sleep(0.05)
            if not answer.drips:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler
