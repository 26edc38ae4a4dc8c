"""One try to bring something out of the house, in words, and how long to wait for the next."""

import random
from collections.abc import Callable
from datetime import timedelta

from lingzhi.core.egress import Failed, NotAllowed, NotPublic
from lingzhi.core.encryption import CannotOpen

UNDER_WAY = timedelta(seconds=60)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=4)
Problem = tuple[str, float | None]  # what happened, and in how many seconds to come back


def problem_of(call: Callable[[], None]) -> Problem | None:
    """Do it; None when it arrived, else what happened."""
    try:
        call()
    except Failed as failed:
        return f"{failed.what} {failed.status or ''}".strip(), failed.again_in
    except TimeoutError:
        return "timeout", None
    except NotPublic:
        return "not in EGRESS_NETWORKS", None
    except NotAllowed:
        return "not in EGRESS_ALLOW", None
    except CannotOpen:
        return "the secret cannot be opened", None
    return None


def wait_after(tries: int) -> timedelta:
    """10, 20, 40 s … at most 4 h, each up to a fifth longer."""
    wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    return wait * random.uniform(1, 1.2)  # noqa: S311  no secret


def pause(tries: int, again_in: float | None) -> timedelta:
    """`wait_after`, or as long as the other side asked for, a day at most."""
    return max(wait_after(tries), timedelta(seconds=min(again_in or 0, 86_400)))
