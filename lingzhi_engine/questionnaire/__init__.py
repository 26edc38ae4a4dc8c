"""Questionnaires (调查问卷) as data: what is asked, of whom, and what an answer looks like.

>>> asked = read_questionnaire([
...     {"code": "overall", "kind": "scale", "scale": "five", "title": {"en": "All in all?"}},
...     {"code": "why", "kind": "text", "title": {"en": "What was not good?"},
...      "ask_if": {"question": "overall", "in": ["1", "2"]}},
... ], {"five": range(1, 6)})
>>> [one.code for one in asked.asked({"overall": ["5"]})]
['overall']
>>> [len(page) for page in asked.pages]
[1, 1]
"""

from lingzhi_engine.questionnaire.model import (
    AskIf,
    Given,
    Kind,
    Option,
    Question,
    Questionnaire,
    Row,
)
from lingzhi_engine.questionnaire.reading import InvalidQuestionnaire, read_questionnaire

__all__ = [
    "AskIf",
    "Given",
    "InvalidQuestionnaire",
    "Kind",
    "Option",
    "Question",
    "Questionnaire",
    "Row",
    "read_questionnaire",
]
