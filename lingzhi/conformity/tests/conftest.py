"""A small regulation in force for the hotline, over conversations of two teams.

Clause 2.1 forbids shirking (a rule), 2.2 wants the company named (phrases), 2.3 a team leader
(post), 2.4 waits for its app, 2.5 nothing checks, 1.1 is a statement.
"""

import copy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from lingzhi.conftest import Cast, make_cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import today
from lingzhi.inspections import services as inspections
from lingzhi.inspections.factories import make_rule
from lingzhi.org.models import Post
from lingzhi.org.services import hold_post, seed_posts
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control, Regulation, Version

PACKS = Path(__file__).parent / "packs"
PUSHED = "客服:您好云栖热线\n客户:我要退款\n客服:抱歉,这个不归我们管"
KIND = "客服:您好云栖热线\n客户:我要退款\n客服:我帮您查一下"
SILENT = "客服:您好\n客户:我要退款\n客服:我帮您查一下"


@dataclass
class House:
    version: Version
    regulation: Regulation

    def control(self, key: str) -> Control:
        return Control.objects.get(clause__version=self.version, key=key)


@pytest.fixture
def packs(settings):
    settings.PACKS = PACKS


def talk(number: str, turns: str, day: date, agent: str = "1002") -> Contact:
    return make_contact(
        number,
        agent=agent,
        turns=turns,
        started_at=f"{day} 10:00:00",
        answered_at=f"{day} 10:00:05",
        ended_at=f"{day} 10:04:05",
    )


def talks(day: date, *, kept: int = 0, broken: int = 0, agent: str = "1002") -> None:
    for at in range(kept):
        talk(f"{day}-{agent}-k{at}", KIND, day, agent)
    for at in range(broken):
        talk(f"{day}-{agent}-b{at}", PUSHED, day, agent)


@pytest.fixture(scope="module")
def settled(shared) -> tuple[Cast, House]:
    """In force for five days, with conversations before and since."""
    with override_settings(PACKS=PACKS):
        return _settle(make_cast())


def _settle(cast: Cast) -> tuple[Cast, House]:
    make_rule()
    seed_posts(by=None)
    leader = Post.objects.get(code="team_leader")
    hold_post(cast.ada, leader, cast.first, from_on=date(2020, 1, 1), by=None)
    hold_post(
        cast.chen, Post.objects.get(code="agent"), cast.second, from_on=date(2020, 1, 1), by=None
    )
    talks(today() - timedelta(days=9), kept=2, broken=1)
    talks(today() - timedelta(days=3), kept=3, broken=1)
    talks(today() - timedelta(days=2), kept=1, broken=2, agent="2002")
    version = make_version(
        "house", cast.hotline, by=cast.quan, effective_on=today() - timedelta(days=5),
        answers={"company": {"words": ["云栖热线"]}},
    )  # fmt: skip
    inspections.inspect_all(Contact.objects.all())
    return cast, House(version, version.regulation)


@pytest.fixture
def cast(settled, packs, db) -> Cast:
    return copy.deepcopy(settled[0])


@pytest.fixture
def house(settled, packs, db) -> House:
    return copy.deepcopy(settled[1])
