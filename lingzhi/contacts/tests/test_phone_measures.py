"""Named ways of counting calls: each with its own denominator, unknown where nobody told."""

from datetime import date

import pytest

from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.core.measures import measures

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _calls(cast):
    """Two answered (after 10 and 60 s), two given up (after 3 and 40 s), one that the queue ended,
    one of which nobody told who ended it."""
    times = {"queued_at": "2026-11-20 10:00:00"}
    make_contact(
        "A1", **times, answered_at="2026-11-20 10:00:10", ended_by="agent", transfers=1,
        hold_seconds=30, recording_notice="是",
    )  # fmt: skip
    make_contact(
        "A2", **times, answered_at="2026-11-20 10:01:00", ended_by="customer", transfers=0,
        recording_notice=False,
    )  # fmt: skip
    make_unanswered("U1", ended_at="2026-11-20 10:00:03", ended_by="customer")
    make_unanswered("U2", ended_at="2026-11-20 10:00:40", outcome="客户放弃")
    make_unanswered("U3", ended_by="system")
    make_unanswered("U4")


@pytest.mark.parametrize(
    ("code", "params", "wanted"),
    [
        ("abandoned", {"of": "offered"}, (2, 5, 1)),
        ("abandoned", {"of": "offered", "abandon_seconds": 5}, (1, 4, 1)),
        ("abandoned", {"of": "queued"}, (2, 5, 1)),
        ("answered_within_seconds", {"abandons": "in"}, (1, 6, 0)),
        ("answered_within_seconds", {"abandons": "out"}, (1, 2, 0)),
        ("answered_within_seconds", {"abandons": "customer"}, (1, 4, 1)),
        ("answered_within_seconds", {"abandons": "in", "abandon_seconds": 5}, (1, 5, 0)),
        ("held", {}, (30, 1, 1)),
        ("transferred", {}, (1, 2, 0)),
        ("hung_up", {"who": "agent"}, (1, 2, 0)),
        ("noticed", {"what": "recording_notice"}, (1, 2, 0)),
        ("noticed", {"what": "recording_consent"}, (0, 0, 2)),
    ],
)
def test_each_way_of_counting(code, params, wanted):
    given = {"limit": 20, "start": "queue", **params} if code.startswith("answered") else params
    cells = list(measures()[f"contacts.{code}"].cells(given, DAY, DAY))
    found = tuple(
        sum(getattr(cell, name) for cell in cells)
        for name in ("numerator", "denominator", "unknown")
    )
    assert found == wanted
