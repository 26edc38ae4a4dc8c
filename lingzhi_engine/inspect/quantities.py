"""Amounts and spans of time as people say and write them: 三百五十元, 5%, 两个半小时."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fold import fold

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "壹": 1, "幺": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_TIMES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
NUMBER = (
    r"(?:\d{1,12}(?:[,，]\d{3}){0,3}(?:\.\d{1,4})?[万亿]?"
    r"|[零〇一二两三四五六七八九十百千万亿半点]{1,16})"
)

_HOURS: Mapping[str, float] = {
    "秒": 1 / 3600, "分钟": 1 / 60, "分": 1 / 60, "刻钟": 0.25, "小时": 1, "钟头": 1, "钟": 1,
    "天": 24, "日": 24, "工作日": 24, "自然日": 24, "周": 168, "星期": 168, "礼拜": 168, "月": 720,
}  # fmt: skip
_SPANS = (
    rf"(?P<number>{NUMBER})\s?个?(?P<half>半)?"
    r"(?P<unit>秒钟?|分钟|刻钟|小时|钟头|工作日|自然日|天|日(?=内|之内|以内)|周|星期|礼拜|(?<=个)月)"
    r"(?P<more>半)?(?!前|之前|以前)"
)
_SPAN = re.compile(_SPANS)
# The latest that is meant, in hours from now.
_SOON: Mapping[str, float] = {
    "马上": 1, "立刻": 1, "立即": 1, "稍后": 4, "等会": 4, "待会": 4, "晚点": 12, "今天": 24,
    "当天": 24, "今晚": 24, "今日": 24, "明天": 48, "明日": 48, "明早": 48, "后天": 72, "本周": 168,
    "这周": 168, "下周": 336, "本月": 720, "月底": 720, "下个月": 1440,
}  # fmt: skip
_SOON_WORDS = re.compile("|".join(sorted(_SOON, key=len, reverse=True)))

_UNIT_NAMES = {
    "块钱": "元", "块": "元", "日": "天", "钟头": "小时", "星期": "周", "礼拜": "周",
}  # fmt: skip
_FIGURE = re.compile(
    rf"(?P<share>百分之)?(?P<number>{NUMBER})\s?个?(?:半)?"
    r"(?P<unit>%|块钱|元|块|折|倍|秒|分钟|小时|钟头|工作日|自然日|天|日|周|星期|礼拜|月|年|次|件|"
    r"单|台|张|份|分|兆|[GMK]B?|公里|公斤|克|米)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time that was said: where in the text, and how many hours at most."""

    start: int
    end: int
    hours: float


def number(text: str) -> float | None:
    """The number written as ``text``, in figures or in words (三百五十, 1.5万); ``None`` if none.

    A figure after 百, 千 or 万 at the end counts tenths of it: 三百五 is 350.
    """
    plain = text.replace(",", "").replace("，", "")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([万亿]?)", plain)
    if found:
        return float(found[1]) * _LARGE.get(found[2], 1)
    whole, point, tenths = plain.partition("点")
    if point and whole and tenths and all(sign in _DIGITS for sign in tenths):
        base = _in_words(whole)
        after = "".join(str(_DIGITS[sign]) for sign in tenths)
        return None if base is None else base + float(f"0.{after}")
    return 0.5 if plain == "半" else _in_words(plain)


def _in_words(text: str) -> float | None:
    if not text or any(s not in _DIGITS and s not in _TIMES and s not in _LARGE for s in text):
        return None
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    total, section, digit, last = 0.0, 0.0, 0, 1.0
    for sign in text:
        if sign in _DIGITS:
            digit, last = _DIGITS[sign], 1.0 if _DIGITS[sign] == 0 else last
        elif sign in _TIMES:
            section, digit, last = section + (digit or 1) * _TIMES[sign], 0, _TIMES[sign] / 10
        else:
            total, section = (total + section + digit or 1) * _LARGE[sign], 0.0
            digit, last = 0, _LARGE[sign] / 10
    return total + section + digit * (last if last > 1 else 1)


def spans(text: str) -> list[Span]:
    """The spans of time in ``text``, in order; 明天 counts to the end of that day."""
    plain = fold(text)
    found = [
        Span(match.start(), match.end(), hours)
        for match in _SPAN.finditer(plain)
        if (hours := _hours(match)) is not None
    ]
    found += [Span(m.start(), m.end(), _SOON[m[0]]) for m in _SOON_WORDS.finditer(plain)]
    return sorted(found, key=lambda span: (span.start, span.end))


def _hours(match: re.Match[str]) -> float | None:
    amount = number(match["number"])
    if amount is None:
        return None
    unit = "秒" if match["unit"] == "秒钟" else match["unit"]
    return (amount + 0.5 * bool(match["half"] or match["more"])) * _HOURS[unit]


def figures(text: str) -> set[str]:
    """The numbers in ``text``, each with its unit in one way to write it: 5%, 300元, 7天."""
    return set(_figures(fold(text)))


def _figures(text: str) -> Iterator[str]:
    for match in _FIGURE.finditer(text):
        amount, unit = number(match["number"]), match["unit"] or ""
        if amount is None or (not unit and not match["share"] and not match["number"][0].isdigit()):
            continue  # a sign such as 一 that counts nothing
        name = "%" if match["share"] else _UNIT_NAMES.get(unit, unit.upper())
        yield f"{amount:g}{name}"


def without_numbers(text: str) -> str:
    """``text`` without the numbers in it, however they are written."""
    return re.sub(NUMBER, "", text)
