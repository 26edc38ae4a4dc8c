"""Telling an article's title (条旨) from its text."""

import re

from lingzhi.rulebook.regulation_text.force import force_of

_BRACKETS = re.compile(r"(?:【([^】]{2,24})】|（([^）]{2,24})）|\[([^\]]{2,24})\])\s*(?=\S)")
_COLON = re.compile(r"([^，。；：:、！？\s]{2,14})[:：]\s*(?=\S)")
_SPACE = re.compile(r"([^，。；：:！？\s]{2,14}) +(?=\S{8})")
_SENTENCE = re.compile(r"[。；;！!？?]|[:：]$|，")
_LIST_HEAD = re.compile(r"(?!.*(?:如下|以下|下列|包括|做到|负责|為|为))[^，。；：:]{2,10}[:：]")
LONGEST = 60


def split_title(text: str, *, is_heading: bool) -> tuple[str, str]:
    """The title and the text of a numbered line; either may be empty.

    >>> split_title("【适用范围】本办法适用于供水热线。", is_heading=False)
    ('适用范围', '本办法适用于供水热线。')
    >>> split_title("总则", is_heading=False)
    ('总则', '')
    >>> split_title("客服专员不得推诿", is_heading=False)
    ('', '客服专员不得推诿')
    """
    if is_heading and len(text) <= LONGEST and not _SENTENCE.search(text):
        return text.strip("【】"), ""
    if _LIST_HEAD.fullmatch(text) and force_of(text) == "statement":
        return text[:-1], ""
    for pattern in (_BRACKETS, _COLON, _SPACE):
        found = pattern.match(text)
        if found is None:
            continue
        title = next(group for group in found.groups() if group)
        if force_of(title) == "statement":
            return title, text[found.end() :]
    if len(text) <= 24 and not _SENTENCE.search(text) and force_of(text) == "statement":
        return text, ""
    return "", text
