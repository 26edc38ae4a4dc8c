"""Reading what files and feeds say of conversations; what is general is read by core."""

import math
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.core.encryption import blind
from lingzhi.core.intake import Wrong
from lingzhi.core.readers import EXACT, count, plain, reference, text
from lingzhi_engine.privacy import find, mask

# Kinds of personal data that are numbers, as long as a source's own numbers.
TELLING = {"mobile", "id_card", "bank_card"}
MARK = 8

WORDS_IN = {"in", "inbound", "呼入", "来电", "进线", "受理", "呼入电话"}
WORDS_OUT = {"out", "outbound", "呼出", "外呼", "去电", "回访"}
WORDS_YES = {"true", "yes", "y", "1", "是", "已告知", "已同意", "同意"}
WORDS_NO = {"false", "no", "n", "0", "否", "未告知", "未同意", "不同意"}
WORDS_ENDED_BY = {
    "agent": {"agent", "坐席", "座席", "客服", "坐席挂机", "座席挂机", "客服挂机"},
    "customer": {"customer", "客户", "用户", "客户挂机", "用户挂机", "顾客", "宾客"},
    "system": {"system", "系统", "系统挂机", "超时"},
}


def masked_text(limit: int) -> Callable[[Any], str]:
    """Free words, such as an outcome: agents write phones and names into them."""
    as_text = text(limit)
    return lambda raw: mask(as_text(raw))


def number(limit: int) -> Callable[[Any], str]:
    """What a source calls a conversation or an agent, as `unnamed` keeps it."""
    as_reference = reference(limit)
    return lambda raw: unnamed(as_reference(raw), limit)


def unnamed(value: str, limit: int = 120) -> str:
    """A number that shows nobody's phone, ID card or bank card: such a one is masked.

    What follows the mask is the same for the same number and keeps apart those that look alike.
    """
    if not {span.kind for span in find(value)} & TELLING:
        return value
    mark = f"~{blind(value, 'contacts.number')[:MARK]}"
    return mask(value)[: limit - len(mark)] + mark


def seconds(limit: int) -> Callable[[Any], int]:
    """A length of time: seconds, `1:05` or `00:01:05`."""
    number = count(limit)

    def read(raw: Any) -> int:
        value = unicodedata.normalize("NFKC", plain(raw))
        if re.fullmatch(r"([0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}", value):
            return number(sum(int(part) * 60**at for at, part in enumerate(value.split(":")[::-1])))
        return number(raw)

    return read


def milliseconds(raw: Any) -> int:
    """A time within a conversation, in milliseconds from its start; fractions are rounded."""
    try:
        value = float(plain(raw))
    except ValueError:
        value = -1.0
    if isinstance(raw, bool) or not 0 <= value < 2**31:
        raise Wrong(_("Times of turns are milliseconds from the start, from 0 on."))
    return round(value)


def share(raw: Any) -> float:
    """A share from 0 to 1; 0 to 100 with a percent sign."""
    text = plain(raw)
    value = _figure(text.rstrip("%％")) / (100 if text.endswith(("%", "％")) else 1)
    if isinstance(raw, bool) or not 0 <= value <= 1:
        raise Wrong(_("A certainty is a number from 0 to 1."))
    return value


def decibels(raw: Any) -> float:
    """A level of the voice in decibels, from -200 to 200."""
    value = _figure(plain(raw))
    if isinstance(raw, bool) or not -200 <= value <= 200:
        raise Wrong(_("A level of the voice is a number of decibels."))
    return value


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")  # lies in no range


def emotion(raw: Any) -> str:
    """The label that recognition gave: up to twenty letters, in lower case."""
    label = plain(raw).strip().lower()
    if len(label) > 20:
        raise Wrong(_("A name of an emotion may have at most 20 characters."))
    return label


def direction(raw: Any) -> str:
    value = plain(raw).lower()
    if value in WORDS_IN:
        return "in"
    if value in WORDS_OUT:
        return "out"
    raise Wrong(_("The direction must be inbound or outbound."))


def ended_by(raw: Any) -> str:
    value = plain(raw).lower()
    for who, words in WORDS_ENDED_BY.items():
        if value in words:
            return who
    raise Wrong(_("It must be the agent, the customer or the system who ended it."))


def truth(raw: Any) -> bool:
    """Yes or no, as sources write it."""
    value = plain(raw).lower()
    if value in WORDS_YES:
        return True
    if value in WORDS_NO:
        return False
    raise Wrong(_("This must be yes or no."))


def free(raw: Any) -> dict[str, Any]:
    """Further data: a flat object of texts, numbers and truth values, personal data masked."""
    if not isinstance(raw, dict) or len(raw) > 100:
        raise Wrong(_("This must be an object of at most 100 values."))
    return {plain(key)[:60]: _free_value(value) for key, value in raw.items()}


def _free_value(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    text = plain(value)[:1000]
    masked = mask(text)
    is_number = isinstance(value, int | float) and math.isfinite(value) and abs(value) < EXACT
    return value if is_number and masked == text else masked
