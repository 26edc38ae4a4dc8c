"""How binding a sentence is (约束力), by the words it uses."""

import re

from opencc import OpenCC

_MUST = re.compile(
    "必须|须|方可|不低于|不少于|不超过|不高于|务必|不得|不准|不允许|严禁|禁止|不许|应当|应该"
    "|(?<![响对相适供反效回])应(?![急变届答]|用(?!户)|收账|付账)|(?:shall|must)(?= )",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"(?<![适便不时])宜(?!居)|不宜|鼓励|提倡|推荐|尽可能|尽量|should(?= )", re.IGNORECASE
)
_MAY = re.compile("可以|可(?![能靠追行见疑执持用信控及])|有权|may(?= )", re.IGNORECASE)
_simplify = OpenCC("t2s").convert


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; every position stays.

    >>> simplified("應當於24小時內回覆")
    '应当于24小时内回复'
    """
    found = str(_simplify(text))
    return found if len(found) == len(text) else text


def force_of(text: str) -> str:
    """must, should, may or statement: the strongest word decides.

    >>> force_of("客服专员应当首问负责"), force_of("宜每季度评审"), force_of("用户可以投诉")
    ('must', 'should', 'may')
    >>> force_of("供水热线受理相应业务")
    'statement'
    """
    words = simplified(text)
    for force, pattern in (("must", _MUST), ("should", _SHOULD), ("may", _MAY)):
        if pattern.search(words):
            return force
    return "statement"
