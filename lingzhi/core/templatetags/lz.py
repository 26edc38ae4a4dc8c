"""`{% load lz %}` gives every tag and filter of the components."""

from lingzhi.core.templatetags import fields, figures, labels, lists, page, prose, talk
from lingzhi.core.templatetags.registry import register

__all__ = ["fields", "figures", "labels", "lists", "page", "prose", "register", "talk"]
