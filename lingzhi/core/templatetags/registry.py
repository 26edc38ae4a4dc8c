"""The one tag library of the program; its tags live in the modules beside this one."""

from django.template import Library

register = Library()
