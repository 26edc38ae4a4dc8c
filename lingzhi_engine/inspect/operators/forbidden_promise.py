"""``forbidden.promise``: more is promised than can be kept (过度承诺)."""

from __future__ import annotations

from ..params import Param, Values
from ..specs import Find, Phrases
from .base import FOLD, MIN_HITS, Operator, expressions, with_known

# Certainty + somebody else's decision or an outcome; "不保证", "无法保证" promise nothing.
PROMISES = (
    r"(?<!不)(?<!不能)(?<!无法)(?<!没法)(?<!不敢)(?<!没办法)"
    r"(?:保证|百分之?百|百分百|100%|打包票|绝对|肯定)(?:能|会|可以|给您|给你|帮您|帮你|没问题|不会再)"
    r".{0,8}(?:解决|办好|办下来|退|赔|到账|通过|批|成功|处理好|出问题|发生|恢复|修好)",
    r"(?<!不)(?<!不能)(?<!无法)(?<!没法)(?<!不敢)(?<!没办法)(?:保证|包)(?:您|你).{0,6}(?:满意|没事|解决|到账)",
    r"打包票|百分之百(?:没问题|可以|能)|绝对没(?:有)?问题|绝对不会再|(?<!不)包在我身上",
)


def build(values: Values) -> Find:
    """The known promises and those of the rule, unless the turn takes them back."""
    return Find(
        (Phrases(with_known(expressions(PROMISES, values), values), name="promise"),),
        min_hits=values["min_hits"],
        exclude=(*values["unless"], *values["unless_pattern"]),
    )


OPERATOR = Operator(
    name="forbidden.promise",
    summary="A result is promised for certain that lies in other hands.",
    params=(
        Param("words", "words", "Further words that promise too much.", default=()),
        Param("pattern", "pattern", "Further expressions that promise too much.", default=()),
        Param("known", "flag", "The promises known here count as well.", default=True),
        Param("unless", "words", "A turn with one of these words does not count.", default=()),
        Param("unless_pattern", "pattern", "The same as an expression.", default=()),
        MIN_HITS,
        FOLD,
    ),
    build=build,
)
