"""Single cells of a file of people, understood."""

import re
from datetime import date
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from lingzhi.accounts.roles import ROLES

DEFAULT_ROLE = "agent"


def date_of(text: str) -> date | None:
    """2024-3-1, 2024/3/1, 2024.3.1, 2024年3月1日 or 20240301; None for anything else."""
    found = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def role_of(text: str) -> str | None:
    """The code of a role by its code or its name in any language; blank is an agent."""
    return _roles_by_name().get(text.strip().lower()) if text.strip() else DEFAULT_ROLE


@lru_cache
def _roles_by_name() -> dict[str, str]:
    names = {code: code for code in ROLES}
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            names |= {str(role.label).lower(): code for code, role in ROLES.items()}
    return names


def skills_of(text: str) -> list[str]:
    """Names between commas, semicolons or bars, each once."""
    parts = (part.strip() for part in re.split(r"[,;，；、|]", text))
    return list(dict.fromkeys(part for part in parts if part))


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def clean_path(team: str) -> str:
    """A unit's path with one kind of slash: `热线中心 > 一组` is `热线中心/一组`."""
    return "/".join(part.strip() for part in re.split(r"[/\\>＞]", team) if part.strip())
