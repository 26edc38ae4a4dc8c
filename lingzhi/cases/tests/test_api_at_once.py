"""One call sent eight times at the same moment, by two processes: one case, one answer."""

import pytest

from lingzhi.accounts.factories import headers_of
from lingzhi.cases.models import Case, Serial
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.conftest import make_cast

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.both]
PROCESSES, THREADS = 2, 4
CALL = """
from threading import Barrier, Thread
from django.db import connection
from lingzhi.accounts.factories import Caller

NEW = {{"type": "enquiry", "title": "包裹未送达", "unit": "first"}}
barrier, answers = Barrier({threads}), []

def call():
    barrier.wait()
    answers.append(Caller({headers!r}).post("/cases", NEW, Idempotency_Key="at once"))
    connection.close()

threads = [Thread(target=call) for number in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert [one.status_code for one in answers] == [201] * {threads}, answers
assert len({{one.content for one in answers}}) == 1
"""


@pytest.fixture
def house_settings() -> str:
    return "config.settings"  # its tables are there already, on either database


def test_eight_equal_calls_at_once_open_one_case(house):
    cast = make_cast()
    lay_built_ins(by=None)
    code = CALL.format(threads=THREADS, headers=headers_of(cast.bo))
    running = [house.start("shell", "-c", code) for _number in range(PROCESSES)]
    assert [one.wait(120) for one in running] == [0] * PROCESSES, house.log()
    assert Case.objects.count() == 1
    assert Serial.objects.get(kind="case").last == 1
