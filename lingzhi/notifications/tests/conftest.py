"""A robot of an office messenger that really listens."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread

import pytest

from lingzhi.notifications.models import Channel
from lingzhi.notifications.services.channels import open_channel


class Robot(ThreadingHTTPServer):
    """Keeps what it gets, as (path with query, headers, body); `answer` is what it says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.answer, self.got = 200, {"errcode": 0, "code": 0}, []
        self.origin = f"http://127.0.0.1:{self.server_port}"

    @property
    def texts(self) -> list[str]:
        return [body["text"]["content"] for _path, _headers, body in self.got]


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), json.loads(raw)))
        said = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def robot(settings) -> Iterator[Robot]:
    server = Robot()
    settings.EGRESS_ALLOW, settings.EGRESS_NETWORKS = [server.origin], [ip_network("127.0.0.1")]
    settings.SITE_URL = "https://quality.example"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def group(cast, robot: Robot) -> Channel:
    """The group of the first team, with its WeCom robot."""
    url = f"{robot.origin}/cgi-bin/webhook/send?key=group-key"
    return open_channel(name="一组群", kind="wecom", url=url, secret="", by=cast.sol)
