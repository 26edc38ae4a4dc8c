"""How acts are named on pages."""

from django import template

from lingzhi.audit.actions import name_of_action

register = template.Library()
register.filter("act_name", name_of_action)
