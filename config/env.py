"""Typed reading of the environment: a wrong value stops the start and names the variable."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from lingzhi.core.durable import write_once


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_flag(name: str, default: bool = False) -> bool:
    """`1/true/yes/on` or `0/false/no/off`, in any case."""
    raw = os.environ.get(name, "")
    if raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {raw!r}")


def env_number(name: str, default: int) -> int:
    raw = os.environ.get(name, "")
    if raw == "":
        return default
    try:
        return int(raw)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}") from problem


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values without blanks."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_secret(name: str) -> str:
    """The first line of the file that the variable points to; empty when it is not set."""
    given = os.environ.get(name)
    return Path(given).read_text().strip() if given else ""


def secret_file(name: str, path: Path, make: Callable[[], str]) -> str:
    """The secret in the file that `name` points to, else in `path`, which is made once (0600).

    Processes that start at once agree on one secret: the file is there whole or not at all.
    Secrets never stand in the environment itself: it leaks into logs and child processes.
    """
    given = os.environ.get(name)
    if given:
        return Path(given).read_text().strip()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, make().encode(), 0o600)
    return path.read_text().strip()
