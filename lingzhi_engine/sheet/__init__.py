"""Score sheets (评分表): what they hold, what was answered, and the score that follows.

No Django, no database: `read_sheet(data)` gives a `Sheet` or names every problem, `read_answers`
does the same for what was answered, `score(sheet, answers)` computes, and `proposed` says what
inspection rules would answer.
"""

from .answering import as_data, proposed, read_answers
from .model import (
    Answer,
    Family,
    Fill,
    Given,
    Item,
    ItemKind,
    Need,
    Section,
    SectionKind,
    Sheet,
    Shown,
    Veto,
)
from .problems import InvalidSheet, Problem
from .reading import read_sheet
from .score import Missing, Score, ScoredItem, ScoredSection, score

__all__ = [
    "Answer", "Family", "Fill", "Given", "InvalidSheet", "Item", "ItemKind", "Missing", "Need",
    "Problem", "Score", "ScoredItem", "ScoredSection", "Section", "SectionKind", "Sheet", "Shown",
    "Veto", "as_data", "proposed", "read_answers", "read_sheet", "score",
]  # fmt: skip
