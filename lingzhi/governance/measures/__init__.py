from lingzhi.governance.measures.plan_tasks import MEASURES

__all__ = ["MEASURES"]
