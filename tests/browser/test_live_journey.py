"""A team leader watches the floor: a rule fires while the customer is still there."""

import pytest
from playwright.sync_api import Page, expect

from lingzhi.conftest import Cast
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import Source
from lingzhi.contacts.services import source_named
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.services.live import Desk
from lingzhi.jobs.models import Worker
from lingzhi.jobs.services.workers import register_worker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def turn(seq: int, role: str, text: str) -> dict[str, object]:
    return {"type": "turn", "id": "L1", "seq": seq, "role": role, "text": text}


def tell(source: Source, *events: dict[str, object]) -> None:
    take_events(source, read_events({"events": list(events)}))


def test_a_finding_appears_while_people_talk(enter, cast: Cast) -> None:
    make_rule()
    cast.first.owner = cast.ada
    cast.first.save()
    source = source_named("pbx")
    desk = Desk.start()
    page: Page = enter(cast.ada)
    page.goto("/inspections/live/")
    expect(page.locator("#rows")).to_contain_text("此刻没有进行中的联络")
    register_worker(Worker.Kind.LIVE)
    tell(source, {"type": "opened", "id": "L1", "channel": "phone", "agent": "1002"})
    tell(source, turn(1, "customer", "我要退货"))
    desk.step()
    expect(page.locator("#rows tbody")).to_contain_text("L1")
    expect(page.locator("#rows")).not_to_contain_text("没有运行")
    page.click("#rows tbody tr")
    expect(page.locator("#talk")).to_contain_text("我要退货")
    tell(source, turn(2, "agent", "这个不归我们管"))
    desk.step()
    expect(page.locator("#turn-2 mark")).to_have_text("不归我们管")
    expect(page.locator("#talk .lz-finding")).to_contain_text("推诿用语")
    tell(source, {"type": "closed", "id": "L1", "ended_by": "customer"})
    page.click("#talk a.btn")
    expect(page.locator("h1")).to_contain_text("L1")
    page.goto("/notices/")
    expect(page.locator("main")).to_contain_text("正在发生：推诿用语")
