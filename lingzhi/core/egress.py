"""The one door through which the program calls other machines.

Closed by default: a call goes out only to an origin in `settings.EGRESS_ALLOW`, never through a
redirect. Its name is looked up once; where one of its addresses is not open (`core.addresses`),
nothing is sent. The address that was looked at is the one that is called, while the certificate
must be that of the name. Every call is logged with its origin, sizes, status and time, never with
its content, nor with path and query: robots of messengers have their secret there.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from django.conf import settings

from lingzhi.core.addresses import addresses_of, is_open

LARGEST_ANSWER = 2 * 1024 * 1024
PORTS = {"http": 80, "https": 443}
log = structlog.get_logger("lingzhi.egress")


class NotAllowed(Exception):
    """The origin is not in `EGRESS_ALLOW`; nothing was sent."""


class NotPublic(NotAllowed):
    """The name leads to an address inside that `EGRESS_NETWORKS` does not open."""


class Failed(Exception):
    """No usable answer: `status` is that of the answer, 0 where none came; `again_in` seconds.

    `again_in` is what the other side asked for (Retry-After), None where it did not.
    """

    def __init__(self, what: str, status: int = 0, again_in: float | None = None) -> None:
        self.what = what
        self.status = status
        self.again_in = again_in
        super().__init__(what)


def origin_of(url: str) -> str:
    """`https://host:port` of an address, as `EGRESS_ALLOW` has it: without credentials."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def is_listed(url: str) -> bool:
    """Whether the program may call this origin at all (`EGRESS_ALLOW`)."""
    return origin_of(url) in {origin.lower() for origin in settings.EGRESS_ALLOW}


def post_json(
    url: str, body: dict[str, Any], *, purpose: str, seconds: float, secret: str = ""
) -> Any:
    """The JSON that `url` answers to `body`; `secret` is sent as a bearer token.

    Raises NotAllowed before anything leaves, TimeoutError when the whole call takes longer than
    `seconds`, Failed for every other end but a 200 with JSON.
    """
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return post_signed(url, content, headers, purpose=purpose, seconds=seconds)


def post_signed(
    url: str, content: bytes, headers: Mapping[str, str], *, purpose: str, seconds: float
) -> Any:
    """The JSON that `url` answers to these very bytes. Raises as `post_json` does."""
    return _json(_called(url, content, headers, purpose=purpose, seconds=seconds))


def get_json(url: str, *, purpose: str, seconds: float) -> Any:
    """The JSON that `url` answers to a GET. Raises as `post_json` does."""
    return _json(_called(url, None, {}, purpose=purpose, seconds=seconds))


def _json(called: tuple[int, bytes, float | None]) -> Any:
    status, answer, again_in = called
    if status != httpx.codes.OK:
        raise Failed("status", status, again_in)
    try:
        return json.loads(answer)
    except (ValueError, RecursionError) as problem:
        raise Failed("json", status) from problem


def post_message(
    url: str, content: bytes, headers: Mapping[str, str], *, purpose: str, seconds: float
) -> None:
    """Send JSON that wants no answer but that it arrived (2xx). Raises as `post_json` does."""
    status, _answer, again_in = _called(url, content, headers, purpose=purpose, seconds=seconds)
    if not httpx.codes.is_success(status):
        raise Failed("status", status, again_in)


def _called(
    url: str, content: bytes | None, headers: Mapping[str, str], *, purpose: str, seconds: float
) -> tuple[int, bytes, float | None]:
    """Status, body and Retry-After of an allowed call, which is logged however it ends.

    With content it is a POST, without a GET.
    """
    if not is_listed(url):
        log.warning("egress refused", origin=origin_of(url), purpose=purpose)
        raise NotAllowed(origin_of(url))
    started = time.monotonic()
    status, answer = 0, b""
    try:
        status, answer, again_in = _sent(url, content, headers, started + seconds)
    except NotPublic:
        log.warning("egress refused", origin=origin_of(url), purpose=purpose, why="not public")
        raise
    except (TimeoutError, httpx.TimeoutException) as problem:
        raise TimeoutError(purpose) from problem
    except (OSError, httpx.HTTPError, httpx.InvalidURL) as problem:
        raise Failed("connection") from problem
    finally:
        log.info(
            "egress",
            origin=origin_of(url),
            purpose=purpose,
            status=status,
            sent=len(content or b""),
            received=len(answer),
            seconds=round(time.monotonic() - started, 3),
        )
    return status, answer, again_in


def _sent(
    url: str, content: bytes | None, headers: Mapping[str, str], deadline: float
) -> tuple[int, bytes, float | None]:
    """The answer of the first address of the name to which a connection can be made."""
    parts = httpx.URL(url)
    addresses = addresses_of(parts.raw_host.decode(), parts.port or PORTS[parts.scheme])
    if not all(is_open(one) for one in addresses):
        raise NotPublic(origin_of(url))
    for address in addresses[:-1]:
        with suppress(httpx.ConnectError, httpx.ConnectTimeout):
            return _sent_to(address, parts, content, headers, deadline)
    return _sent_to(addresses[-1], parts, content, headers, deadline)


def _sent_to(
    address: str,
    parts: httpx.URL,
    content: bytes | None,
    headers: Mapping[str, str],
    deadline: float,
) -> tuple[int, bytes, float | None]:
    """Status, body and Retry-After. A body that drips is given up at the deadline."""
    named = {"Host": parts.netloc.decode(), **headers}
    if content is not None:
        named.setdefault("Content-Type", "application/json")
    named["Accept-Encoding"] = "identity"  # a packed answer could grow past the limit in one part
    left = max(0.001, deadline - time.monotonic())
    answer = bytearray()
    with (
        httpx.Client(timeout=left, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "GET" if content is None else "POST", parts.copy_with(host=address),
            content=content, headers=named,
            extensions={"sni_hostname": parts.raw_host.decode()},  # whose certificate it must be
        ) as response,
    ):  # fmt: skip
        for part in response.iter_raw():
            answer += part
            if len(answer) > LARGEST_ANSWER:
                raise Failed("too large", response.status_code)
            if time.monotonic() > deadline:
                raise TimeoutError("the answer drips")
        return response.status_code, bytes(answer), _seconds(response.headers.get("Retry-After"))


def _seconds(value: str | None) -> float | None:
    """Retry-After in seconds (RFC 9110 §10.2.3); a date in it is passed over."""
    return float(value) if value and value.isdecimal() else None
