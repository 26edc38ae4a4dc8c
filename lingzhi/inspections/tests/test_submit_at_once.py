"""Fifty identical submits at the same moment make one score."""

import pytest

from lingzhi.accounts.models import User
from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.inspections import services
from lingzhi.inspections.models import Review, ReviewItem
from lingzhi.inspections.tests.test_reviews import CONTENT

pytestmark = [pytest.mark.processes, pytest.mark.slow]
PROCESSES, THREADS = 5, 10
SUBMIT = f"""
from threading import Barrier, Thread
from django.db import connection
from lingzhi.inspections import services
from lingzhi.inspections.models import Review

barrier = Barrier({THREADS})

def submit():
    review = Review.objects.select_related("inspector").get()
    barrier.wait()
    try:
        services.submit_review(review, by=review.inspector)
    except services.AlreadyScored:
        pass
    finally:
        connection.close()

threads = [Thread(target=submit) for number in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


def test_fifty_submits_at_once_make_one_score(house):
    inspector = User.objects.create_user("3002", "correct horse", name="Ines")
    version = services.create_sheet("call", CONTENT, by=None)
    services.activate_sheet(version, by=None)
    version.refresh_from_db()
    contact = make_contact("A", turns="客户:你好\n客服:您好")
    review = services.open_review(contact, version, by=inspector)
    answers = {"greet": {"value": "a1"}, "own": {"value": "a1"}}
    services.save_review(review, answers, {}, seen=0, summary="", by=inspector)
    running = [house.start("shell", "-c", SUBMIT) for _number in range(PROCESSES)]
    assert [one.wait(120) for one in running] == [0] * PROCESSES, house.log()
    assert Review.objects.get().state == "scored"
    assert ReviewItem.objects.count() == 2
    assert Entry.objects.filter(action="inspections.review_scored").count() == 1
    assert "Traceback" not in house.log()
