"""Work in the background about answers."""

from lingzhi.approvals.models import Approval
from lingzhi.knowledge import models
from lingzhi.knowledge.services import articles


def publish_approved(approval_id: int, version_id: int) -> None:
    """The last signature was given: the version is in force. Doing so twice changes nothing."""
    version = models.ArticleVersion.objects.select_related("article").get(pk=version_id)
    articles.publish_approved(version, Approval.objects.get(pk=approval_id))
