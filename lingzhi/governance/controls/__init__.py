from lingzhi.governance.controls.audit import AUDIT
from lingzhi.governance.controls.meeting import MEETING

CONTROLS = [AUDIT, MEETING]

__all__ = ["AUDIT", "CONTROLS", "MEETING"]
