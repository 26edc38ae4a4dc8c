"""Vehicle plates of mainland China (车牌号), after GA 36-2018.

One province character and a letter, then five signs (six for new energy), or four and one of
挂 学 警 港 澳 领; 使 plates carry six digits.
"""

import re
from collections.abc import Iterator

from lingzhi_engine.privacy.context import is_labelled, label
from lingzhi_engine.privacy.numbers import keep_ends
from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Kind, Span

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# A province character that ends a word is none: 全新A…, 阿里云B…, 高贵C….
_WORD_ENDS = "全最更崭翻清重刷里白蓝彩高昂珍年"
_DOT = r"[\s·•.\-]?"
_SIGN = "[A-HJ-NP-Z0-9]"
_LETTER = "[A-HJ-NP-Z]"
_COMMON = rf"{_SIGN}{{4}}(?:{_SIGN}|[挂学警港澳领])"
_ENERGY = rf"(?:[A-HJK]{_SIGN}\d{{4}}|\d{{5}}[A-HJK])"
_END = r"(?![0-9A-Za-z])(?!\.\d)"
_PLATE = re.compile(
    rf"(?<![0-9A-Za-z{_WORD_ENDS}])(?:[{_PROVINCE}]{_LETTER}{_DOT}(?:{_ENERGY}|{_COMMON}){_END}"
    rf"|[{_PROVINCE}]{_LETTER}{_DOT}\d{{4}}领|使\d{{3}}{_DOT}\d{{3}}(?!\d)|(?<!\d)\d{{3}}{_DOT}\d{{3}}使)",
    re.IGNORECASE,
)
_LABEL = label("车牌号?|车号|牌照|车是")
_DIGIT = re.compile(r"\d")
_APART = re.compile(rf"{_DOT[:-1]}")


def _is_plate(sign: str, text: str, start: int) -> bool:
    """Names of models have few digits: three of them, or the word plate, make it one."""
    return len(_DIGIT.findall(sign)) >= 3 or is_labelled(text, start, _LABEL)


def _find(reading: Reading) -> Iterator[Span]:
    for view in (reading.plain, reading.spoken):
        for match in _PLATE.finditer(view or ""):
            sign = _APART.sub("", match[0]).upper()
            if _is_plate(sign, reading.plain, match.start()):
                yield Span("plate", *match.span(), sign)


KIND = Kind("plate", _find, keep_ends(2, 1))
