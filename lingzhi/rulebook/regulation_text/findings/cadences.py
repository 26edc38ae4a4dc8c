"""What recurs: 每月召开质量分析会, 每季度组织培训, 每年至少演练一次, 定期检查设备."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lingzhi.rulebook.regulation_text.findings.limits import classes_in
from lingzhi.rulebook.regulation_text.numerals import BLANK, NUMERAL
from lingzhi.rulebook.regulation_text.proposals import Found, Proposal, Sentence, figure, zh

_EVERY = (
    ("daily", "每个?工作日|每日|每天|每班|逐日"),
    ("weekly", "每周|每星期|每一周"),
    ("", "每半年|每两[周月年]|每隔[^，,]{1,3}[周月年]|定期|不定期"),
    ("quarterly", "每季度?|每个季度|按季"),
    ("monthly", "每个?月|按月|月度"),
    ("yearly", "每年度?|每一年|年度|按年"),
)
CADENCE = re.compile("|".join(f"(?P<c{at}>{words})" for at, (_c, words) in enumerate(_EVERY)))
_PAPERS = re.compile(
    "(?P<daily>日报)|(?P<weekly>周报)|(?P<monthly>月报)|(?P<quarterly>季报)|(?P<yearly>年报)"
)
_SOON = 34  # characters between the cadence and what recurs
_HOW_OFTEN = "多久一次？"

_EQUIPMENT = "设备|系统|机房|话机|电话机|耳麦|耳机|线路|录音(?:系统|设备)|消防|电源|车辆|终端"
THINGS: tuple[tuple[str, str], ...] = (
    ("drill", "演练|演习"),
    ("exam", "考试|测试|测验|业务考核|技能考核|知识考核|闭卷"),
    ("followup", "回访"),
    ("training", "培训|轮训|学习班|集中学习"),
    ("meeting", "例会|分析会|班[前后]会|座谈会|会议|晨会|评审会"),
    ("sampling", "抽检|抽查|抽听|质检|监听|抽样|抽取"),
    ("equipment_check", f"盘点|检修|巡检|(?:{_EQUIPMENT})[^，,]{{0,8}}(?:检查|维护|保养|测试)"
                        f"|(?:检查|维护|保养|测试)[^，,]{{0,6}}(?:{_EQUIPMENT})"),
    ("audit", "内审|审核|稽核|评审|督查|专项检查|自查|检查"),
    ("appraisal", "考核|考评|评优|评选"),
    ("report", "(?:分析报告|报告|报表|通报|日报|周报|月报|季报|年报|简报|分析)(?!会|师|员)"),
)  # fmt: skip
_PATTERN = {kind: re.compile(words) for kind, words in THINGS}
_SIZE = re.compile(
    rf"(?:不少于|不低于|至少|抽[取检查听]|各)?\s*(?P<n>{NUMERAL}|{BLANK})\s*(?P<unit>条|通|个|次|件|份|例|宗|户)"
)
_HOURS = re.compile(rf"(?P<n>{NUMERAL}|{BLANK})\s*个?(?:学时|课时|小时)")
_PASS = re.compile(
    rf"(?P<n>{NUMERAL}|{BLANK})\s*分(?:（含）)?(?:\s*(?:及)?以上)?(?:（含）)?(?:为|方为|视为|即为|者?方?可|算)?(?:合格|及格|通过)"
    rf"|(?:合格|及格)(?:线|分数?|标准)?(?:为|是)?(?:不低于)?\s*(?P<n2>{NUMERAL}|{BLANK})\s*(?:分|%)"
)
_PER = re.compile(
    "(?:每|各)(?:位|名|人|个)?(?:客服专员|客服代表|话务员|座席员?|坐席|员工|专员|人员|班组|岗位|人)"
)
# Codes of the kind `sampling`; what is drawn without a word about how is drawn at random.
_METHODS = (("live", "监听|旁听"), ("stratified", "分层"), ("risk", "风险"), ("random", "随机"))
_FOR_EACH = (("team", "班组"), ("agent", "."))
_LEAD = re.compile(
    "^(?:至少|应当|应(?![急答用])|须|由|都|要|组织|开展|召开|进行|举行|实施|编制|提交|形成|一次|不少于|对|全面)+"
)
_READERS = (("leadership", "领导|总经理|管理层|公司"), ("supervisor", "主管|中心主任|经理"))
_SECTIONS = (
    ("figures", "指标|数据|统计|话务"), ("inspection", "质检|质量检查"),
    ("problems", "问题|不足"), ("cases", "案例|典型"), ("trend", "趋势|变化|对比"),
    ("measures", "措施|整改|改进"), ("directions", "方向|建议|计划"),
)  # fmt: skip


def cadences(sentence: Sentence) -> Iterator[Proposal]:
    """What recurs in a sentence; each cadence is taken with the nearest thing after it."""
    found_any = False
    matches = list(CADENCE.finditer(sentence.text))
    for index, found in enumerate(matches):
        until = matches[index + 1].start() if index + 1 < len(matches) else len(sentence.text)
        thing = _thing(sentence.text, found.end(), min(until, found.end() + _SOON))
        if thing is None:
            continue
        found_any = True
        start, end = sentence.offset + found.start(), sentence.offset + thing[1].end()
        yield _proposal(sentence, thing, (start, end), _cadence(sentence, found))
    if not found_any:
        yield from _papers(sentence)


def _cadence(sentence: Sentence, found: re.Match[str]) -> Found:
    cadence = next(
        cadence for at, (cadence, _words) in enumerate(_EVERY) if found[f"c{at}"] is not None
    )
    if cadence:
        return Found(cadence)
    words = found.group()
    ask = _HOW_OFTEN if "定期" in words else f"原文为“{words}”，按哪种频次检查？"
    return Found(ask=ask, blank=sentence.place(found) if words == "定期" else None)


def _thing(text: str, start: int, end: int) -> tuple[str, re.Match[str]] | None:
    """The thing that comes first; of two at one place, the order of THINGS."""
    matches = [
        (found.start(), order, kind, found)
        for order, (kind, pattern) in enumerate(_PATTERN.items())
        if (found := pattern.search(text, start, end))
    ]
    if not matches:
        return None
    first = min(matches)
    strong = [one for one in matches if one[2] == "report" and one[3].end() - first[3].end() <= 8]
    if first[2] in {"sampling", "audit"} and strong and "报" in strong[0][3].group():
        return strong[0][2], strong[0][3]
    return first[2], first[3]


def _papers(sentence: Sentence) -> Iterator[Proposal]:
    """编制日报、周报和月报: the name says how often."""
    if not re.search("编制|提交|报送|形成|出具|发布|上报|撰写|编写", sentence.text):
        return
    for found in _PAPERS.finditer(sentence.text):
        cadence = str(found.lastgroup)
        yield _proposal(sentence, ("report", found), sentence.place(found), Found(cadence))


def _proposal(
    sentence: Sentence, thing: tuple[str, re.Match[str]], span: tuple[int, int], cadence: Found
) -> Proposal:
    kind, _found = thing
    made = _made(
        sentence, thing, sentence.text[span[0] - sentence.offset : span[1] - sentence.offset]
    )
    figures = {**made.figures, "cadence": cadence}
    proposal = Proposal(*span, kind, made.title, made.fixed, figures)
    if made.stretch and made.stretch.start() + sentence.offset - span[1] < _SOON:
        proposal = proposal.over(*sentence.place(made.stretch))
    return proposal


def untimed(sentence: Sentence) -> Iterator[Proposal]:
    """Training with its hours and exams with their pass mark, where nothing says how often."""
    if CADENCE.search(sentence.text):
        return
    for kind, needed in (("training", _HOURS), ("exam", _PASS)):
        found, figure_words = _PATTERN[kind].search(sentence.text), needed.search(sentence.text)
        if not found or not figure_words:
            continue
        words = re.split("[，,、的]", sentence.text[: found.start()])[-1][-12:] + found.group()
        made = _made(sentence, (kind, found), words)
        proposal = Proposal(*sentence.place(found), kind, made.title, made.fixed, made.figures)
        yield proposal.over(*sentence.place(figure_words))


@dataclass(frozen=True, slots=True)
class _Made:
    """What a kind makes of a sentence; `stretch` are further words it uses."""

    title: str
    fixed: Mapping[str, Any]
    figures: Mapping[str, Found] = field(default_factory=dict)
    stretch: re.Match[str] | None = None


def _made(sentence: Sentence, thing: tuple[str, re.Match[str]], words: str) -> _Made:
    kind, found = thing
    plain = CADENCE.sub("", words, count=1)
    title = _LEAD.sub("", plain)[-16:] or words
    return _MAKERS[kind](sentence, title, found)


Maker = Callable[[Sentence, str, re.Match[str]], _Made]


def _report(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    readers = [role for role, words in _READERS if re.search(words, sentence.text)]
    sections = [part for part, words in _SECTIONS if re.search(words, sentence.text)]
    fixed = {
        "readers": readers or ["quality_manager"],
        "sections": sections or ["figures", "problems"],
    }
    return _Made(title, fixed)


def _named(param: str) -> Maker:
    return lambda _sentence, title, _found: _Made(title, {param: zh(title)})


def _listed(param: str) -> Maker:
    return lambda _sentence, title, _found: _Made(title, {param: [zh(title)]})


def _sampling(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    size = _SIZE.search(sentence.text, found.start()) or _SIZE.search(sentence.text)
    ask = "每次抽多少？"
    amount = figure(sentence, size, "n", ask, "items") if size else Found(unit="items", ask=ask)
    per = _PER.search(sentence.text)
    fixed = {
        "method": _code(_METHODS, sentence.text, "random"),
        "per": _code(_FOR_EACH, per.group() if per else "", "centre"),
    }
    return _Made(title, fixed, {"size": amount}, size)


def _code(codes: Sequence[tuple[str, str]], text: str, otherwise: str) -> str:
    """The first code whose words a text has."""
    return next((code for code, words in codes if re.search(words, text)), otherwise)


def _training(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    hours = _HOURS.search(sentence.text)
    figures = {"hours": figure(sentence, hours, "n", "培训多少学时？", "hours")} if hours else {}
    return _Made(title, {"topics": [zh(title)]}, figures, hours)


def _exam(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    mark = _PASS.search(sentence.text)
    ask = "多少分合格（百分制）？"
    group = "n" if mark and mark["n"] else "n2"
    unknown = Found(unit="percent", ask=ask)
    pass_mark = figure(sentence, mark, group, ask, "percent") if mark else unknown
    return _Made(title, {"topic": zh(title)}, {"pass_mark": pass_mark}, mark)


def _follow_up(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    """Of whom the sentence names no class, the class has to be chosen."""
    classes = classes_in(sentence.text)
    fixed = {"trigger": "regular", **({"audience": classes} if classes else {})}
    within = Found(unit="working_days", ask="在多少个工作日内完成？")
    return _Made("回访", fixed, {"within": within})


def _appraisal(sentence: Sentence, title: str, found: re.Match[str]) -> _Made:
    return _Made(title, {"subjects": zh("全体人员"), "contents": [zh(title)]})


_MAKERS: dict[str, Maker] = {
    "report": _report,
    "meeting": _named("name"),
    "sampling": _sampling,
    "training": _training,
    "exam": _exam,
    "drill": _named("scenario"),
    "equipment_check": _listed("things"),
    "audit": _named("scope"),
    "appraisal": _appraisal,
    "followup": _follow_up,
}
