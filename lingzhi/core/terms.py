"""What the people served are called on the pages: 客户, 顾客, 用户 or 宾客.

The catalogues say 客户 (English: customer). For a reader whose regulation calls people otherwise,
every text that comes from a catalogue passes a rule: 客户 becomes the term, except in the fixed
names of `KEPT`, which mean something else or are proper names. What people typed in never passes.
"""

import re
from contextvars import ContextVar
from functools import lru_cache, partial
from typing import Any

from django.utils.translation import trans_real

USUAL = "客户"
# The term in simplified and in traditional characters, and in English.
TERMS: dict[str, tuple[str, str, str]] = {
    "客户": ("客户", "客戶", "customer"),
    "顾客": ("顾客", "顧客", "customer"),
    "用户": ("用户", "用戶", "user"),
    "宾客": ("宾客", "賓客", "guest"),
}
# 客户端 client software, 客户服务(中心) customer service, 客户关系(管理), 客户经理, 客户代表.
KEPT = ("端", "服务", "服務", "关系", "關係", "经理", "經理", "代表")

_SIMPLIFIED = re.compile(f"客户(?!{'|'.join(KEPT)})")
_TRADITIONAL = re.compile(f"客戶(?!{'|'.join(KEPT)})")
# Not in placeholders (%(customer)s, {customer}) and not in “customer service”.
_ENGLISH = re.compile(
    r"(?<![\w({%])(customer)(s?)\b(?!\)[sd]|\}"
    r"| service| relation| manager| representative|s?' repres)",
    re.IGNORECASE,
)
CACHED = 20_000  # more texts than all catalogues together have


def retermed(text: str, term: str) -> str:
    """A text of the program with its customers called `term`.

    >>> retermed("查看客户", "宾客"), retermed("客户端", "宾客"), retermed("查看客戶", "用户")
    ('查看宾客', '客户端', '查看用戶')
    >>> retermed("Customers of %(customer)s", "宾客")
    'Guests of %(customer)s'
    """
    if term == USUAL or term not in TERMS:
        return text
    simplified, traditional, english = TERMS[term]
    text = _SIMPLIFIED.sub(simplified, text)
    text = _TRADITIONAL.sub(traditional, text)
    return text if english == "customer" else _ENGLISH.sub(partial(_english, english), text)


def _english(word: str, found: re.Match[str]) -> str:
    shown = word.capitalize() if found[1][0].isupper() else word
    return shown + found[2]


class TermedTranslation(trans_real.DjangoTranslation):
    """A catalogue whose texts pass the rule on their way out."""

    def gettext(self, message: str) -> str:
        return _said(super().gettext(message), term_in_use())

    def ngettext(self, msgid1: str, msgid2: str, n: Any) -> str:
        return _said(super().ngettext(msgid1, msgid2, n), term_in_use())


_said = lru_cache(CACHED)(retermed)
_term: ContextVar[str] = ContextVar("term", default=USUAL)


def install() -> None:
    """Let every catalogue pass the rule; Django has loaded one by now, to name its models."""
    loader: Any = trans_real
    loader.DjangoTranslation = TermedTranslation
    loader._translations, loader._default = {}, None


def use_term(term: str) -> None:
    """Call customers `term` in this thread from now on, as `activate` does with a language."""
    _term.set(term)


def term_in_use() -> str:
    """What customers are called in this thread."""
    return _term.get()
