from lingzhi.governance.controls.audit import AUDIT

CONTROLS = [AUDIT]

__all__ = ["AUDIT", "CONTROLS"]
