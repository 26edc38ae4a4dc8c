"""Personal data in Chinese text: where it stands, and how it looks masked.

>>> mask("我叫王小明，电话13800002071")
'我叫王**，电话138****2071'
"""

from lingzhi_engine.privacy.detection import find, mask
from lingzhi_engine.privacy.kinds import KINDS
from lingzhi_engine.privacy.span import Kind, Span

__all__ = ["KINDS", "Kind", "Span", "find", "mask"]
