"""Log lines: one JSON object a line on stderr, the request's id in each."""

import logging
import sys
from typing import Any

import structlog
from structlog.types import EventDict, WrappedLogger

from lingzhi.core.origin import current_origin

FORMS = ("json", "text")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def add_request(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The id that ties the line to its audit rows and its error page."""
    if request_id := current_origin.get().request_id:
        event["request_id"] = request_id
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    add_request,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure_logging(form: str, level: str) -> dict[str, Any]:
    """Send structlog through the standard library; Django's `LOGGING` for both.

    `form` is one of FORMS, `text` being for people at a terminal; `level` one of LEVELS.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if form == "text"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},
            "django.server": {"handlers": [], "propagate": True},
            "_granian": {"level": level},
            "structlog": {"level": logging.getLevelName(logging.WARNING)},
            "httpx": {"level": logging.getLevelName(logging.WARNING)},  # each call is no event
        },
    }
