"""Time limits of cases and follow-up: 24小时内答复, 5个工作日内办结, 办结后3日内回访."""

import re
from collections.abc import Iterator

from lingzhi.rulebook.regulation_text.numerals import BLANK, NUMERAL
from lingzhi.rulebook.regulation_text.proposals import Found, Proposal, Sentence, figure
from lingzhi.rulebook.regulation_text.tables import BETWEEN

UNITS = {
    "分钟": "minutes", "工作小时": "working_hours", "小时": "hours",
    "工作日": "working_days", "工作天": "working_days",
    "自然日": "days", "日历日": "days", "日": "days", "天": "days",
}  # fmt: skip
# Which clock a verb stops; the order decides where a verb could mean several.
CLOCKS = (
    ("follow_up", "回访"),
    ("periodic_update", "反馈(?:一次)?(?:办理|处理)?(?:进展|进度|情况)|通报进展|告知(?:进展|进度)"
                        "|阶段性(?:答复|反馈)"),
    ("proposal", "处理方案|解决方案|处理意见|提出方案"),
    ("hand_over", "转办|转派|派发|派单|派送|转交|移交|流转|下派|转至"),
    ("own", "签收|接单|认领|领取工单"),
    ("investigation", "调查|核实|核查|查明"),
    ("resolution", "办结|办理完毕|处理完毕|处理完成|解决|处置完毕|修复|恢复|结案|完成处理|处理完"),
    ("first_response", "响应|受理|首次联系|联系(?:用户|客户|顾客|宾客|来电人|投诉人)|回应"
                       "|到达现场|赶到现场|回电|回复"),
    ("feedback", "答复|反馈|回告|告知(?:处理)?结果|告知"),
)  # fmt: skip
CASES = (
    ("urgent", "紧急|应急|突发|爆管|抢修|加急|危及"),
    ("complex", "复杂|疑难|重大"),
    ("complaint", "投诉|客诉"),
    ("feedback", "意见|建议|表扬"),
    ("request", "报装|申请|报修|咨询|查询|求助|预约"),
    ("normal", "一般|普通|常规"),
)
_TITLES = {
    "periodic_update": "进展反馈", "proposal": "提出方案", "hand_over": "转办", "own": "签收",
    "investigation": "调查", "resolution": "办结", "first_response": "响应", "feedback": "答复",
}  # fmt: skip
_ASK = "时限是多少？"

LIMIT = re.compile(
    rf"(?P<lead>每隔?|不超过|不得超过|最长|至迟|≤)?\s*(?P<n>{NUMERAL}|{BLANK})\s*个?"
    r"(?P<unit>工作小时|小时|工作日|工作天|自然日|日历日|分钟|日|天)(?P<half>半)?"
    r"(?P<in>之内|以内|内|之前|前)?"
)
# 三年, 提前3日, 连续3天 and 保存30天 are no limits.
_NO_LIMIT = re.compile(
    r"(?:提前|连续|累计|满|保存|留存|保留|每月|每年|脱岗|近|过去|通话|第|培训)[^，,]{0,6}$"
)
_CLAUSE_END = re.compile("[，,]")
# What asks for a follow-up, in the order in which the words decide.
_TRIGGERS = (("solved", "处理|解决|修复|维修"), ("event", "来电|通话|服务结束"))
# Whom: classes of customers as they are kept.
_CLASSES = (("vip", "VIP|贵宾|会员"), ("important", "重要|重点"), ("special", "特殊需求"))


def limits(sentence: Sentence) -> Iterator[Proposal]:
    """Every limit of a sentence that a verb gives a meaning to."""
    matches = list(LIMIT.finditer(sentence.text))
    for index, found in enumerate(matches):
        if not (found["in"] or found["lead"]) or _NO_LIMIT.search(sentence.text[: found.start()]):
            continue
        until = matches[index + 1].start() if index + 1 < len(matches) else len(sentence.text)
        since = matches[index - 1].end() if index else 0
        meaning = _of_column(sentence, found) or _meaning(sentence.text, found, since, until)
        if meaning is None:
            continue
        clock, end = meaning
        limit = _figure(sentence, found)
        span = (sentence.offset + found.start(), sentence.offset + end)
        if clock == "follow_up":
            yield _follow_up(sentence, found, span, limit)
        else:
            yield _sla(sentence, found, span, clock=clock, limit=limit)


def _figure(sentence: Sentence, found: re.Match[str]) -> Found:
    unit = UNITS[found["unit"]]
    limit = figure(sentence, found, "n", _ASK, unit)
    if unit == "hours" and limit.value == 0.5:
        return Found(30, "minutes")
    return limit


def _meaning(text: str, found: re.Match[str], since: int, until: int) -> tuple[str, int] | None:
    """The clock and the end of its verb: looked for after the limit, then before it."""
    after = _verb(text, found.end(), until)
    if after is not None:
        return after
    before = _verb(text, since, found.start())
    is_time = re.search(r"(?:时限|时间|期限|周期|时效)[^，,]{0,8}$", text[since : found.start()])
    if before is not None and (is_time or found["lead"] or "｜" in text):
        return before[0], found.end()
    return None


def _of_column(sentence: Sentence, found: re.Match[str]) -> tuple[str, int] | None:
    """In a table the head of the column says which clock is meant."""
    heads = sentence.heads()
    column = sentence.text.count(BETWEEN, 0, found.start())
    if column >= len(heads):
        return None
    verb = _verb(heads[column], 0, len(heads[column]))
    return (verb[0], found.end()) if verb else None


def _verb(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The nearest verb that stops a clock; among those in one breath, the order of CLOCKS."""
    segment_end = end
    comma = _CLAUSE_END.search(text, start, end)
    if comma and re.search("|".join(words for _c, words in CLOCKS), text[start : comma.start()]):
        segment_end = comma.start()
    for clock, words in CLOCKS:
        verb = re.compile(words).search(text, start, segment_end)
        if verb:
            return clock, verb.end()
    return None


def _case(sentence: Sentence, found: re.Match[str]) -> str:
    """The kind of case: named in the same part of the sentence, else in the clause's title."""
    parts = re.split(f"[，,{BETWEEN}]", sentence.text[: found.start()])
    for part in (*reversed(parts), sentence.title):
        for case, words in CASES:
            if re.search(words, part):
                return case
    return "all"


def _sla(
    sentence: Sentence, found: re.Match[str], span: tuple[int, int], *, clock: str, limit: Found
) -> Proposal:
    lead = (found["lead"] or "").strip()
    title = _TITLES[clock] + "时限"
    clock = "periodic_update" if lead.startswith("每") else clock
    fixed = {"clock": clock, "case": _case(sentence, found)}
    return Proposal(*span, "sla", title, fixed, {"limit": limit})


def _follow_up(
    sentence: Sentence, found: re.Match[str], span: tuple[int, int], within: Found
) -> Proposal:
    before = sentence.text[: found.start()]
    trigger = next((code for code, words in _TRIGGERS if re.search(words, before)), "closed")
    fixed = {"trigger": trigger, "audience": classes_in(sentence.text) or ["all"]}
    if "投诉" in sentence.text and trigger != "event":
        fixed["case"] = "complaint"
    return Proposal(*span, "followup", "回访", fixed, {"within": within})


def classes_in(text: str) -> list[str]:
    """The classes of customers that a sentence names."""
    return [code for code, words in _CLASSES if re.search(words, text)]
