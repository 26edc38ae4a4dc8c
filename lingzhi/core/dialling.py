"""The door for lines that are no HTTP: mail servers. Closed by default, as `core.egress` is.

A line goes only to a `host:port` in `settings.MAIL_ALLOW`. Its name is looked up once; where one
of its addresses is not public and not in `settings.EGRESS_NETWORKS`, nothing is sent. The address
that was looked at is the one that is called, so a name cannot change in between.
"""

import socket
from contextlib import suppress
from ipaddress import ip_address

import structlog
from django.conf import settings

from lingzhi.core.egress import NotAllowed

log = structlog.get_logger("lingzhi.egress")


class NotPublic(NotAllowed):
    """The name leads to an address inside that `EGRESS_NETWORKS` does not open."""


def open_line(host: str, port: int, *, purpose: str, seconds: float) -> socket.socket:
    """A TCP connection to an allowed host. Raises NotAllowed before anything leaves; OSError."""
    if f"{host}:{port}".lower() not in {one.lower() for one in settings.MAIL_ALLOW}:
        log.warning("egress refused", origin=f"{host}:{port}", purpose=purpose)
        raise NotAllowed(f"{host}:{port}")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not all(_is_open(one) for one in addresses):
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


def is_inside(address: str) -> bool:
    """Whether an address was opened by name in `EGRESS_NETWORKS`: a line of the house."""
    found = ip_address(address.partition("%")[0])
    return any(found in network for network in settings.EGRESS_NETWORKS)


def _is_open(address: str) -> bool:
    found = ip_address(address.partition("%")[0])
    plain = getattr(found, "ipv4_mapped", None) or found
    return (plain.is_global and not plain.is_multicast) or is_inside(str(plain))
