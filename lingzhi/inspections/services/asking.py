"""The models that rules may ask: classifiers of a folder, and a judge where one is configured."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from lingzhi.core.egress import Failed, NotAllowed, origin_of, post_json
from lingzhi.core.stamps import Stamp, stamp_of
from lingzhi_engine.inspect import Asking, Limits, Models
from lingzhi_engine.inspect import reasons as why
from lingzhi_engine.inspect.meaning.classifier import Classifier, UnreadableModel, load
from lingzhi_engine.inspect.meaning.prompt import Prompt
from lingzhi_engine.inspect.meaning.unanswered import Unanswered

FOLDER = "models"  # in the data folder: the classifiers that a centre has trained
ATTEMPTS = 3
FIRST_PAUSE = 0.5  # seconds; doubles from attempt to attempt
LONGEST_ANSWER = 1500  # tokens
WHILE_WAITING = Limits(calls=40, seconds=20.0)
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
log = structlog.get_logger("lingzhi.inspections")


@dataclass(frozen=True, slots=True)
class ChatJudge:
    """A judge behind an OpenAI-compatible address: `POST {url}/chat/completions`.

    Asked with temperature 0 and a fixed seed. One call with all its attempts takes no longer than
    `seconds`, nor than the run has left.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    max_chars: int = 30_000
    sleep: Callable[[float], None] = time.sleep

    @property
    def name(self) -> str:
        return self.model

    @property
    def version(self) -> str:
        return f"{self.url} temperature 0 seed 0"

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        """The content of the answer; raises Unanswered with the reason."""
        deadline = time.monotonic() + min(seconds, self.seconds)
        body = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "temperature": 0,
            "seed": 0,
            "max_tokens": LONGEST_ANSWER,
            "response_format": {"type": "json_object"},
            "stream": False,
        }
        return _content(self._answer(body, deadline))

    def _answer(self, body: dict[str, Any], deadline: float) -> Any:
        address, pause = f"{self.url.rstrip('/')}/chat/completions", FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            left = deadline - time.monotonic()
            try:
                return post_json(address, body, purpose="llm.judge", seconds=left, secret=self.key)
            except NotAllowed:
                raise Unanswered(why.NOT_ALLOWED, origin_of(address)) from None
            except Failed as problem:
                wait = problem.again_in or pause
                if not _may_pass(problem) or attempt == ATTEMPTS or wait > left:
                    raise Unanswered(why.NO_ANSWER, _told(problem)) from None
            self.sleep(wait)
            pause *= 2
        raise Unanswered(why.NO_ANSWER, "timeout")


def _may_pass(problem: Failed) -> bool:
    """Is the failure of a kind that another attempt may overcome?"""
    return problem.status in TRY_AGAIN or problem.what == "connection"


def _told(problem: Failed) -> str:
    return str(problem.status) if problem.what == "status" else problem.what


def _content(data: Any) -> str:
    """The text in an answer of the protocol."""
    try:
        choice = data["choices"][0]
        content = choice["message"]["content"]
    except (TypeError, KeyError, IndexError):
        raise Unanswered(why.BAD_ANSWER, "protocol") from None
    if not isinstance(content, str) or choice.get("finish_reason") == "length":
        raise Unanswered(why.BAD_ANSWER, "protocol")
    return content


def asking() -> Asking:
    """The models of this installation, with the budget of one run."""
    return Asking(models())


def models() -> Models:
    """The models of this installation; what they answered is remembered while the process lives."""
    return _models(stamp_of((settings.DATA_DIR / FOLDER).glob("*.npz")), judge())


def models_for_page() -> Models:
    """The same for somebody who waits for a page: few calls, and not for long."""
    return replace(models(), limits=WHILE_WAITING)


def judge() -> ChatJudge | None:
    """The judge that the settings name, if any."""
    if not settings.LLM_URL:
        return None
    return ChatJudge(
        settings.LLM_URL,
        settings.LLM_MODEL,
        settings.LLM_KEY,
        settings.LLM_SECONDS,
        settings.LLM_MAX_CHARS,
    )


@lru_cache(maxsize=2)
def _models(stamp: Stamp, asked: ChatJudge | None) -> Models:
    limits = Limits(settings.LLM_CALLS, settings.LLM_RUN_SECONDS)
    return Models(classifiers=_classifiers(stamp), judge=asked, limits=limits)


def _classifiers(stamp: Stamp) -> dict[str, Classifier]:
    """The classifiers that can be read; of the others the log tells."""
    found = {}
    for name, *_rest in stamp:
        try:
            classifier = load(Path(name))
        except UnreadableModel as problem:
            log.warning("classifier left out", file=Path(name).name, problem=str(problem))
        else:
            found[classifier.name] = classifier
    return found
