from lingzhi.governance.controls.audit import AUDIT
from lingzhi.governance.controls.meeting import MEETING
from lingzhi.governance.controls.plan import PLAN

CONTROLS = [AUDIT, MEETING, PLAN]

__all__ = ["AUDIT", "CONTROLS", "MEETING", "PLAN"]
