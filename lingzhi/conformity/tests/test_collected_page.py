"""What is collected: the fields of each flow, and how many records have all that is needed."""

import pytest
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, make_closed, with_flows
from lingzhi.conformity.access.figures import READ
from lingzhi.conformity.queries.collected import collected
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now
from lingzhi.org.queries import reach

URL = reverse("conformity:collected")
TIMES = ("started_at", "answered_at", "ended_at")


@pytest.fixture
def talks(cast):
    Contact.objects.update(started_at=None)  # those of the house are of no day here
    at = dict.fromkeys(TIMES, now().isoformat())
    make_contact("whole", agent="1002", customer_phone="13800002071", **at)
    make_contact("nobody", agent="1002", **at)
    make_contact("other", agent="2002", customer_phone="13800002072", **at)


def test_each_flow_says_its_fields_and_how_full_they_are(as_, cast, talks):
    with_flows()
    make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    call, handling, monitoring, follow_up = collected(reach(cast.ada, READ))
    assert (call.n, call.whole, round(call.interval.high, 3)) == (2, 1, 0.987)
    filled = {one.name: one.filled for one in call.fields}
    assert (filled["customer"], filled["agent"], filled["queue"]) == (1, 2, 0)
    # Nobody said who the customer is, or how the matter came in: the record is not whole.
    assert (handling.n, handling.whole) == (1, 0)
    assert {"customer", "channel"} <= {one.name for one in handling.fields if not one.filled}
    assert (monitoring.n, monitoring.ratio, follow_up.n) == (0, None, 0)
    html = as_(cast.ada).get(URL, headers={"Accept-Language": "en"}).content.decode()
    assert "1 of 2 records have everything that is needed" in " ".join(html.split())
    assert collected(reach(cast.quan, READ))[0].n == 3
    assert as_(cast.nora).get(URL).status_code == 403
