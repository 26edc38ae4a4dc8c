from lingzhi.governance.models.goals import Goal
from lingzhi.governance.models.verdicts import Verdict

__all__ = [
    "Goal",
    "Verdict",
]
