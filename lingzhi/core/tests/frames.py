"""A plugin of pytest: tests run with room for their frames.

Python 3.11 keeps frames in pieces of 16 KB. A call that does not fit takes a new piece from the
system and gives it back when it returns: where a loop calls at just that depth, it does so each
time, which was a seventh of the time of all tests. A frame that is large by itself gets a piece of
1 MB, and what it calls finds its place there.
"""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

import pytest

SLOTS = 100_000  # of 8 bytes: the piece is the next power of two, which leaves 250 KB


def _with_room(test: Callable[..., object], given: dict[str, Any]) -> None:
    test(**given)


_with_room.__code__ = _with_room.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call the test as pytest does, from a large frame."""
    if iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    _with_room(pyfuncitem.obj, {name: pyfuncitem.funcargs[name] for name in names})
    return True
