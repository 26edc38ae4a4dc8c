from lingzhi.improvement.measures.rectifications import MEASURES

__all__ = ["MEASURES"]
