"""`DATABASE_URL` as Django's DATABASES entry."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

# FULL, not NORMAL: with NORMAL acknowledged commits were lost in simulated power cuts.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
)

WAIT_SECONDS = 20


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """`sqlite:///relative`, `sqlite:////absolute` or `postgres://user:password@host:port/name?host=`.

    Empty means `lingzhi.sqlite3` in the data directory. `sqlite:…?timeout=60` is how many seconds
    a writer waits for the others, 20 where nothing is said.
    """
    if not url:
        return _sqlite(data_dir / "lingzhi.sqlite3", WAIT_SECONDS)
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        seconds = dict(parse_qsl(parts.query)).get("timeout", str(WAIT_SECONDS))
        if not seconds.isdecimal():
            raise ImproperlyConfigured(f"DATABASE_URL: timeout is in seconds, not {seconds!r}")
        return _sqlite(Path(unquote(parts.path[1:])), int(seconds))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    raise ImproperlyConfigured(
        f"DATABASE_URL: unknown kind {parts.scheme!r}; use sqlite or postgres"
    )


def _sqlite(path: Path, seconds: int) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": seconds,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgres(parts: Any) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": _port(parts),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _port(parts: Any) -> str:
    try:
        return str(parts.port or "")
    except ValueError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL: {problem}") from problem
