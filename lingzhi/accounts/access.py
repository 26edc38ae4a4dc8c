"""Pages of the security administrator."""

from django.core.exceptions import PermissionDenied

from lingzhi.accounts.models import SecurityPolicy, User
from lingzhi.accounts.queries import current_policy


def policy_to_change(user: User) -> SecurityPolicy:
    """The security policy, for those who set it."""
    if not user.can("accounts.secure"):
        raise PermissionDenied
    return current_policy()


def roles_to_read(user: User) -> None:
    """The table of roles is for those who see people."""
    if not user.can("accounts.read"):
        raise PermissionDenied
