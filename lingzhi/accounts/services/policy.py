"""The security policy is changed by the security administrator alone."""

from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from lingzhi.accounts.models import SecurityPolicy, User
from lingzhi.accounts.queries import current_policy
from lingzhi.audit.services import record


@transaction.atomic
def change_policy(values: dict[str, Any], *, by: User) -> SecurityPolicy:
    """Put new limits into force, at once for new tries and within a minute for open sessions."""
    before = model_to_dict(current_policy())
    policy, _ = SecurityPolicy.objects.update_or_create(pk=1, defaults=values)
    after = model_to_dict(policy)
    changed = [field for field in after if after[field] != before.get(field)]
    record(
        by,
        "accounts.policy_changed",
        policy,
        before={field: before.get(field) for field in changed},
        after={field: after[field] for field in changed},
    )
    return policy
