"""Typed reading of the environment: a wrong value stops the start and names the variable."""

import os
from collections.abc import Callable, Collection
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

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


def env_number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    """A whole number within both bounds."""
    raw = os.environ.get(name, "")
    if raw == "":
        return default
    try:
        number = int(raw)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}") from problem
    if not at_least <= number <= at_most:
        raise ImproperlyConfigured(f"{name} must be {at_least} to {at_most}, not {number}")
    return number


def env_choice(name: str, default: str, choices: Collection[str]) -> str:
    """One of a few words."""
    raw = env_text(name) or default
    if raw not in choices:
        raise ImproperlyConfigured(f"{name} must be {', '.join(choices)}, not {raw!r}")
    return raw


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values without blanks."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Comma-separated addresses and networks (`10.0.0.0/8`)."""
    try:
        return [ip_network(part) for part in env_list(name)]
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must be addresses or networks: {problem}") from problem


def env_origins(name: str) -> list[str]:
    """Comma-separated origins (`https://quality.example`)."""
    origins = env_list(name)
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
            raise ImproperlyConfigured(f"{name} must be https://… origins, not {origin!r}")
    return origins


def env_url(name: str) -> str:
    """An address without credentials and query (`https://models.example/v1`); may be empty."""
    given = env_text(name)
    parts = urlsplit(given)
    plain = parts.scheme in {"http", "https"} and parts.netloc and "@" not in parts.netloc
    if given and (not plain or parts.query or parts.fragment):
        raise ImproperlyConfigured(f"{name} must be an https://… address, not {given!r}")
    return given


def env_zone(name: str, default: str) -> str:
    """A time zone of the IANA database."""
    raw = env_text(name) or default
    if raw not in available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone such as {default}, not {raw!r}")
    return raw


def env_file(name: str) -> str:
    """The path of a file that is there; empty when the variable is not set."""
    given = env_text(name)
    if given and not Path(given).is_file():
        raise ImproperlyConfigured(f"{name} names a file that is not there: {given}")
    return given


def env_folder(name: str) -> str:
    """The path of a folder that is there; empty when the variable is not set."""
    given = env_text(name)
    if given and not Path(given).is_dir():
        raise ImproperlyConfigured(f"{name} names a folder that is not there: {given}")
    return given


def env_secret(name: str) -> str:
    """The content of the file that the variable points to; empty when it is not set."""
    given = env_file(name)
    return Path(given).read_text().strip() if given else ""


def secret_file(name: str, path: Path, make: Callable[[], str]) -> str:
    """The secret in the file that `name` points to, else in `path`, which is made once (0600).

    Processes that start at once agree on one secret: the file is there whole or not at all.
    Secrets never stand in the environment itself: it leaks into logs and child processes.
    """
    given = env_file(name)
    if given:
        return Path(given).read_text().strip()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, make().encode(), 0o600)
    return path.read_text().strip()
