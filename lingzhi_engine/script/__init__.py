"""Scripts of conversations (话术) as data: questions, the answers each takes, and where it leads.

>>> script = read_script({
...     "title": {"en": "After a repair"},
...     "questions": [
...         {"code": "works", "kind": "choice", "title": {"en": "Does it work?"}, "required": True,
...          "choices": [{"code": "yes", "title": {"en": "Yes"}},
...                      {"code": "no", "title": {"en": "No"}}],
...          "jumps": [{"when": ["yes"], "to": "end"}]},
...         {"code": "why", "kind": "text", "title": {"en": "What is wrong?"}},
...     ],
... })
>>> [one.code for one in script.asked({"works": "yes"})]
['works']
>>> [one.code for one in script.asked({"works": "no"})]
['works', 'why']
"""

from lingzhi_engine.script.model import END, Asks, Choice, Jump, Kind, Question, Script, joined
from lingzhi_engine.script.reading import InvalidScript, read_script

__all__ = [
    "END",
    "Asks",
    "Choice",
    "InvalidScript",
    "Jump",
    "Kind",
    "Question",
    "Script",
    "joined",
    "read_script",
]
