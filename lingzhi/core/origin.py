"""Where the current act comes from: carried to the audit log without passing it by hand."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """`request_id` ties log lines, audit rows and error pages; `address` is the client's."""

    request_id: str = ""
    address: str = ""
    door: str = "system"  # web | api | command | task | system


SYSTEM = Origin()
current_origin: ContextVar[Origin] = ContextVar("current_origin", default=SYSTEM)
