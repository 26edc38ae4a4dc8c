"""How often a caller may call: a bucket for each, refilled steadily.

The buckets are in memory: a commit for every reading call would cost more than the call. So each
web process counts for itself, and a centre with several of them allows that many times the limit.
"""

import math
import threading
import time
from collections import OrderedDict

MOST_BUCKETS = 10_000  # the ones unused for longest are forgotten: they are full again anyway


class TooManyCalls(Exception):
    """The bucket is empty; `again_in` seconds there is a drop in it (1 or more)."""

    def __init__(self, again_in: int) -> None:
        self.again_in = again_in
        super().__init__(again_in)


class Limits:
    """Buckets by key. A full one holds `a_minute` calls."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, a_minute: int) -> None:
        """Take one call out of the bucket. Raises TooManyCalls, which takes nothing."""
        moment = time.monotonic()
        with self._lock:
            left, since = self._buckets.pop(key, (float(a_minute), moment))
            left = min(a_minute, left + (moment - since) * a_minute / 60)
            is_empty = left < 1
            self._buckets[key] = (left if is_empty else left - 1, moment)
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        if is_empty:
            raise TooManyCalls(max(1, math.ceil((1 - left) * 60 / a_minute)))


calls = Limits()
