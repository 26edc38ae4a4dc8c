"""Streams of server-sent events: one thread per process reads, every open page is told.

The view closes its database connection before it streams; the reading thread has the only one. A
stream ends within seconds of its reader losing the right, and at the latest after `LIFE_SECONDS`.
"""

import json
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Self

import structlog
from django.conf import settings
from django.contrib import auth
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

log = structlog.get_logger("lingzhi.live")
READ_SECONDS = 1.0
ALLOW_SECONDS = 4.0
SILENCE_SECONDS = 15.0
LIFE_SECONDS = 30 * 60.0

State = dict[str, Any]
Read = Callable[[Collection[int]], Mapping[int, State]]


@dataclass(eq=False, slots=True)
class Stream:
    """The events of one open page: an iterator that granian closes when the reader leaves."""

    key: int
    allow: Callable[[], bool]
    leave: Callable[["Stream"], None]
    news: queue.SimpleQueue[State | None] = field(default_factory=queue.SimpleQueue)
    last: State | None = None
    began: float = field(default_factory=time.monotonic)
    is_over: bool = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self.is_over or time.monotonic() - self.began > LIFE_SECONDS:
            raise StopIteration
        try:
            state = self.news.get(timeout=SILENCE_SECONDS)
        except queue.Empty:
            return b": still here\n\n"  # so that a reader who left is noticed
        if state is None:
            raise StopIteration
        self.is_over = bool(state.get("is_finished"))
        return f"data: {json.dumps(state, ensure_ascii=False)}\n\n".encode()

    def close(self) -> None:
        self.leave(self)


class Tail:
    """Follows rows for all streams of this process; its thread lives while there are any."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._is_running = False

    def answer(self, key: int, allow: Callable[[], bool]) -> HttpResponse | StreamingHttpResponse:
        """A response that streams the states of row `key`; 503 where too many streams are open.

        `allow` is asked every few seconds, in the reading thread, whether the reader still may.
        """
        stream = Stream(key, allow, self._leave)
        if not self._enter(stream):
            return HttpResponse(status=503, headers={"Retry-After": "5"})
        connection.close()
        answer = StreamingHttpResponse(stream, content_type="text/event-stream")
        answer["Cache-Control"] = "no-store"
        answer["X-Accel-Buffering"] = "no"
        return answer

    def _enter(self, stream: Stream) -> bool:
        with self._lock:
            if len(self._streams) >= settings.LIVE_STREAMS:
                return False
            self._streams.add(stream)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="tail", daemon=True).start()
            return True

    def _leave(self, stream: Stream) -> None:
        with self._lock:
            self._streams.discard(stream)

    def _run(self) -> None:
        next_look = time.monotonic() + ALLOW_SECONDS
        while streams := self._present():
            try:
                self._tell(streams)
                if time.monotonic() >= next_look:
                    next_look = time.monotonic() + ALLOW_SECONDS
                    for stream in self._refused(streams):
                        stream.news.put(None)
            except DatabaseError as error:
                log.warning("database.away", error=str(error))
                connection.close()
            time.sleep(READ_SECONDS)
        connection.close()

    def _present(self) -> list[Stream]:
        """The open streams; with none left the thread ends, and the next stream starts another."""
        with self._lock:
            self._is_running = bool(self._streams)
            return list(self._streams)

    def _tell(self, streams: list[Stream]) -> None:
        states = self._read({stream.key for stream in streams})
        for stream in streams:
            state = states.get(stream.key)
            if state is None:
                stream.news.put(None)
            elif state != stream.last:
                stream.last = state
                stream.news.put(state)

    def _refused(self, streams: list[Stream]) -> Iterator[Stream]:
        return (stream for stream in streams if not stream.allow())


def still_allowed(session_key: str, may: Callable[[Any], bool]) -> Callable[[], bool]:
    """Asks anew whether the session goes on and its person `may`; an Http404 means no."""
    store = import_module(settings.SESSION_ENGINE).SessionStore

    def allowed() -> bool:
        request: Any = HttpRequest()
        request.session = store(session_key)
        user = auth.get_user(request)
        try:
            return user.is_authenticated and may(user)
        except Http404:
            return False

    return allowed
