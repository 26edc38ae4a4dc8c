"""The door for lines that are no HTTP: mail servers. Closed by default, as `core.egress` is.

A line goes only to a `host:port` in `settings.MAIL_ALLOW`. Its name is looked up once; where one
of its addresses is not open (`core.addresses`), nothing is sent. The address that was looked at is
the one that is called, so a name cannot change in between.
"""

import socket
from contextlib import suppress

import structlog
from django.conf import settings

from lingzhi.core.addresses import addresses_of, is_open
from lingzhi.core.egress import NotAllowed, NotPublic

log = structlog.get_logger("lingzhi.egress")


def open_line(host: str, port: int, *, purpose: str, seconds: float) -> socket.socket:
    """A TCP connection to an allowed host. Raises NotAllowed before anything leaves; OSError."""
    if f"{host}:{port}".lower() not in {one.lower() for one in settings.MAIL_ALLOW}:
        log.warning("egress refused", origin=f"{host}:{port}", purpose=purpose)
        raise NotAllowed(f"{host}:{port}")
    addresses = addresses_of(host, port)
    if not all(is_open(one) for one in addresses):
        log.warning("egress refused", origin=f"{host}:{port}", purpose=purpose, why="not public")
        raise NotPublic(f"{host}:{port}")
    log.info("egress", origin=f"{host}:{port}", addresses=addresses, purpose=purpose)
    return _connected(addresses, port, seconds)


def _connected(addresses: list[str], port: int, seconds: float) -> socket.socket:
    """A line to the first of the addresses that answers."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=seconds)
    return socket.create_connection((addresses[-1], port), timeout=seconds)
