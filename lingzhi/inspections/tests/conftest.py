"""Two conversations of the first team and one of the second, judged by one rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network

import pytest
from django.utils import translation

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.tests.chat_server import ChatServer, serving

PUSHED = "客户:我要退款,手机13800002071\n客服:抱歉,这个不归我们管"
KIND = "客户:我要退款\n客服:我帮您查一下"


@pytest.fixture(autouse=True)
def _usual_language() -> Iterator[None]:
    """A request in English must not leave its language to the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def server(settings) -> Iterator[ChatServer]:
    """A language model that the rules may ask."""
    with serving() as running:
        settings.LLM_URL, settings.LLM_MODEL = running.url, "test-model"
        settings.LLM_KEY = "secret-key"
        settings.EGRESS_ALLOW = [running.origin]
        settings.EGRESS_NETWORKS = [ip_network("127.0.0.1")]
        yield running


@dataclass
class Judged:
    version: RuleVersion
    bo: Contact  # hit
    bea: Contact  # no hit
    chen: Contact  # hit, of the second team


@pytest.fixture
def judged(cast) -> Judged:
    version = make_rule()
    found = Judged(
        version,
        make_contact("BO-1", agent="1002", turns=PUSHED),
        make_contact("BEA-1", agent="1003", turns=KIND),
        make_contact("CHEN-1", agent="2002", turns=PUSHED),
    )
    services.inspect_all(Contact.objects.all())
    return found
