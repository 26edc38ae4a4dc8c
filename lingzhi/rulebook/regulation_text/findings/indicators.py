"""Indicators with their targets: 接通率不低于95%, 平均应答时间不超过15秒, 铃响三声内接听."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lingzhi.rulebook.regulation_text.numerals import BLANK, NUMERAL, number_in
from lingzhi.rulebook.regulation_text.proposals import Found, Proposal, Sentence, figure

# Synonyms of the indicators of the dictionary; the longest that fits counts.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "K01": ("接通率", "接听率", "应答率"),
    "K02": ("平均接通速度", "平均应答速度", "平均应答时间", "平均应答时长", "平均接听时间",
            "平均等待时间", "平均等待时长", "平均接通时间", "平均接通时长", "平均排队时间"),
    "K03": ("接听及时率", "及时接听率", "应答及时率", "及时应答率", "服务水平",
            "及时接通率"),
    "K04": ("平均处理时长", "平均处理时间", "平均通话时长", "平均通话时间",
            "平均服务时长", "通话时长", "通话时间", "处理时长"),
    "K05": ("案头工作时长", "案头时长", "案头工作时间", "话后处理时长", "话后处理时间",
            "话后整理时间", "话后时长", "事后处理时长", "后处理时长"),
    "K07": ("一次解决率", "首次解决率", "一次性解决率", "首次来电解决率", "一次性办结率",
            "一次办结率", "首问解决率", "一次问题解决率"),
    "K08": ("问题解决率", "工单解决率", "诉求解决率"),
    "K10": ("解答准确率", "答复准确率", "回答准确率"),
    "K11": ("服务准确率", "业务准确率"),
    "K12": ("满意度", "满意率"),
    "K14": ("投诉率", "客诉率"),
    "K15": ("投诉解决率", "投诉办结率", "客诉解决率"),
    "K16": ("投诉处理及时率", "投诉及时率", "投诉及时处理率", "投诉及时办结率"),
    "K18": ("投诉处理满意度", "投诉满意度", "投诉处理满意率"),
    "K20": ("服务用语规范率", "用语规范率", "规范用语率", "规范用语使用率"),
    "K21": ("流程遵守率", "流程执行率", "流程符合率", "服务规范率", "规范执行率"),
    "K22": ("信息记录完整准确率", "记录完整准确率", "记录完整率", "记录准确率", "工单准确率",
            "工单填写准确率", "信息完整率"),
    "K28": ("回访率", "回访及时率", "回访覆盖率", "回访完成率"),
    "K37": ("自助服务率", "自助率", "自动化率"),
}  # fmt: skip
_CODES = {word: code for code, words in SYNONYMS.items() for word in words}
_BY_LENGTH = sorted(_CODES, key=len, reverse=True)
LOW_IS_BETTER = {"K02", "K04", "K05", "K14"}

_WHOSE = "(?:客户|用户|顾客|宾客|来电|电话|人工|服务)?"
_NAME = _WHOSE + "(?:" + "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True)) + ")"
_ANY_RATE = r"[\u4e00-\u9fff]{2,8}?(?:率|度)(?=[应须需要为达不保控≥≤>（(｜|,，]|\s|$)"
INDICATOR = re.compile(rf"{_ANY_RATE}|{_NAME}")
_NUMBER = rf"(?:{NUMERAL}|{BLANK})"
PERCENT = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:%|个百分点)(?P<after>\s*(?:及)?(?:以上|以下|以内|之内))?"
    rf"|百分之(?P<han>{_NUMBER})(?P<after2>(?:及)?(?:以上|以下|以内|之内))?"
    rf"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?P<after3>(?:及)?(?:以上|以下))?"
)
_BEFORE = re.compile(
    r"(?P<no>不得?|不能|不应|不可|未)?\s*(?P<way>高于|超过|大于|超出|>(?!=)|低于|少于|小于|不足|<(?!=)|达到|达)\s*$"
)
_HIGH_WAYS = {"高于", "超过", "大于", "超出", ">"}
_LOW_WAYS = {"低于", "少于", "小于", "不足", "<"}
_WARNING = re.compile("预警|警戒|警示|黄牌|黄线|提醒线")
_CONDITION = re.compile(
    r"[^，,]{0,8}?(?:的|时|者)(?:[，,、]|$)|[^，,]{0,3}[，,](?:应|须|启动|扣|予以|给予|由|按|每)"
)
_PERIODS = (
    ("daily", "每日|每天|日均|当日"),
    ("weekly", "每周|周均"),
    ("monthly", "每月|月度|月均|当月|按月"),
)

_ANSWER = "接听|应答|接起|接通|摘机|提机|接待来电|接电话"
_RINGS = re.compile(
    rf"(?:铃响|响铃|振铃|铃声|电话铃)[^\d，。]{{0,6}}?(?P<n>{_NUMBER})\s*(?:声|次|下|遍)"
    rf"(?:之内|以内|内|之前|前)?|(?P<n2>{_NUMBER})\s*声(?:铃响|响铃|铃)?(?:之内|以内|内|之前|前)"
)
_SECONDS = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:秒钟?|[sS](?![a-z]))\s*(?P<in>之内|以内|内|前|(?=(?:人工)?(?:接通|接听|应答)率))?"
)
_MEAN = re.compile(
    rf"(?P<name>{'|'.join(SYNONYMS['K02'] + SYNONYMS['K04'] + SYNONYMS['K05'])}"
    rf"|(?:话后|案头|通话后)(?:整理|处理|工作|录入)|(?:每通|单通|单次|每次)(?:电话|来电|通话|咨询|来访)?的?(?:通话|处理|服务|处置)?(?:时长|时间)?)"
    rf"[^，。；｜\d]{{0,14}}?[｜\s]*(?:≤|<=?|不超过)?\s*(?P<n>{_NUMBER})\s*(?P<unit>分钟|秒钟?|分)(?:(?P<rest>\d{{1,2}})秒)?"
)
_AFTER_CALL = re.compile("话后|案头|通话后")
_SHARE_ASK = "在此时限内应答的来电至少占百分之几？"
_LOOSE = re.compile("(?:热线|中心|公司|每月|每周|每日|月度|年度|全年|当月|平均)+")
_SECONDS_OF = {"分钟": 60, "分": 60, "秒": 1, "秒钟": 1}


def code_of(name: str) -> str:
    """The indicator that a name ends with, "" for one that the dictionary does not have.

    >>> code_of("热线接通率"), code_of("投诉处理满意度"), code_of("抄表准确率")
    ('K01', 'K18', '')
    """
    return next((_CODES[word] for word in _BY_LENGTH if name.endswith(word)), "")


def indicators(sentence: Sentence) -> Iterator[Proposal]:
    """Every target of an indicator in a sentence, timely answer and mean times included."""
    shares = list(_shares(sentence))
    for answer in _timely_answer(sentence):
        mine = next((one for one in shares if _is_share_of(one, answer)), None)
        one = mine or _free(sentence, answer)
        shares = [share for share in shares if share is not mine]
        if one is None:
            yield answer
        else:
            yield answer.with_figures(target=one.figures["target"]).over(one.start, one.end)
    yield from shares
    yield from _means(sentence)


def _is_share_of(one: Proposal, answer: Proposal) -> bool:
    """Whether a share is that of the calls answered in time: 接听及时率, 及时率, 20秒接通率."""
    if one.fixed["indicator"] == "K03" or one.title == "及时率":
        return True
    return one.fixed["indicator"] == "K01" and answer.start <= one.start < answer.end + 3


def _name(found: re.Match[str]) -> tuple[str, int]:
    """The indicator as it is called and where its name starts: 热线每月接通率 is 接通率."""
    words = found.group()
    known = re.search(rf"(?:{_NAME})$", words)
    loose = _LOOSE.match(words)
    at = known.start() if known else loose.end() if loose else 0
    return words[at:], found.start() + at


def _period(sentence: Sentence) -> Found:
    for period, words in _PERIODS:
        if re.search(words, sentence.text):
            return Found(period)
    return Found("monthly", is_assumed=True)


def _target(sentence: Sentence, found: re.Match[str]) -> Found:
    if found["tenths"]:
        tenths = number_in(found["tenths"]) or 0
        return Found(int(tenths * 10 + (5 if found["half"] else 0)), "percent")
    group = "n" if found["n"] else "han"
    return figure(sentence, found, group, "应达到百分之几？", "percent")


def _shares(sentence: Sentence) -> Iterator[Proposal]:
    last: list[re.Match[str]] = []
    end = 0
    for percent in PERCENT.finditer(sentence.text):
        between = [one for one in INDICATOR.finditer(sentence.text, end, percent.start())]
        named = _of_one_list(sentence, between) or _of_title(sentence, end)
        yield from _targets(sentence, named or last, percent, is_repeated=not named)
        last, end = named or last, percent.end()


def _of_one_list(sentence: Sentence, named: list[re.Match[str]]) -> list[re.Match[str]]:
    """接通率、满意度均不低于95%: all that are joined; else only the nearest."""
    out = named[-1:]
    for one in reversed(named[:-1]):
        gap = sentence.text[one.end() : out[0].start()]
        if not re.fullmatch(r"[、和及与]?[\u4e00-\u9fff]{0,6}", gap) or not re.match(
            "[、和及与]", gap
        ):
            break
        out.insert(0, one)
    return out


def _of_title(sentence: Sentence, end: int) -> list[re.Match[str]]:
    if end:
        return []
    found = re.search(rf"(?:{_NAME})$", sentence.title)
    return [found] if found else []


def _targets(
    sentence: Sentence, named: list[re.Match[str]], percent: re.Match[str], *, is_repeated: bool
) -> Iterator[Proposal]:
    for one in named:
        code = code_of(one.group())
        role = _role(sentence, percent, code)
        if role == "" or (is_repeated and role == "target"):
            continue
        title, at = _name(one)
        start = sentence.offset + at
        if one.string is not sentence.text or is_repeated:
            start = sentence.offset + percent.start()
        yield Proposal(
            start,
            sentence.offset + percent.end(),
            "kpi_target",
            title,
            _fixed(sentence, percent, code),
            _figures(sentence, percent, role),
        )


def _figures(sentence: Sentence, percent: re.Match[str], role: str) -> dict[str, Found]:
    value = _target(sentence, percent)
    figures = {role: value, "period": _period(sentence)}
    if role == "warning":
        figures["target"] = Found(unit="percent", ask="应达到百分之几？")
    return figures


def _fixed(sentence: Sentence, percent: re.Match[str], code: str) -> dict[str, Any]:
    before = _BEFORE.search(sentence.text[: percent.start()])
    is_strict = bool(before and not before["no"] and before["way"] in _HIGH_WAYS | _LOW_WAYS)
    fixed: dict[str, Any] = {"indicator": code}
    if is_strict and before and (before["way"] in _LOW_WAYS) == (code in LOW_IS_BETTER):
        fixed["is_strict"] = True
    return fixed


def _role(sentence: Sentence, percent: re.Match[str], code: str) -> str:
    """target, warning, or "" for a condition such as 低于90%的，扣减绩效."""
    before = _BEFORE.search(sentence.text[: percent.start()])
    rest = sentence.text[percent.end() :]
    after = percent["after"] or percent["after2"] or percent["after3"] or ""
    way = before["way"] if before and not before["no"] else ""
    bad_ways = _HIGH_WAYS if code in LOW_IS_BETTER else _LOW_WAYS
    is_bad = way in bad_ways or (code not in LOW_IS_BETTER and "以下" in after)
    if not is_bad:
        return "" if way and re.match(r"[^，,]{0,4}的[，,]", rest) else "target"
    if _WARNING.search(rest[:24]):
        return "warning"
    return "" if _CONDITION.match(rest) or code else "target"


def _free(sentence: Sentence, answer: Proposal) -> Proposal | None:
    """A share without an indicator beside an answering time: 80%以上的来电在20秒内接听."""
    start, end = answer.start - sentence.offset, answer.end - sentence.offset
    since = max(sentence.text.rfind(comma, 0, start) for comma in "，,") + 1
    commas = [at for comma in "，," if (at := sentence.text.find(comma, end)) >= 0]
    until = min(commas, default=len(sentence.text))
    for found in PERCENT.finditer(sentence.text, since, until):
        if not INDICATOR.search(sentence.text, since, found.start()):
            target = _target(sentence, found)
            return Proposal(*sentence.place(found), "kpi_target", "", {}, {"target": target})
    return None


def _timely_answer(sentence: Sentence) -> Iterator[Proposal]:
    found = _limit(sentence)
    if found is None:
        return
    match, group, unit = found
    start, end = sentence.place(match)
    verb = re.compile(_ANSWER).search(sentence.text, match.end(), match.end() + 14)
    if verb:
        end = sentence.offset + verb.end()
    ask = "响铃几声内应答？" if unit == "rings" else "几秒内应答？"
    yield Proposal(
        start,
        end,
        "kpi_target",
        "接听及时率",
        {"indicator": "K03", "variant": unit},
        {
            "limit": figure(sentence, match, group, ask, unit),
            "target": Found(unit="percent", ask=_SHARE_ASK),
            "period": _period(sentence),
        },
    )


def _limit(sentence: Sentence) -> tuple[re.Match[str], str, str] | None:
    """The limit for answering, its group and its unit; only where answering is spoken of."""
    rings = _RINGS.search(sentence.text)
    if rings and (rings["n"] or re.search(_ANSWER, sentence.text)):
        is_about = re.search(rf"{_ANSWER}|及时|问候", sentence.text)
        return (rings, "n" if rings["n"] else "n2", "rings") if is_about else None
    for seconds in _SECONDS.finditer(sentence.text):
        near = sentence.text[max(seconds.start() - 16, 0) : seconds.end() + 16]
        about = re.search(rf"{_ANSWER}|{'|'.join(SYNONYMS['K03'])}", near)
        is_mean = re.search("平均|通话时|时长", near[: near.find(seconds.group())])
        if about and not is_mean and (seconds["in"] is not None or re.search("不超过|≤|<", near)):
            return seconds, "n", "seconds"
    return None


def _means(sentence: Sentence) -> Iterator[Proposal]:
    for found in _MEAN.finditer(sentence.text):
        code = code_of(found["name"]) or ("K05" if _AFTER_CALL.match(found["name"]) else "K04")
        target = figure(sentence, found, "n", "平均不超过几秒？", "seconds")
        if target.value is not None:
            seconds = target.value * _SECONDS_OF[found["unit"]] + int(found["rest"] or 0)
            target = replace(target, value=seconds)
        title = {"K02": "平均接通速度", "K05": "案头工作时长"}.get(code, "平均处理时长")
        fixed: dict[str, Any] = {"indicator": code}
        if code == "K04" and "通话" in found["name"]:
            fixed["variant"] = "call"
        figures = {"target": target, "period": _period(sentence)}
        yield Proposal(*sentence.place(found), "kpi_target", title, fixed, figures)
