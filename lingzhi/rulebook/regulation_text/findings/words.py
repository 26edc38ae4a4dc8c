"""Phrases to say and never to say, posts, and how long things are kept."""

import re
from collections.abc import Iterator

from lingzhi.rulebook.regulation_text.numerals import BLANK, NUMERAL
from lingzhi.rulebook.regulation_text.proposals import (
    Found,
    Proposal,
    Sentence,
    Vocabulary,
    figure,
    zh,
)

_QUOTED = re.compile('[“「『"]([^”」』"]{1,60})[”」』"]')
_AVOID = re.compile("禁止|不得|严禁|不准|不许|避免|忌用|禁用|不应|不能|杜绝|不可|忌语|禁语|禁忌")
_SAY = re.compile(
    "说|讲|使用|用语|话术|语言|问候|应答|答复|回答|致谢|致歉|开头语|结束语|开场|统一用|称|道"
)
_OPENING = re.compile("开头语|开场|接听时|接起|问候|首句|接通后|首先")
_CLOSING = re.compile("结束语|挂机|结束通话|通话结束|结束时|道别|收尾")

_POST_CUE = re.compile("设|配备|配置|职责|负责|应当|应|须|由")
_STAFF = re.compile(rf"(?:不少于|至少|各)?\s*(?P<n>{NUMERAL}|{BLANK})\s*(?:名|人|位)")

_KEPT = re.compile(
    r"(?P<data>录音|录像|工单|通话记录|服务记录|服务档案|投诉档案|聊天记录|资料|档案|记录|数据|影像)"
    r"[^，。；]{0,16}?(?:保存|留存|保留|存档|保管|归档)[^，。；]{0,10}?"
    rf"(?P<n>{NUMERAL}|{BLANK})\s*个?(?P<unit>年|月|天|日)"
)


def phrases(sentence: Sentence) -> Iterator[Proposal]:
    """Quoted words after “say” or “never say”; words of one list become one proposal."""
    use, words, start, end = "", [], 0, 0  # type: tuple[str, list[str], int, int]
    for found in _QUOTED.finditer(sentence.text):
        lead = (
            sentence.text[end : found.start()]
            if end
            else sentence.lead + sentence.text[: found.start()]
        )
        goes_on = bool(words) and _goes_on(lead)
        next_use = use if goes_on else _use(lead)
        if words and not goes_on:
            yield _phrases(sentence, use, words, start=start, end=end)
            words = []
        if next_use and not words:
            start = found.start()
        if next_use:
            words = [*words, _spoken(found[1])]
        use, end = next_use, found.end()
    if words:
        yield _phrases(sentence, use, words, start=start, end=end)


def _spoken(words: str) -> str:
    """What is said, without the end of the sentence; of words with a blank the longest part."""
    parts = re.split(rf"{BLANK}+", words)
    return max(parts, key=len).strip("。，,.!！ ")


def _goes_on(lead: str) -> bool:
    return re.fullmatch(r"[、，,和或及等；;\s]*", lead) is not None


def _use(lead: str) -> str:
    near = lead[-30:]
    if not _SAY.search(near):
        return ""
    return "avoid" if _AVOID.search(near) else "must"


def _phrases(sentence: Sentence, use: str, words: list[str], *, start: int, end: int) -> Proposal:
    context = f"{sentence.title} {sentence.text[:start]}"
    span = (sentence.offset + start, sentence.offset + end)
    place = "any"
    if use == "must" and _CLOSING.search(context):
        place = "closing"
    elif use == "must" and _OPENING.search(context):
        place = "opening"
    title = "禁用语" if use == "avoid" else "规范用语"
    return Proposal(*span, "phrases", title, {"use": use, "place": place}, {"words": Found(words)})


def posts(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Proposal]:
    """Posts that a sentence sets up or gives duties to: 设班组长2名, 质检人员负责…"""
    for name in sorted(vocabulary.posts, key=len, reverse=True):
        at = sentence.text.find(name)
        if at < 0:
            continue
        around = sentence.text[max(at - 10, 0) : at] + sentence.text[at + len(name) :][:6]
        if not _POST_CUE.search(around) and name not in sentence.title:
            continue
        is_set_up = re.search("设|配", sentence.text[max(at - 12, 0) : at])
        after = sentence.text[at + len(name) : at + len(name) + 10]
        number = _STAFF.match(after.lstrip("应当须")) if is_set_up else None
        at_least = Found(1, "people", is_assumed=True)
        end = at + len(name)
        if number:
            end += len(after) - len(after.lstrip("应当须")) + number.end()
            whole = re.compile(_STAFF.pattern).search(sentence.text, at + len(name), end)
            at_least = figure(sentence, whole or number, "n", "至少几人？", "people")
        fixed = {"post": vocabulary.posts[name], "per": "centre"}
        span = (sentence.offset + at, sentence.offset + end)
        yield Proposal(*span, "post", name, fixed, {"at_least": at_least})


def retention(sentence: Sentence) -> Iterator[Proposal]:
    """How long records are kept; days that are no whole months are asked for."""
    for found in _KEPT.finditer(sentence.text):
        given = figure(sentence, found, "n", "保存多少个月？", "months")
        months = given
        if given.value is not None and found["unit"] == "年":
            months = Found(round(given.value * 12), "months")
        elif given.value is not None and found["unit"] in "天日":
            ask = f"原文为{found['n']}{found['unit']}，合多少个月？"
            months = Found(unit="months", ask=ask)
        fixed = {"data": zh(found["data"])}
        yield Proposal(
            *sentence.place(found), "retention", f"{found['data']}保存期", fixed, {"months": months}
        )
