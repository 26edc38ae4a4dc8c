"""Rules belong to the whole company: whoever sees findings sees every rule."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import ACTIVATE, READ, WRITE, require
from lingzhi.inspections.models import Rule, RuleVersion


def rule_to_read(user: User, pk: int) -> Rule:
    """A rule with its owner."""
    require(user, READ)
    rule = Rule.objects.select_related("owner").filter(pk=pk).first()
    if rule is None:
        raise Http404
    return rule


def rule_to_write(user: User, pk: int) -> Rule:
    """A rule of which this person may save a draft."""
    rule = rule_to_read(user, pk)
    require(user, WRITE)
    return rule


def rule_to_hand_over(user: User, pk: int) -> Rule:
    """A rule whose owner this person may change."""
    rule = rule_to_read(user, pk)
    require(user, ACTIVATE)
    return rule


def version_to_read(user: User, pk: int, number: int) -> RuleVersion:
    """One version of a rule."""
    rule = rule_to_read(user, pk)
    version = rule.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.rule = rule
    return version


def version_to_activate(user: User, pk: int, number: int) -> RuleVersion:
    """A version this person may put into force or retire."""
    version = version_to_read(user, pk, number)
    require(user, ACTIVATE)
    return version


def version_to_write(user: User, pk: int, number: int) -> RuleVersion:
    """A version this person may put into shadow or, as a draft, throw away."""
    version = version_to_read(user, pk, number)
    require(user, WRITE)
    return version
