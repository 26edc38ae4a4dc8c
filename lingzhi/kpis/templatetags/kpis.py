"""A target in words."""

from django import template
from django.utils.translation import gettext as _

from lingzhi.kpis.models import Target
from lingzhi.kpis.presenting.saying import say_target

register = template.Library()


@register.simple_tag
def aim(target: Target) -> str:
    """≥ 95%, with the warning line where there is one."""
    definition = target.definition
    words = say_target(
        target.value, definition.unit, better=definition.direction, is_strict=target.is_strict
    )
    if target.warning is None:
        return words
    warning = say_target(target.warning, definition.unit, better=definition.direction)
    return _("%(target)s, warning line %(warning)s") % {"target": words, "warning": warning}
