"""How acts, their objects and their doors are named on pages."""

from django import template

from lingzhi.audit.actions import name_of_action
from lingzhi.audit.kinds import door_in_words, kind_in_words

register = template.Library()
register.filter("act_name", name_of_action)
register.filter("kind_name", kind_in_words)
register.filter("door_name", door_in_words)
