"""Masks keep length and place, and hide what they must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.privacy import find, mask

ALPHABET = (
    "幺三八零一二两点艾特@.com 0123456789Xx京AB王小明先生我叫杭州市西湖区文三路号室-，。１３８\n"
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800002071。", "电话138****2071。"),
        ("138-0000-2071", "138-****-2071"),
        ("幺三八零零零零二零七幺", "幺三八****二零七幺"),
        ("010-65551234", "010-******34"),
        ("400-800-1234", "400-***-*234"),
        ("11010519491231002X", "110***********002X"),
        ("4111 1111 1111 1111", "4111 **** **** 1111"),
        ("京A12345", "京A****5"),
        ("wang.xm@163.com", "w******@163.com"),
        ("杭州市西湖区文三路259号", "杭州市西湖区*******"),
        ("文三路259号", "*******"),
        ("王先生您好", "王**您好"),
        ("王小明先生您好", "王**先生您好"),
        ("欧阳女士", "欧阳**"),
        ("我叫王小明", "我叫王**"),
        ("订单20240513123456", "订单20240513123456"),
    ],
)
def test_it_hides_all_but_what_people_recognise(text: str, masked: str):
    assert mask(text) == masked


@given(st.text(ALPHABET, max_size=60))
def test_places_stay(text: str):
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(b in (a, "*") for a, b in zip(text, masked, strict=True))


@given(st.text(ALPHABET, max_size=60))
def test_spans_are_ordered_apart_and_inside(text: str):
    spans = find(text)
    ends = [0, *(span.end for span in spans)]
    assert all(
        end <= span.start < span.end <= len(text) for end, span in zip(ends, spans, strict=False)
    )


@given(st.text(max_size=80))
def test_any_text_is_taken(text: str):
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["1 ", "一", "3号", "a@", "文三路1号", "浙江省杭州市", "13800002071 "]
)
def test_time_grows_with_length_only(piece: str):
    assert len(mask(piece * 3000)) == len(piece) * 3000
