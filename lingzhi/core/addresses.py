"""Where a name leads, and whether the program may go there: one check for every way out.

An address inside must not be reached by a name that somebody outside can change: what is not
public is closed unless it lies in `settings.EGRESS_NETWORKS`.
"""

import socket
from ipaddress import ip_address

from django.conf import settings


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a name, looked up now, each once. Raises OSError where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as problem:
        raise OSError(f"{host!r} is no name") from problem
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_open(address: str) -> bool:
    """Whether an address may be called: a public one, or one inside that was opened."""
    found = ip_address(address.partition("%")[0])
    plain = getattr(found, "ipv4_mapped", None) or found
    return (plain.is_global and not plain.is_multicast) or is_inside(str(plain))


def is_inside(address: str) -> bool:
    """Whether an address was opened by name in `EGRESS_NETWORKS`: a line of the house."""
    found = ip_address(address.partition("%")[0])
    return any(found in network for network in settings.EGRESS_NETWORKS)
