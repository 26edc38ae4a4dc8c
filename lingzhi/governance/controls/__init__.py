from lingzhi.governance.controls.meeting import MEETING

CONTROLS = [MEETING]

__all__ = ["CONTROLS", "MEETING"]
