"""Labels of emotions as speech and text analysis name them, and how good or bad each is.

Recognition differs from vendor to vendor; labels are compared without case, blanks and strokes,
traditional as simplified.
"""

from __future__ import annotations

from collections.abc import Mapping

from .fold import fold

# From worst to best; two labels of one line are as good as each other.
_LADDER: tuple[tuple[int, tuple[str, ...]], ...] = (
    (-2, (
        "strongly negative", "very negative", "angry", "anger", "furious", "rage", "hostile",
        "shouting", "愤怒", "生气", "暴怒", "恼怒", "强烈负面", "非常负面", "非常不满", "辱骂",
    )),
    (-1, (
        "negative", "dissatisfied", "unhappy", "sad", "sadness", "fear", "fearful", "anxious",
        "anxiety", "disgust", "disappointed", "disappointment", "impatient", "frustrated",
        "frustration", "annoyed", "worried", "complaining", "负面", "负向", "消极", "不满",
        "不满意", "难过", "悲伤", "伤心", "恐惧", "害怕", "焦虑", "着急", "厌恶", "厌烦", "失望",
        "不耐烦", "烦躁", "抱怨", "委屈", "担忧",
    )),
    (0, (
        "neutral", "calm", "normal", "peaceful", "中性", "中立", "平静", "正常", "平稳",
        "无情绪",
    )),
    (1, (
        "positive", "happy", "happiness", "joy", "satisfied", "thankful", "grateful", "gratitude",
        "relieved", "friendly", "pleased", "正面", "正向", "积极", "满意", "高兴", "开心", "喜悦",
        "愉快", "感谢", "感激", "友好", "轻松",
    )),
    (2, (
        "strongly positive", "very positive", "delighted", "excited", "very satisfied",
        "强烈正面", "非常正面", "非常满意", "惊喜", "赞扬",
    )),
)  # fmt: skip


def plain(label: str) -> str:
    """``label`` as it is compared."""
    return "".join(char for char in fold(label).lower() if char.isalnum())


STEPS: Mapping[str, int] = {plain(label): step for step, labels in _LADDER for label in labels}


def family(name: str) -> tuple[str, ...]:
    """The known labels that are negative, neutral or positive."""
    sign = {"negative": -1, "neutral": 0, "positive": 1}[name]
    return tuple(label for label, step in STEPS.items() if (step > 0) - (step < 0) == sign)
