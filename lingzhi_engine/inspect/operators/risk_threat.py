"""``risk.threat``: regulator, media, court, or harm is spoken of (风险预警)."""

from __future__ import annotations

from collections.abc import Mapping

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..pattern.pattern import Pattern
from ..specs import Find, Phrases
from .base import EXCLUDE, FOLD, MIN_HITS, Operator, expressions, kinds_with_known

# What customers say, by kind: words taken literally, and expressions.
WORDS: Mapping[str, tuple[str, ...]] = {
    "regulator": (
        "工信部", "通信管理局", "通管局", "消协", "消费者协会", "消保委", "消费者权益保护",
        "市场监管", "市监局", "工商局", "工商投诉", "质监局", "物价局", "银保监", "银监会",
        "保监会", "证监会", "金融监管总局", "金管局", "人民银行投诉", "网信办", "交通委", "住建局",
        "信访", "上访", "市长热线", "市长信箱", "国务院", "纪委", "监管部门", "监管局",
        "主管部门投诉", "黑猫投诉", "人民投诉", "全国12315平台",
    ),
    "media": (
        "曝光", "媒体", "记者", "电视台", "上新闻", "找报社", "报社", "登报", "发微博", "发抖音",
        "发小红书", "发朋友圈骂", "发到网上", "发网上", "挂网上", "挂到网上", "上热搜", "网红",
        "大V", "焦点访谈", "今日头条", "315晚会", "三一五晚会", "人民日报", "新华社",
    ),
    "legal": (
        "起诉", "告上法庭", "法庭见", "法院见", "打官司", "律师函", "我的律师", "找律师", "请律师",
        "走法律", "法律途径", "法律程序", "诉讼", "仲裁", "立案", "报警", "报案", "追究法律责任",
        "追究你们的责任", "拿起法律武器", "集体诉讼", "公安局", "经侦", "检察院",
    ),
    "self_harm": (
        "自杀", "轻生", "不想活", "活不下去", "活不了了", "没法活", "死给你", "死给你们", "寻死",
        "去死算了", "一死了之", "跳楼", "跳河", "跳桥", "割腕", "上吊", "喝农药", "喝药死",
        "吃安眠药", "了结自己", "结束生命", "遗书", "以死", "同归于尽", "活着没意思", "生无可恋",
    ),
    "violence": (
        "打死你", "弄死你", "砍死", "杀了你", "杀你全家", "打断你", "废了你", "揍你", "找人收拾",
        "收拾你", "砸了你们", "砸店", "砸你们", "烧了你们", "放火", "炸了你们", "炸了你", "堵门",
        "上门找你", "知道你住哪", "知道你家", "让你好看", "走着瞧", "你等着", "给我等着", "血债",
        "报复你", "带刀", "拿刀", "泼油漆",
    ),
}  # fmt: skip
PATTERNS: Mapping[str, tuple[str, ...]] = {
    "regulator": (
        r"(?:打|拨|投诉到?|找|向|去|给|用|上)\s?.{0,4}(?:12315|12345|12300|12378|12363|12386|12358)",
        r"(?<!\d)(?:12315|12345|12300|12378|12363|12386|12358)(?!\d)(?:.{0,6}(?:投诉|举报|反映|告你|热线))?",
        r"(?:幺|一)二三(?:幺|一)五|(?:幺|一)二三四五",
        r"(?:向|去|到|找).{0,6}(?:上级|总部|监管|政府|有关部门|相关部门).{0,4}(?:投诉|举报|反映|告)",
    ),
    "media": (
        r"(?:发|放|传|挂|捅|爆)到?.{0,3}(?:网上|网络|微博|抖音|快手|小红书|朋友圈|B站|贴吧|论坛|视频号)",
        r"(?:找|联系|叫|让).{0,3}(?:记者|媒体|电视台|报社)",
    ),
    "legal": (
        r"(?:我要?|我会|准备|那就|一定|直接)(?:去)?(?:法院)?(?:告|起诉)(?:你|他|贵|公司|平台|商家)",
        r"(?:法律|法院|律师).{0,6}(?:解决|处理|说话|见|来)",
    ),
    "self_harm": (
        r"(?:我|俺).{0,4}(?:死了算了|死给|去死|不活了|想死|活够了|没活路)",
        r"(?:逼|害)(?:死)?我.{0,3}(?:死|跳|自杀|走绝路)",
    ),
    "violence": (
        r"(?:打|弄|砍|捅|揍|干|整)死(?:你|他|她|们)",
        r"(?:我|老子|俺).{0,6}(?:砍|捅|打|揍|砸|烧|炸)(?:了|死)?(?:你|他们|你们)",
        r"(?:带|叫|找)(?:人|兄弟|几个人).{0,4}(?:去|来|上门|堵|找)(?:你|你们)",
    ),
}
# Where the same words threaten nobody: taken back, asked about, named as one's own number.
_OUTSIDE = "投诉|曝光|起诉|打官司|报警|告你|12315|12345|12300|媒体|记者|律师|法院"
NEGATIONS = (
    r"(?:不(?:想|会|打算|要|是要|准备|愿意|需要|用|必|至于)|没(?:有|想|打算|说)|无需|犯不着|懒得)"
    rf"(?:再|真)?(?:去|到|找|打|向|说要|发)?(?:{_OUTSIDE})",
    r"(?:这里是|您拨打的是|欢迎致电|欢迎拨打|感谢致电|你们是|是不是|请问是|是)"
    r"(?:12315|12345|12300|消协|工信部|市长热线)(?:热线|平台)?(?:吗|吧|么|$|，|,|。|很高兴)",
    r"(?:12315|12345|消协|工信部)的?(?:电话|号码)?(?:是多少|怎么打|什么意思|是什么|是干什么)",
    r"(?:跟|和|同)(?:您|你|你们)?(?:开个?玩笑|说笑)(?:的|啦|呢)",
)
KINDS = tuple(WORDS)


def build(values: Values) -> Find:
    """The chosen kinds with the words of the rule, in turns that take nothing back."""
    known = (Phrases(_known(kind, values), name=kind) for kind in values["kinds"])
    return Find(
        kinds_with_known(known, values),
        min_hits=values["min_hits"],
        exclude=(*(expressions(NEGATIONS, values) if values["negations"] else ()),
                 *values["exclude"]),
    )  # fmt: skip


def _known(kind: str, values: Values) -> tuple[Pattern, ...]:
    words = tuple(patterns.word(text, fold=values["fold"]) for text in WORDS[kind])
    return words + expressions(PATTERNS[kind], values)


OPERATOR = Operator(
    name="risk.threat",
    summary="Somebody speaks of the regulator, the media, the law, harming himself, or violence.",
    params=(
        Param(
            "kinds",
            "choices",
            "regulator: 12315, 12345, ministry, consumers' association; media: press and public "
            "posts; legal: courts, lawyers, police; self_harm: suicide; violence: threats against "
            "people or the site.",
            default=KINDS,
            choices=KINDS,
        ),
        Param("words", "words", "Further words that threaten.", default=()),
        Param("pattern", "pattern", "Further expressions that threaten.", default=()),
        Param("known", "flag", "The words known here count as well.", default=True),
        Param(
            "negations",
            "flag",
            "A turn that takes it back, asks what it is or names its own number does not count.",
            default=True,
        ),
        EXCLUDE,
        MIN_HITS,
        FOLD,
    ),
    build=build,
)
