from lingzhi.portal.models.improvements import PublishedImprovement
from lingzhi.portal.models.rules import PlainRule
from lingzhi.portal.models.settings import PortalSettings
from lingzhi.portal.models.submissions import Submission

__all__ = ["PlainRule", "PortalSettings", "PublishedImprovement", "Submission"]
