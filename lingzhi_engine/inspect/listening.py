"""What listeners say to show that they listen (附和): 嗯, 对, 好的."""

from __future__ import annotations

from collections.abc import Iterable

from .likeness import letters_of

# A turn of nothing else interrupts nobody.
BACK_CHANNELS = (
    "嗯", "嗯哼", "唔", "哦", "噢", "喔", "啊", "呃", "额", "诶", "欸", "哎", "唉", "哈", "呵",
    "对", "对的", "对啊", "是", "是的", "是啊", "是吧", "没错", "好", "好的", "好嘞", "好滴",
    "好吧", "行", "行的", "可以", "明白", "明白了", "知道", "知道了", "了解", "了解了", "收到",
    "理解", "这样啊", "这样子", "原来如此", "没问题", "谢谢", "系", "系啊", "得",
    "ok", "okay", "yes", "yeah", "mm", "mhm", "uh", "huh", "right", "sure", "i see",
)  # fmt: skip
LONGEST = 24  # letters; whoever says more does more than listen


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """The letters of each of ``words``, as ``only_listens`` takes them."""
    return tuple(sorted({letters for word in words if (letters := letters_of(word))}))


def only_listens(text: str, words: tuple[str, ...]) -> bool:
    """Whether ``text`` is made of ``words`` and nothing else, marks and blanks aside."""
    letters = letters_of(text)
    if not words or len(letters) > LONGEST:
        return False
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(letters.endswith(word, 0, end) and end - len(word) in reached for word in words):
            reached.add(end)
    return len(letters) in reached
