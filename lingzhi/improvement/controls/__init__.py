from lingzhi.improvement.controls.rectification import RECTIFICATION

CONTROLS = [RECTIFICATION]

__all__ = ["CONTROLS", "RECTIFICATION"]
