"""Numbers and addresses that name somebody or something: how they look and when they are valid.

Sources: GB 11643-1999 (citizen number, check digit ISO 7064 MOD 11-2), ISO/IEC 7812-1 (card
number, Luhn), GA 36-2018 (plates), the numbering plan of China for telephones. Digits may be
spoken: 幺 for one, 两 for two, 零 for zero, with pauses between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .fold import fold

SPOKEN = {
    "零": "0", "〇": "0", "幺": "1", "一": "1", "壹": "1", "二": "2", "两": "2", "三": "3",
    "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9",
}  # fmt: skip
_PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_TO_DIGITS = str.maketrans(SPOKEN)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10x98765432"


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of entity: ``{D}`` in ``looks`` stands for a digit and ``{P}`` for a pause or none."""

    name: str
    looks: str
    is_valid: Callable[[str], bool]
    masked: str = ""

    def pattern(self, *, spoken: bool) -> str:
        """The regular expression of what may be such an entity, digits in words if ``spoken``."""
        return _filled(self.looks, spoken)


def accepts(check: str, text: str) -> bool:
    """Whether ``text`` passes ``check``, written kind:state with state valid or invalid."""
    kind, _, state = check.partition(":")
    return ENTITIES[kind].is_valid(digits(text)) == (state == "valid")


def digits(text: str) -> str:
    """``text`` folded, spoken digits as figures, without pauses and without the country's 86."""
    plain = fold(text).translate(_TO_DIGITS)
    plain = re.sub(r"[\s,、\-—–_·()]", "", plain)
    return re.sub(r"^(?:\+|00)86(?=1\d{10}$)", "", plain)


def is_citizen_number(number: str) -> bool:
    """18 signs whose last is the MOD 11-2 check of the others and whose date can be (身份证号)."""
    if not re.fullmatch(r"[1-9]\d{5}(?:18|19|20)\d{9}[\dx]", number):
        return False
    month, day = int(number[10:12]), int(number[12:14])
    total = sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False))
    return 1 <= month <= 12 and 1 <= day <= 31 and _ID_CHECKS[total % 11] == number[17]


def is_card_number(number: str) -> bool:
    """16 to 19 digits with a right Luhn check digit that are not a citizen number (银行卡号)."""
    if not re.fullmatch(r"[3-9]\d{15,18}", number) or is_citizen_number(number):
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _filled(looks: str, spoken: bool) -> str:
    digit = "0-9" + ("".join(SPOKEN) if spoken else "")
    return looks.replace("{D}", f"[{digit}]").replace("{P}", r"[ ,，、\-—]?")


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


_ONE = "[1一幺壹]"
_RUN = r"(?<!{D})%s(?!{P}{D})"
_MASK = r"(?<!{D})%s(?!{D})"

ENTITIES: Mapping[str, Entity] = {
    entity.name: entity
    for entity in (
        Entity(
            "mobile",
            _RUN % (r"(?:\+?86{P})?" + _ONE + "(?:{P}{D}){8,12}"),
            _matches(r"1[3-9]\d{9}"),
            _MASK % r"[1]{D}{2}[*＊xX]{4,5}{D}{3,4}",
        ),
        Entity("landline", _RUN % "[0零〇]{D}{2,3}{P}{D}{7,8}", _matches(r"0[1-9]\d{9,10}")),
        Entity(
            "hotline",
            _RUN % "(?:[48四八]{P}[0零〇]{P}[0零〇](?:{P}{D}){7}|[19一幺九](?:{P}{D}){4})",
            _matches(r"[48]00\d{7}|1[02]\d{3}|9[56]\d{3}"),
        ),
        Entity(
            "id_card",
            _RUN % "{D}(?:{P}{D}){16}{P}(?:{D}|[xX])",
            is_citizen_number,
            _MASK % r"{D}{3,6}[*＊xX]{8,12}[0-9xX]{2,4}",
        ),
        Entity(
            "bank_card",
            _RUN % "{D}(?:{P}{D}){15,18}",
            is_card_number,
            _MASK % r"{D}{4,6}(?:{P}[*＊xX]){4,12}{P}{D}{4}",
        ),
        Entity(
            "email",
            r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}"
            r"(?:\.[A-Za-z0-9\-]{1,63}){1,4}",
            lambda text: re.search(r"\.[a-z]{2,}$", text) is not None,
            r"[A-Za-z0-9._%+\-]{1,3}[*＊]{2,10}@[A-Za-z0-9\-]{1,63}\.[A-Za-z]{2,10}",
        ),
        Entity(
            "plate",
            rf"(?<![\u4e00-\u9fff])[{_PLACES}][A-Z][·.\- ]?[A-HJ-NP-Z0-9]{{4,5}}"
            r"[A-HJ-NP-Z0-9挂学警港澳使领](?![A-Za-z0-9])",
            lambda text: len(re.sub(r"[.\s]", "", text)) in (7, 8),
        ),
        Entity(
            "amount",
            r"(?:[0-9]{1,12}(?:[.,][0-9]{1,3}){0,4}|[零一二三四五六七八九十百千万亿两]{1,16})"
            r"(?:元|块钱|块|万元)",
            lambda text: True,
        ),
        Entity(
            "date",
            r"(?:{D}{4}年)?(?:{D}|十){1,3}月(?:{D}|十){1,3}[日号]|{D}{4}-{D}{1,2}-{D}{1,2}",
            lambda text: True,
        ),
    )
}


def masked_pattern(kind: str) -> str | None:
    """The expression of the masked form (138****0000), ``None`` when the kind has none."""
    masked = ENTITIES[kind].masked
    return _filled(masked, spoken=False) if masked else None
