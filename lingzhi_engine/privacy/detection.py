"""Find personal data in Chinese text, and mask it in place."""

import re
from bisect import bisect
from collections.abc import Iterable

from lingzhi_engine.privacy.kinds import KINDS
from lingzhi_engine.privacy.reading import SPOKEN_DIGITS, Reading
from lingzhi_engine.privacy.span import Span

_D = rf"[0-9０-９{SPOKEN_DIGITS}十百]"
# Most turns hold nothing of the kind; one look must be enough to know. Each kind's own search is
# stricter than its part here, never wider.
_MAYBE = re.compile(
    r"[0-9０-９][ \-]?[0-9０-９]"
    rf"|[{SPOKEN_DIGITS}][\s，,、。.\-]?[{SPOKEN_DIGITS}0-9][\s，,、。.\-]?[{SPOKEN_DIGITS}0-9][\s，,、。.\-]?[{SPOKEN_DIGITS}0-9]"
    r"|[@＠]|艾特|圈[aA]"
    rf"|{_D}\s?(?:[号栋幢座室房户弄楼层组队#＃]|单元)|[省市州].{{1,12}}[区县市]"
    r"|[先女].?[生士]|小姐|太太|师傅|老师|经理|总监|主任|主管|医生|大夫|教授|律师|同志|大[姐哥爷妈]|阿姨|叔叔|奶奶|爷爷|[店科处队院校]长|总[，。,.!！?？、您你好\s]|总$"
    r"|姓|名|我[叫是]|[他她][叫是]|本人|户主|[机车业]主|[货件系收单买卡户记诉修约]人|就叫"
)
_NAMES = {kind.name: kind for kind in KINDS}


def find(text: str) -> list[Span]:
    """All personal data in `text`, in order of place and without overlap.

    Detected are the kinds of `lingzhi_engine.privacy.kinds.KINDS`; offsets are characters of the
    original text. Text without any trace of personal data costs one search.
    """
    if not _MAYBE.search(text):
        return []
    reading = Reading(text)
    return _without_overlap(span for kind in KINDS for span in kind.find(reading))


def _without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Of overlapping spans the longest (a card before an ID inside it), then the stronger kind."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        at = bisect(chosen, span.start, key=_start)
        before, after = chosen[at - 1 : at], chosen[at : at + 1]
        if all(other.end <= span.start for other in before) and all(
            span.end <= other.start for other in after
        ):
            chosen.insert(at, span)
    return chosen


def _start(span: Span) -> int:
    return span.start


def mask(text: str) -> str:
    """`text` with personal data starred out, character for character.

    Length and places stay, so that offsets found in one text hold in the other. What remains
    readable is what people need to recognise a thing: 138****2071, 王**, the district of an
    address, the domain of an e-mail address.
    """
    spans = find(text)
    if not spans:
        return text
    signs = list(text)
    for span in spans:
        kept = set(_NAMES[span.kind].kept(text[span.start : span.end]))
        for offset in range(span.end - span.start):
            if offset not in kept:
                signs[span.start + offset] = "*"
    return "".join(signs)
