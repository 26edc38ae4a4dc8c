"""Eight writers at the same moment: no number twice, none left out."""

import pytest

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.org.services import create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.both]
PROCESSES, THREADS, EACH = 2, 4, 3
OPEN = f"""
from threading import Barrier, Thread
from django.db import connection, transaction
from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.org.models import Unit

barrier = Barrier({THREADS})

class Undone(Exception): pass

def write():
    by, unit = User.objects.get(), Unit.objects.get()
    opening = Opening(type=CaseType.objects.get(code="enquiry"), title="x", unit=unit)
    barrier.wait()
    for number in range({EACH}):
        open_case(opening, by=by)
        try:
            with transaction.atomic():
                open_case(opening, by=by)
                raise Undone
        except Undone:
            pass
    connection.close()

threads = [Thread(target=write) for number in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.fixture
def house_settings() -> str:
    return "config.settings"  # its tables are there already, on either database


def test_eight_writers_leave_no_gap_and_no_double(house):
    User.objects.create_user("1002", "correct horse", name="Bo")
    create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    lay_built_ins(by=None)
    running = [house.start("shell", "-c", OPEN) for _number in range(PROCESSES)]
    assert [one.wait(120) for one in running] == [0] * PROCESSES, house.log()
    assert "Traceback" not in house.log()
    serials = sorted(int(number[-4:]) for number in Case.objects.values_list("number", flat=True))
    assert serials == list(range(1, PROCESSES * THREADS * EACH + 1))
