"""The rights of surveys."""

from django.core.exceptions import PermissionDenied

from lingzhi.accounts.models import User

READ = "surveys.read"


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless a role held today grants `capability`."""
    if not user.can(capability):
        raise PermissionDenied
