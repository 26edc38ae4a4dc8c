"""The worker killed while invitations leave, the server killed while customers answer: nobody is
asked twice, every answer that was acknowledged is there once.
"""

import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings

from lingzhi.accounts.models import User
from lingzhi.contacts.tests.post_office import opened_counter
from lingzhi.core.clock import now
from lingzhi.core.tests.served import Site
from lingzhi.customers.models import Outreach
from lingzhi.jobs.services import later
from lingzhi.jobs.tests.nursery import is_over, kill_when, start_nursery
from lingzhi.org.services import create_unit
from lingzhi.surveys.factories import make_place, make_rule, served
from lingzhi.surveys.models import Answer, Answering, Invitation

pytestmark = [pytest.mark.processes, pytest.mark.slow]
ASKED, AT_COUNTER = 10, 8
FIELD = re.compile(r'name="(csrfmiddlewaretoken|secret)" value="([^"]+)"')


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


class Customer(threading.Thread):
    """Answers page by page, and sends a page again where nobody says that it arrived."""

    def __init__(self, url: str, number: int) -> None:
        super().__init__()
        self.url, self.number = url, number
        self.reader = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.acknowledged: list[int] = []

    def run(self) -> None:
        page = self.ask(self.url)
        first = {"q.overall": 3 + self.number % 3, "q.aspects.attitude": 1 + self.number % 5}
        last = {"q.recommend": self.number % 10, "q.words": f"第{self.number}位"}
        for at, answers in enumerate((first, last)):
            given = urlencode({"page": at, **dict(FIELD.findall(page.read().decode())), **answers})
            page = self.ask(page.url, given.encode())
            self.acknowledged.append(at)

    def ask(self, url: str, given: bytes | None = None):
        for _try in range(200):
            try:
                return self.reader.open(url, given, timeout=10)
            except urllib.error.HTTPError:
                raise
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        raise AssertionError("nobody answers")


def invited(counter) -> list[str]:
    """The links that left, each to one customer."""
    assert set(Counter(one["To"] for one in counter.got).values()) == {1}
    return [re.search(r"http://\S+", one.get_content())[0] for one in counter.got]


def test_kills_lose_and_double_no_answer(house, until, kill):
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    quan = User.objects.create_user("2001", "correct horse", name="Quan")
    site = Site(house)
    web = ("web", "--port", str(site.port), "--threads", "6")
    keys = {"KEK_FILE": "keys/personal-data.json", "SECRET_KEY_FILE": "secret_key"}
    with opened_counter(silent_at=["RCPT", "DATA"]) as counter:
        house.environment |= {name: str(settings.DATA_DIR / file) for name, file in keys.items()}
        house.environment |= {
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(counter.port), "EMAIL_TLS": "0",
            "SITE_URL": site.address,
        }  # fmt: skip
        start_nursery(house)
        site.process = house.start(*web)
        make_rule(by=quan)
        place = make_place(by=quan, unit=company)
        for number in range(ASKED):
            served(f"A{number}", customer={"email": f"li{number}@example.com"})
        later("surveys.invite")
        kill_when(lambda: "RCPT" not in counter.silent_at, kill)  # it did not leave
        kill_when(lambda: "DATA" not in counter.silent_at, kill)  # it left, and nobody said so
        kill_when(lambda: len(counter.got) > 4, kill, 0.01)
        until(is_over)
        lost = Invitation.objects.filter(state="sending")
        assert lost.update(claimed_at=now() - timedelta(hours=1)) in (2, 3)
        later("surveys.invite")
        until(is_over)
        links = invited(counter)
    assert ASKED - 2 <= len(links) < ASKED
    states = Counter(Invitation.objects.values_list("state", flat=True))
    assert set(states) == {"sent", "unknown"}
    assert sum(states.values()) == Outreach.objects.count() == ASKED

    until(lambda: site.status("healthz") != "down")
    links += [f"{site.address}/q/{place.code}/"] * AT_COUNTER
    customers = [Customer(link, number) for number, link in enumerate(links)]
    for one in customers:
        one.start()
    until(lambda: sum(len(one.acknowledged) for one in customers) > 8)
    site.cut_power()
    house.start(*web)
    for one in customers:
        one.join(60)
    assert {len(one.acknowledged) for one in customers} == {2}
    assert Answering.objects.exclude(finished_at=None).count() == len(links)
    said = Answer.objects.filter(question="words").values_list("text", flat=True)
    assert sorted(said) == sorted(f"第{one.number}位" for one in customers)
    assert Answer.objects.filter(question="overall").count() == len(links)
    assert Invitation.objects.exclude(finished_at=None).count() == len(links) - AT_COUNTER
