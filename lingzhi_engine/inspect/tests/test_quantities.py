"""Numbers, amounts and spans of time as people say them."""

from __future__ import annotations

import pytest

from lingzhi_engine.inspect.quantities import figures, number, spans, without_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百五十", 350), ("三百五", 350), ("一万二", 12000), ("两百零五", 205), ("十", 10),
        ("二十五", 25), ("一百二十万", 1_200_000), ("1,200", 1200), ("1.5万", 15000), ("半", 0.5),
        ("三点五", 3.5), ("一二三", 123), ("元", None), ("", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("我们24小时内给您回电", [24]), ("3-5个工作日内", [120]), ("一个半小时后", [1.5]),
        ("两個鐘頭內", [2]), ("半个月内", [360]), ("明天下午", [48]), ("三日内", [72]),
        ("两天半", [60]), ("3天前", []), ("5月3日", []), ("先等10分钟，再等一天", [1 / 6, 24]),
    ],
)  # fmt: skip
def test_spans_of_time(text: str, hours: list[float]) -> None:
    assert [span.hours for span in spans(text)] == pytest.approx(hours)


def test_a_span_lies_where_it_was_said() -> None:
    assert [(s.start, s.end) for s in spans("我们24小时内")] == [(2, 6)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("百分之五的手续费", {"5%"}), ("收5％", {"5%"}), ("三百块钱", {"300元"}),
        ("299元", {"299元"}), ("七日内", {"7天"}), ("充100送20", {"100", "20"}), ("一起", set()),
        ("10gb流量", {"10GB"}),
    ],
)  # fmt: skip
def test_figures(text: str, found: set[str]) -> None:
    assert figures(text) == found


def test_texts_without_their_numbers() -> None:
    assert without_numbers("满九十九元包邮") == without_numbers("满99元包邮") == "满元包邮"
