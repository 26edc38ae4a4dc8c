"""Messages once more, as the other system would send them now: to try a line, and for the demo."""

from collections.abc import Mapping, Sequence
from typing import Any

from lingzhi.contacts.messaging.platforms import account_of, platform_of
from lingzhi.contacts.models import MessageLine
from lingzhi.contacts.services.message_taking import take_call
from lingzhi.core.clock import now


def replay(line: MessageLine, written: Sequence[Mapping[str, Any]]) -> int:
    """Sign and seal each with the secrets of the line and take it through the same door.

    How many messages came; one that came before is not said again.
    """
    platform, account, before = platform_of(line), account_of(line), line.came.count()
    for one in written:
        take_call(line, platform.signed(account, one, int(now().timestamp())))
    return line.came.count() - before
