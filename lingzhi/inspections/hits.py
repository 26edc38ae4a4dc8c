"""What apps below may ask about the rules that hit in a conversation."""

from collections.abc import Collection

from lingzhi.cases.queries.hits import RuleHits
from lingzhi.contacts.models import Contact
from lingzhi.inspections.queries import hits_of, rule_titles, rules_in_force


def _in_force() -> Collection[str]:
    return {one.rule.code for one in rules_in_force()}


def _of(contact: Contact) -> Collection[str]:
    return {one.rule.code for one in hits_of([contact]).get(contact.pk, [])}


HITS = RuleHits(titles=rule_titles, in_force=_in_force, of=_of)
