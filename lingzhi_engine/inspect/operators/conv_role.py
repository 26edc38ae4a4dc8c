"""``conv.role``: are the roles labelled right? (角色判断)"""

from __future__ import annotations

from dataclasses import replace

from ..params import Param, Values
from ..pattern import pattern as patterns
from ..scope import Scope
from ..specs import Find, Phrases
from .base import FOLD, Operator

# What only the service side says.
SERVICE_PHRASES = (
    "很高兴为您服务",
    "竭诚为您服务",
    "请问有什么可以帮您",
    "请问有什么可以帮到您",
    "有什么可以帮助您",
    "工号为您服务",
    "还有其他可以帮您",
    "还有什么可以帮您",
    "感谢您的来电",
    "请对我的服务进行评价",
    "请您稍等我帮您查",
    "这边帮您查询",
    "我帮您核实一下",
    "麻烦您提供一下",
)


def build(values: Values) -> Find:
    """Phrases of the service side, in turns labelled as somebody else's."""
    words = values["words"] or tuple(
        patterns.word(text, fold=values["fold"]) for text in SERVICE_PHRASES
    )
    return Find((Phrases(words, name="service phrases"),), min_hits=values["min_hits"])


def narrow(scope: Scope, values: Values) -> Scope:
    """The turns labelled with the role that would not say so."""
    return replace(scope, roles=values["role"])


OPERATOR = Operator(
    name="conv.role",
    summary="Service phrases stand in turns of the customer: the labels look swapped.",
    params=(
        Param("role", "roles", "Whose turns should not hold the phrases.", default=("customer",)),
        Param("words", "words", "The phrases, in place of the ones known here."),
        Param("min_hits", "integer", "How many matches there must be.", default=1, minimum=1),
        FOLD,
    ),
    build=build,
    needs=("text", "roles"),
    narrow=narrow,
)
