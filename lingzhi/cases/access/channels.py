"""Channels for complaints: everybody who works here reads them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.complaints import require_complaining
from lingzhi.cases.models import ComplaintChannel
from lingzhi.cases.queries.channels import complaint_channels
from lingzhi.cases.queries.people import SET


def channel_to_change(user: User, pk: int) -> ComplaintChannel:
    """A channel that is published, for who sets flows."""
    require_complaining(user)
    row = complaint_channels().filter(pk=pk).first()
    if row is None:
        raise Http404
    require(user, SET)
    return row
