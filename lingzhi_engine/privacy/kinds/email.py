"""E-mail addresses, also as people spell them aloud (…艾特幺六三点com)."""

import re
from collections.abc import Iterator

from lingzhi_engine.privacy.reading import SPOKEN_DIGITS, Reading
from lingzhi_engine.privacy.span import Kind, Span

_WRITTEN = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?@\s?"
    r"(?:[A-Za-z0-9\-]{1,63}\.){1,4}[A-Za-z]{2,10}(?![A-Za-z0-9])"
)
_NAME = rf"[A-Za-z0-9._\-{SPOKEN_DIGITS}]"
_SPELLED = re.compile(
    rf"{_NAME}(?:\s?(?:{_NAME}|点|下划线)){{1,40}}\s?(?:艾特|圈a|圈A|@|at)\s?"
    rf"{_NAME}{{1,20}}\s?(?:点|\.)\s?(?:com|cn|net|org|康姆|抗母)"
)
_SPOKEN_SIGNS = str.maketrans("零〇洞○一幺二两三四五六七八九拐勾点", "00001122345678979.")


def _find(reading: Reading) -> Iterator[Span]:
    for match in _WRITTEN.finditer(reading.plain):
        yield Span("email", *match.span(), match[0].replace(" ", "").lower())
    for match in _SPELLED.finditer(reading.plain):
        value = re.sub("艾特|圈a|圈A|at(?=[^a-z]*点)", "@", match[0]).replace("下划线", "_")
        value = re.sub("康姆|抗母", "com", value).translate(_SPOKEN_SIGNS)
        yield Span("email", *match.span(), re.sub(r"\s", "", value).lower())


def _kept(words: str) -> set[int]:
    """The first character and the domain: w***@163.com."""
    at = re.search("[@＠]|艾特|圈|at", words)
    return {0, *range(at.start() if at else len(words), len(words))}


KIND = Kind("email", _find, _kept)
