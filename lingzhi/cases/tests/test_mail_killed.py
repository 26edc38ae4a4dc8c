"""A real worker on real mail servers, killed while it fetches and while it sends: every mail is one
case, every letter leaves at most once, and what nobody can know is said to be unknown."""

from collections import Counter as Count

import pytest
from django.conf import settings

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.contacts.models import Contact, Mail, OutgoingMail
from lingzhi.contacts.tests.post_office import letter, open_mailbox
from lingzhi.core.clock import now
from lingzhi.jobs.services import later
from lingzhi.jobs.tests.nursery import is_over, kill_when, start_nursery
from lingzhi.org.services import create_unit

pytestmark = [pytest.mark.processes, pytest.mark.slow]
MAILS = 16


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


@pytest.fixture
def box(house, office, counter):
    keys = {"KEK_FILE": "keys/personal-data.json", "SECRET_KEY_FILE": "secret_key"}
    house.environment |= {name: str(settings.DATA_DIR / path) for name, path in keys.items()} | {
        "SSL_CERT_FILE": str(office.home / "cert.pem"), "EGRESS_NETWORKS": "127.0.0.0/8,::1/128",
        "MAIL_ALLOW": f"localhost:{office.safe},localhost:{counter.port}",
    }  # fmt: skip
    company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    ada = User.objects.create_user("1001", "correct horse", name="Ada")
    lay_built_ins(by=None)
    return open_mailbox(office, counter, "killed", unit=company, responsible=ada)


def test_kills_lose_and_double_no_mail(house, office, counter, box, until, kill):
    mails = [
        letter(number=at, subject=f"第{at}封", From=f"li{at}@example.com") for at in range(MAILS)
    ]
    office.deliver(box.user, *mails)
    later("contacts.fetch_mail")
    start_nursery(house)
    kill_when(lambda: Mail.objects.count() > 3, kill, 0.01)
    kill_when(lambda: Mail.objects.count() > 7, kill, 0.03)
    kill_when(lambda: Case.objects.count() > 4, kill, 0.02)
    until(is_over)
    assert Mail.objects.filter(state="taken").exclude(settled_at=None).count() == MAILS
    assert sorted(Case.objects.values_list("title", flat=True)) == sorted(
        f"第{at}封" for at in range(MAILS)
    )
    assert set(Contact.objects.values_list("turn_count", flat=True)) == {1}
    assert office.folder(box.user, "SEEN") == Contact.objects.count() == MAILS

    counter.silent_at = ["RCPT", "DATA"]
    later("contacts.send_mails")
    kill_when(lambda: "RCPT" not in counter.silent_at, kill)  # it did not leave
    kill_when(lambda: "DATA" not in counter.silent_at, kill)  # it left, and nobody said so
    kill_when(lambda: len(counter.got) > 5, kill, 0.01)
    until(is_over)
    lost = OutgoingMail.objects.filter(state="sending")
    assert lost.update(next_at=now()) in (2, 3)
    later("contacts.send_mails")
    until(is_over)
    states = Count(OutgoingMail.objects.values_list("state", flat=True))
    assert set(states) == {"sent", "unknown"}
    assert sum(states.values()) == MAILS
    left = Count(one["Message-ID"] for one in counter.got)
    assert set(left.values()) == {1}
    sent = set(OutgoingMail.objects.filter(state="sent").values_list("message_id", flat=True))
    assert sent <= set(left)
    assert MAILS - 2 <= len(left) < MAILS
    said = CaseEvent.objects.filter(kind="mail_not_sent")
    assert said.count() == states["unknown"]
