"""Streams of server-sent events: one thread per process reads, every open page is told.

A `Tail` tells states: what a row is now. A `Log` tells events besides, each with its number, from
where the reader left off (`Last-Event-ID`): whoever connects again misses nothing, and nothing
comes twice.

The view closes its database connection before it streams; the reading thread has the only one. A
stream ends within seconds of its reader losing the right, and at the latest after `LIFE_SECONDS`.
"""

import json
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
SILENCE_SECONDS = 5.0  # so long a stream whose reader has left still holds its place
LIFE_SECONDS = 30 * 60.0

State = dict[str, Any]
open_streams: set["Stream"] = set()  # of all tails: each holds a thread of this process
entering = threading.Lock()
Read = Callable[[Collection[int]], Mapping[int, State]]


@dataclass(eq=False, slots=True)
class Stream:
    """The events of one open page: an iterator that granian closes when the reader leaves.

    `position` is the number of the last event that its reader has.
    """

    key: int
    allow: Callable[[], bool]
    leave: Callable[["Stream"], None]
    position: int = 0
    news: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    last: State | None = None
    began: float = field(default_factory=time.monotonic)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if time.monotonic() - self.began > LIFE_SECONDS:
            raise StopIteration
        try:
            news = self.news.get(timeout=SILENCE_SECONDS)
        except queue.Empty:
            return b": still here\n\n"  # so that a reader who left is noticed
        if news is None:
            raise StopIteration
        return news

    def close(self) -> None:
        self.leave(self)

    def tell(self, state: State) -> None:
        """What is so now, where it is not what the reader knows; the last word, if it is."""
        if state != self.last:
            self.last = state
            self.news.put(f"data: {json.dumps(state, ensure_ascii=False)}\n\n".encode())
            if state.get("is_finished"):
                self.news.put(None)

    def tell_event(self, number: int, event: State) -> None:
        """One event, unless the reader has it."""
        if number > self.position:
            self.position = number
            text = json.dumps(event, ensure_ascii=False)
            self.news.put(f"id: {number}\nevent: said\ndata: {text}\n\n".encode())


class Tail:
    """Follows rows for all streams of this process; its thread lives while there are any."""

    def __init__(self, read: Read, *, every: float | None = None) -> None:
        self._read = read
        self._every = every  # seconds between two looks
        self._lock = threading.Lock()
        self._streams: set[Stream] = set()
        self._is_running = False

    def answer(
        self, key: int, allow: Callable[[], bool], position: int = 0
    ) -> HttpResponse | StreamingHttpResponse:
        """A response that streams the states of row `key`; 503 where too many streams are open.

        `allow` is asked every few seconds, in the reading thread, whether the reader still may.
        """
        stream = Stream(key, allow, self._leave, position)
        if not self._enter(stream):
            return HttpResponse(status=503, headers={"Retry-After": "5"})
        connection.close()
        answer = StreamingHttpResponse(stream, content_type="text/event-stream")
        answer["Cache-Control"] = "no-store"
        answer["X-Accel-Buffering"] = "no"
        return answer

    def _enter(self, stream: Stream) -> bool:
        with entering:
            if len(open_streams) >= settings.LIVE_STREAMS:
                return False
            open_streams.add(stream)
        with self._lock:
            self._streams.add(stream)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="tail", daemon=True).start()
            return True

    def _leave(self, stream: Stream) -> None:
        with entering:
            open_streams.discard(stream)
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
            time.sleep(self._every or READ_SECONDS)
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
            else:
                stream.tell(state)

    def _refused(self, streams: list[Stream]) -> Iterator[Stream]:
        return (stream for stream in streams if not stream.allow())


Events = Sequence[tuple[int, State]]


class Log(Tail):
    """Follows rows to which events are added, each with its number, in order.

    `read` is given the lowest position for each key and answers its state and the events behind.
    """

    def __init__(
        self,
        read: Callable[[Mapping[int, int]], Mapping[int, tuple[State, Events]]],
        *,
        every: float,
    ) -> None:
        super().__init__(lambda keys: {}, every=every)
        self._read_log = read

    def _tell(self, streams: list[Stream]) -> None:
        lowest: dict[int, int] = {}
        for stream in streams:
            lowest[stream.key] = min(stream.position, lowest.get(stream.key, stream.position))
        found = self._read_log(lowest)
        for stream in streams:
            if stream.key not in found:
                stream.news.put(None)
                continue
            state, events = found[stream.key]
            for number, event in events:
                stream.tell_event(number, event)
            stream.tell(state)


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
