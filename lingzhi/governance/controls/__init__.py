from lingzhi.governance.controls.audit import AUDIT
from lingzhi.governance.controls.directory import DIRECTORY
from lingzhi.governance.controls.document import DOCUMENT
from lingzhi.governance.controls.meeting import MEETING
from lingzhi.governance.controls.plan import PLAN

CONTROLS = [AUDIT, DIRECTORY, DOCUMENT, MEETING, PLAN]

__all__ = ["AUDIT", "CONTROLS", "DIRECTORY", "DOCUMENT", "MEETING", "PLAN"]
