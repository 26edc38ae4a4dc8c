"""A small demo centre, made once for all tests."""

from typing import Any

import pytest

from lingzhi.demo.centre import conversations
from lingzhi.demo.truth import planted

COUNT = 3000


@pytest.fixture(scope="session")
def told() -> list[dict[str, Any]]:
    return list(conversations(COUNT, 7))


@pytest.fixture(scope="session")
def truth() -> dict[str, list[str]]:
    return dict(planted(COUNT, 7))
