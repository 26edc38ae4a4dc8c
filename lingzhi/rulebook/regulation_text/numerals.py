"""Numbers as regulations write them: 95, ９５, 九十五, 叁, 两, 半, 百分之九十五, 九成."""

import re

DIGITS = {char: value for value, chars in enumerate(
    ("〇零○", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN = "".join([*DIGITS, *TENS])

ARABIC = r"\d{1,9}(?:\.\d{1,4})?"
NUMERAL = rf"(?:{ARABIC}|[{HAN}]{{1,9}}|半)"
# What a regulation leaves open: ____, [X], 【 】, XX, ×, （ ）
BLANK = r"(?:_{2,}|[\[【][ Xx×*_]*[\]】]|[Xx×]{1,3}(?![A-Za-z])|（\s+）)"

_WIDE = str.maketrans(
    "０１２３４５６７８９％．＿Ｘｘ［］＜＞\u3000\u00a0\t", "0123456789%._Xx[]<>   "
)


def narrow(text: str) -> str:
    """Full-width digits, signs and spaces as their narrow forms; every position stays."""
    return text.translate(_WIDE)


def number_in(words: str) -> float | None:
    """The value of a numeral, None for a blank or for what is no number.

    >>> number_in("二十四"), number_in("叁"), number_in("3.5"), number_in("半"), number_in("____")
    (24.0, 3.0, 3.5, 0.5, None)
    """
    text = narrow(words).strip()
    if re.fullmatch(ARABIC, text):
        return float(text)
    if text == "半":
        return 0.5
    if not text or any(char not in HAN for char in text):
        return None
    if not any(char in TENS for char in text):  # 二〇二六, 一二三四五
        return float("".join(str(DIGITS[char]) for char in text))
    return float(_with_tens(text))


def _with_tens(text: str) -> int:
    total, digit = 0, 1 if text[0] in TENS else 0
    for char in text:
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def is_blank(words: str) -> bool:
    """Whether the words leave a figure open."""
    return re.fullmatch(BLANK, narrow(words).strip() or words) is not None


def counted(number: int) -> str:
    """1–9999 in Chinese, as automatic Word lists write it.

    >>> counted(3), counted(10), counted(24), counted(105), counted(110)
    ('三', '十', '二十四', '一百零五', '一百一十')
    """
    digits, names = "零一二三四五六七八九", ("", "十", "百", "千")
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += digits[digit] + names[place]
        elif out and not out.endswith("零") and number % 10**place:
            out += "零"
    return out.removeprefix("一") if 10 <= number < 20 else out
