"""Controls inside tables, whose label stands in the heading of their row."""

from django import template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from lingzhi.core.templatetags.fields import control as drawn

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control alone, in the look of the program."""
    return drawn(field)
