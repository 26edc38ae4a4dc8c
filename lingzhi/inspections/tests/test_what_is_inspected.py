"""What requirements ask to be inspected is found by the rules that come with the program."""

from typing import Any

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections.models import Finding
from lingzhi.inspections.services import inspect_all
from lingzhi.inspections.services.adopting import adopt_some_first_rules

pytestmark = pytest.mark.django_db


def found(turns: str | list[dict[str, Any]], *rules: str, **record: Any) -> set[str]:
    """Which of these rules hit in a conversation that was delivered with these turns."""
    assert adopt_some_first_rules(rules, note="", by=None) == len(rules)
    contact = make_contact("W-1", turns=turns, **record)
    inspect_all(type(contact).objects.all())
    hits = Finding.objects.filter(inspection__contact=contact, verdict="hit")
    return set(hits.values_list("version__rule__code", flat=True))


def heard(role: str, text: str, start_ms: int, end_ms: int, energy: int) -> dict[str, Any]:
    return {
        "role": role, "text": text, "start_ms": start_ms, "end_ms": end_ms, "energy": energy,
    }  # fmt: skip


def test_how_one_speaks_is_inspected():
    """普通话、语速、音量、礼貌用语、服务禁语 (R-QI-10)."""
    rules = (
        "voice.not_mandarin", "voice.too_fast", "voice.volume_off", "courtesy.no_honorific",
        "courtesy.forbidden_words",
    )  # fmt: skip
    turns = [
        heard("agent", "有咩可以帮到你嘅你嘅电话号码系几多冇问题我哋听日打畀你嘅", 0, 2000, -45),
        heard("customer", "你大点声我要退款", 3000, 6000, -25),
        heard("agent", "佢哋今日唔喺度唔好意思你有病吧关我什么事啊听日再打啦唔该", 7000, 9000, -45),
    ]
    assert found(turns, *rules) == set(rules)


def test_forbidden_and_weak_wording_is_found():
    """禁语与生硬、含糊的说法 (R-QI-11), in calls and in chats alike."""
    said = "客户:我昨天交过费\n客服:您说的不对,你去营业厅查\n客户:那呢\n客服:可能需要您再确认一下"
    rules = ("courtesy.weak_wording", "courtesy.forbidden_words")
    assert found(said, *rules, channel="chat") == {"courtesy.weak_wording"}


def test_every_step_of_the_process_is_inspected():
    """Opening, hold, transfer and closing, step by step (流程遵守率, R-QI-12)."""
    rules = ("opening.no_greeting", "hold.no_reason", "transfer.no_notice", "closing.no_farewell")
    said = "客户:查下单\n客服:请稍等\n客户:哦\n客服:明天到\n客户:好"
    assert found(said, *rules) >= {"opening.no_greeting", "hold.no_reason", "closing.no_farewell"}


def test_what_must_be_recorded_is_inspected():
    """A complaint that nobody takes down cannot be traced (服务文档齐全、流程可追溯, R-QI-13)."""
    said = "客户:我要投诉你们那个师傅\n客服:哦\n客户:你就一个哦\n客服:那您想怎么样"
    assert found(said, "complaint.not_recorded") == {"complaint.not_recorded"}


def test_facts_that_were_taken_wrongly_are_found():
    """A number not read back, an answer not given (解答与记录准确, R-QI-14)."""
    said = "客户:我电话13800002071\n客服:好的\n客户:那什么时候退\n客服:我不知道\n客户:啊"
    rules = ("entity.not_read_back", "ownership.flat_dont_know")
    assert found(said, *rules) == set(rules)
