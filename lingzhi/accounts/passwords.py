"""The validator that asks the security policy (R-SE-06)."""

import unicodedata

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.accounts.models import SecurityPolicy, User
from lingzhi.accounts.queries import current_policy


def kinds_of_characters(password: str) -> int:
    """How many of upper case, lower case, digits and anything else `password` mixes (0–4)."""
    return len({_kind(character) for character in password})


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return category if category in {"Lu", "Ll", "Nd"} else "other"


class PolicyValidator:
    """Length, kinds of characters and history, as the policy says at this moment."""

    def validate(self, password: str, user: User | None = None) -> None:
        policy = current_policy()
        if len(password) < policy.minimum_length:
            raise ValidationError(_length(policy), code="password_too_short")
        if kinds_of_characters(password) < policy.character_classes:
            raise ValidationError(_kinds(policy), code="password_too_uniform")
        if user is not None and user.pk and _was_used(password, user, policy):
            raise ValidationError(_("This password was used before."), code="password_reused")

    def get_help_text(self) -> str:
        policy = current_policy()
        return f"{_length(policy)} {_kinds(policy)}"


def _length(policy: SecurityPolicy) -> str:
    return ngettext(
        "At least %(count)d character.", "At least %(count)d characters.", policy.minimum_length
    ) % {"count": policy.minimum_length}


def _kinds(policy: SecurityPolicy) -> str:
    return _("At least %(count)d of: capitals, small letters, digits, other characters.") % {
        "count": policy.character_classes
    }


def _was_used(password: str, user: User, policy: SecurityPolicy) -> bool:
    old = user.old_passwords.values_list("password", flat=True)[: policy.history]
    return any(check_password(password, hashed) for hashed in [user.password, *old])
