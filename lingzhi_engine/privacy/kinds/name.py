"""Names of persons (姓名): before a title (王先生) or after an introduction (我叫王小明)."""

import re
from collections.abc import Iterator

from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Kind, Span
from lingzhi_engine.privacy.words import words

_COMPOUND_NAMES = words("compound_surnames")
_COMPOUND = "|".join(_COMPOUND_NAMES)
_SINGLE = "".join(words("surnames"))
_EVERYDAY = frozenset(words("everyday_surnames"))
_ENDING_IN_SURNAME = frozenset(words("ending_in_surname"))
_BEGINNING_LIKE_SURNAME = frozenset(words("beginning_like_surname"))
_GIVEN = rf"(?![{''.join(words('not_given'))}])[\u4e00-\u9fff]"
# Longer titles first; 经理 not in 经理解, 老师 not in 老师傅; 总 only where the name is called out.
_TITLE = "|".join(sorted(words("titles"), key=len, reverse=True))
_TITLE = _TITLE.replace("经理", "经理(?![解想论由智历费])").replace("|老师|", "|老师(?!傅)|")
_CALLED_OUT = r"总(?=[，。,.!！?？、您你好\s]|$)"
_TITLED = re.compile(
    rf"(?P<surname>{_COMPOUND}|[{''.join(c for c in _SINGLE if c not in _EVERYDAY)}])"
    rf"(?P<given>(?:{_GIVEN}){{0,2}}?)(?:{_TITLE}|{_CALLED_OUT})"
)
_FULL = rf"(?:{_COMPOUND}|[{_SINGLE}])(?:{_GIVEN}){{1,2}}"
_HOLDER = "|".join(words("holders"))
_INTRODUCED = re.compile(
    rf"(?:{_HOLDER})(?:的?(?:姓名|名字|大名))?(?:就?[叫是]做?|写的是?|填的是?|登记的是?)?\s?[:：,，]?\s?"
    rf"(?P<holder>{_FULL})"
    rf"|(?:[我他她俺]的?(?:名字)?就?叫|就叫|全名叫?|(?P<same>姓(?P<twice>[\u4e00-\u9fff])[，,\s]?(?=(?P=twice))))"
    rf"[做作]?\s?(?P<called>{_FULL})"
    rf"|(?:[我他她俺]就?是)\s?(?P<being>{_FULL})(?=[，。,.!！?？、\s;；您你我啊呀哈的]|电话|手机|身份证|$)"
)
_SAYS_NAME = "叫是：:，, "


def _titled(text: str) -> Iterator[Span]:
    at = 0
    while match := _TITLED.search(text, at):
        start, given_end = match.start(), match.end("given")
        if _is_everyday(text, start):
            at = start + 1
            continue
        at = match.end()
        end = given_end if match["given"] else match.end()
        yield Span("name", start, end, text[start:given_end])


def _is_everyday(text: str, start: int) -> bool:
    """Is the would-be surname a part of a common word (关于先生…, 安装师傅)?"""
    before = text[max(0, start - 1) : start + 1]
    return before in _ENDING_IN_SURNAME or text[start : start + 2] in _BEGINNING_LIKE_SURNAME


def _introduced(text: str) -> Iterator[Span]:
    for match in _INTRODUCED.finditer(text):
        start, end = match.span(str(match.lastgroup))
        # 姓名和证件: an everyday word is a surname only where a name is clearly given.
        is_said = text[start - 1] in _SAYS_NAME or text[start] not in _EVERYDAY
        if is_said and text[start : start + 2] not in _BEGINNING_LIKE_SURNAME:
            yield Span("name", start, end, text[start:end])


def _find(reading: Reading) -> Iterator[Span]:
    yield from _introduced(reading.text)
    yield from _titled(reading.text)


def _kept(name: str) -> range:
    return range(2 if name.startswith(_COMPOUND_NAMES) else 1)


KIND = Kind("name", _find, _kept)
