from lingzhi.governance.models.goals import Goal
from lingzhi.governance.models.plans import PlanTask, ServicePlan
from lingzhi.governance.models.verdicts import Verdict

__all__ = [
    "Goal",
    "PlanTask",
    "ServicePlan",
    "Verdict",
]
