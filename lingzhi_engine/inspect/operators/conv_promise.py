"""``conv.promise``: somebody in the scope promises something, and it is kept or not (承诺兑现)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Phrases, Promise
from .base import EXCLUDE, FOLD, Operator, expressions, with_known

_DO = (
    "(?:回电|回复|回访|答复|反馈|联系|致电|打电话|回话|处理|解决|办理|跟进|落实|到账|退还|退款|退回|赔付|发货|"
    "补发|送达|上门|恢复|修复|完成|办结|开通|寄出|审核|核实)"
)
# Something that will be done later, for the customer.
PROMISES = (
    rf"(?:内|之内|以内|之前|以前|左右|后|之后).{{0,12}}{_DO}",
    rf"(?<!不)(?:会|将|一定|尽快|稍后|到时候?|晚点|明天|后天|今天|下周|月底).{{0,8}}(?:给|跟|与|和|为|帮|向)(?:您|你)"
    rf".{{0,8}}{_DO}",
    r"(?<!不)(?:会|将|一定|尽快|稍后|到时候?).{0,8}(?:联系|回复|答复|回访|通知|致电|告知)(?:您|你)",
    r"(?:登记|记录|上报|反馈|提交|转交).{0,8}(?:后|之后).{0,8}(?:回复|联系|答复|处理|解决)",
    r"(?<!不)(?:答应|承诺|保证)(?:您|你|会|给|在)",
)


def build(values: Values) -> Promise:
    """Hours as they are; the allowance in milliseconds."""
    return Promise(
        Phrases(with_known(expressions(PROMISES, values), values), name="promise"),
        values["time"],
        values["min"],
        values["max"],
        values["kept"],
        values["table"],
        values["grace_ms"],
        values["exclude"],
    )


OPERATOR = Operator(
    name="conv.promise",
    summary="Something is promised, within some hours, and what became of it by the records.",
    params=(
        Param("words", "words", "Further words that promise something.", default=()),
        Param("pattern", "pattern", "Further expressions that promise something.", default=()),
        Param("known", "flag", "The promises known here count as well.", default=True),
        Param(
            "time",
            "choice",
            "stated: only promises with a time; unstated: only those without one.",
            default="any",
            choices=("any", "stated", "unstated"),
        ),
        Param("min", "number", "Promised for this many hours or more.", minimum=0),
        Param("max", "number", "Promised for this many hours or fewer.", minimum=0),
        Param(
            "kept",
            "choice",
            "What became of it: kept, broken (late or overdue), open, or unrecorded.",
            choices=("kept", "broken", "open", "unrecorded"),
        ),
        Param(
            "table",
            "choice",
            "Where that is looked up: the table of promises, or of tickets.",
            default="promises",
            choices=("promises", "tickets"),
        ),
        Param("grace_ms", "number", "How much later still counts as kept.", default=0, minimum=0),
        EXCLUDE,
        FOLD,
    ),
    build=build,
    needs=("text", "promises", "tickets"),
)
