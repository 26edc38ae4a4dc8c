"""Postal addresses (地址): a chain of places from the province down to the room.

The parts are found one by one and then chained, so the work grows with the length of the text
only. A chain is an address when it is precise enough to find somebody: a street, village or
estate with a number, or province or city, district and street together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lingzhi_engine.privacy.reading import Reading
from lingzhi_engine.privacy.span import Kind, Span
from lingzhi_engine.privacy.words import words

_N = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇幺两]{1,6})"
# Characters with which no place name begins or goes on when people speak of one.
_STOP = (
    "我你您他她它们的是在到寄送住给把被从往了吗呢吧啊哦嗯呃请这那哪没不要就跟与或让帮说问个些么为"
    "想能以写填签收错去过"
)
_C = rf"(?:(?![{_STOP}])[\u4e00-\u9fff])"
_PLACES = {*words("provinces"), *words("cities")}
_HEADS = "|".join(sorted(_PLACES, key=lambda name: (-len(name), name)))
_HEAD_SUFFIX = "特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市|地区|盟"
_IS_STREET = "[东西南北中一二三四五]?(?:路|街|道|大街|大道|巷|村|镇|新村|花园|公寓|大厦|广场)"
_HEAD = rf"(?:{_HEADS})(?:{_HEAD_SUFFIX}|(?!{_IS_STREET}))"
_ESTATE = "|".join(words("estates"))
_FINE = (
    rf"{_N}\s?(?:号楼|栋|幢|座|单元|室|房|户|组|队|#楼?)|[A-Za-z]\s?(?:栋|座|幢|区(?=[0-9]))"
    rf"|{_N}\s?(?:楼|层)(?![上下道梯])|[AB][1-5]层?|[0-9]{{1,3}}(?:-[0-9]{{1,4}}){{1,3}}(?![0-9\-])"
)
_NUMBER_OF_ELSE = "线码文上下之为客话坐晚早中前后窗柜到的以开发"
_PART = re.compile(
    rf"(?P<head>{_HEAD})|(?P<fine>{_FINE})"
    rf"|(?P<number>[甲乙丙临]?{_N}(?:-{_N})?\s?(?:弄|号院?)(?![{_NUMBER_OF_ELSE}]))"
    rf"|(?P<area>{_C}{{1,7}}?(?:新区|开发区|自治[州县]|(?<!小)区|县|旗|市(?![场面民价])))"
    rf"|(?P<street>{_C}{{1,8}}?(?:大街|大道|路|街道?|巷|胡同|[镇乡村])(?:[东西南北中一二三四五]段)?)"
    rf"|(?P<estate>[0-9A-Za-z]{{0,4}}{_C}{{1,8}}?(?:{_ESTATE})(?![区县市路街巷镇道村小园])"
    rf"(?:[一二三四五六七八九十东西南北0-9A-Z]{{1,2}}[期区])?)"
    r"|(?P<digits>(?:[0-9]{2,4}|[一二三四五六七八九零〇幺两]{3,4})(?![0-9零〇幺年月日元块号天个分秒%点]))"
)
_INNER_HEAD = re.compile(_HEAD)
_JOINTS = " ,，、\u3000"
_HINT = re.compile(
    rf"{_N}\s?(?:号|栋|幢|座|单元|室|房|户|弄|楼|层|组|队|#)|[0-9]-[0-9]|[路街道镇村巷].{{0,12}}[0-9]"
    r"|[省市州].{1,12}[区县市].{1,12}[路街道镇乡村]"
)
_LEAD = re.compile(
    r"^.*(?:地址|住址|家住|住在|我家|改成|改为|换成|位于|坐落|搬到|发往|寄往|快递|收货|上门|装在|地点)"
)
_NO_STREET = re.compile(
    r"^(?:线|电|网|回|思|半|铁|公|马|一|道|上|门|管|套|高速公|走|逛|出|短|断|开|水|各|农|下|全)[路街村乡]$"
    r"|(?:线|电|网|思|高速公)路$"
)
_NO_ESTATE = re.compile(
    "客服|服务|呼叫|热线|商城|售后|订单|会员|处理|维修|客户|指挥|调度|[哪这那家公]里"
)


@dataclass(frozen=True, slots=True)
class _Part:
    group: str
    start: int
    end: int


def _parts(text: str) -> Iterator[_Part]:
    """The places and numbers of a text from left to right; none swallows a city inside."""
    at = 0
    while match := _PART.search(text, at):
        group = str(match.lastgroup)
        inner = _INNER_HEAD.search(text, match.start() + 1, match.end())
        if group in ("area", "street", "estate") and inner:
            at = inner.start()
            continue
        at = match.end()
        start = match.start()
        if lead := _LEAD.match(match[0]):
            start += lead.end()
        if _is_named(group, text[start:at]):
            yield _Part(group, start, at)


def _is_named(group: str, name: str) -> bool:
    if group == "street":
        return len(name) > 1 and not _NO_STREET.search(name)
    return group != "estate" or not _NO_ESTATE.search(name)


def _chains(text: str) -> Iterator[list[_Part]]:
    """Runs of parts that touch, or have one comma or space between them; a place comes first."""
    chain: list[_Part] = []
    for part in _parts(text):
        if chain and not _touch(text, chain[-1].end, part.start):
            yield chain
            chain = []
        if chain or part.group in ("head", "area", "street", "estate"):
            chain.append(part)
    if chain:
        yield chain


def _touch(text: str, end: int, start: int) -> bool:
    return end == start or (start - end == 1 and text[end] in _JOINTS)


def _is_precise(chain: list[_Part]) -> bool:
    groups = [part.group for part in chain]
    places = sum(group in ("head", "area", "street", "estate") for group in groups)
    region = "head" in groups or "area" in groups
    if "street" in groups:
        if "number" in groups or "fine" in groups:
            return True
        return region and (places >= 3 or "digits" in groups)
    if "estate" in groups:
        return "fine" in groups or (region and ("number" in groups or places >= 3))
    return places >= 2 and "fine" in groups


def _find(reading: Reading) -> Iterator[Span]:
    text = reading.plain
    if not _HINT.search(text):
        return
    for chain in _chains(text):
        if _is_precise(chain):
            start, end = chain[0].start, chain[-1].end
            yield Span("address", start, end, text[start:end].replace(" ", ""))


def _kept(address: str) -> range:
    """Province, city and district; the rest would lead to the door."""
    end = 0
    for part in _parts(Reading(address).plain):
        if part.group not in ("head", "area") or part.start != end:
            break
        end = part.end
    return range(end)


KIND = Kind("address", _find, _kept)
