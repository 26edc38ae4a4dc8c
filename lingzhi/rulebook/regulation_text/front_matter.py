"""What a regulation says about itself: why it was made, whom it binds, who interprets it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PURPOSE = re.compile(
    "为(?:了|进一步|切实|全面)?[^。]{4,300}?(?:制定|制订|特制定|编制)本[^。]{1,12}"
)
_SCOPE = re.compile("[^。；]{0,40}适用于[^。]{2,200}")
_INTERPRETER = re.compile("由([^。，；、]{2,40}?)(?:负责)?(?:进行)?解释")
_FROM = re.compile("自[^。；，]{2,24}?(?:起|之日)[^。；，]{0,4}?(?:施行|执行|实施|生效)")
_BASIS = re.compile("(?:根据|依据|按照)[^。；]{0,80}?《[^。；]*》")
_PRINCIPLES = re.compile('(?:遵循|坚持|贯彻|秉承)[“"「]?([^。；]{4,80}?)[”"」]?的?(?:服务)?原则')
_BETWEEN = re.compile("[、，]|”“")
_INTERNAL = re.compile("本公司|本中心|本单位|公司")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Sentences of the regulation itself, "" and () where it says nothing."""

    purpose: str = ""
    applies_to: str = ""
    interpreter: str = ""
    effective: str = ""
    basis: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()


def front_matter(texts: Iterable[str]) -> FrontMatter:
    """Look through the texts of a regulation, in order; the first of each kind counts."""
    every = list(texts)
    principles = _first(_PRINCIPLES, every, group=1)
    return FrontMatter(
        purpose=_first(_PURPOSE, every),
        applies_to=_first(_SCOPE, every),
        interpreter=_first(_INTERPRETER, every, group=1),
        effective=_first(_FROM, every),
        basis=tuple(re.findall("《[^》]{2,60}》", _first(_BASIS, every))),
        principles=tuple(
            word for part in _BETWEEN.split(principles) if (word := part.strip('“”"「」 的和'))
        ),
    )


def _first(pattern: re.Pattern[str], texts: list[str], *, group: int = 0) -> str:
    found = next((match for text in texts if (match := pattern.search(text))), None)
    return found[group].strip() if found else ""
