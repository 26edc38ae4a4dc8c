"""The words of each source that can be laid on a dimension, by their names."""

from collections.abc import Callable

from lingzhi.cases.models import CaseType, Cause, Complaint, Feedback
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import rule_titles, rules_in_force
from lingzhi.surveys.queries.voice import Source, Terms

Named = list[tuple[str, str]]


def words_of(source: Source) -> Named:
    """(code, name) of what is in use; what is laid already though it went out of use comes last."""
    found = WORDS[source]()
    known = {code for code, _name in found}
    left = [code for code in Terms.now().dimension_of[source] if code not in known]
    titles = rule_titles() if source == Source.RULE and left else {}
    return found + [(code, titles.get(code, code)) for code in left]


def _causes() -> Named:
    return [(one.code, str(one)) for one in Cause.objects.filter(retired_at=None)]


def _types() -> Named:
    """The types of cases in which customers complain."""
    rows = Complaint.objects.order_by().values("case__type")
    return [(one.code, str(one)) for one in CaseType.objects.filter(pk__in=rows)]


def _feedback() -> Named:
    return [(code, str(words)) for code, words in Feedback.About.choices]


def _rules() -> Named:
    """Rules in force that find something wrong or a sign; credits are nobody's trouble."""
    titles = rule_titles()
    rows = rules_in_force().exclude(kind=RuleVersion.Kind.CREDIT)
    return [(one.rule.code, titles.get(one.rule.code, one.rule.code)) for one in rows]


def _phrases() -> Named:
    return []


WORDS: dict[Source, Callable[[], Named]] = {
    Source.RULE: _rules,
    Source.CAUSE: _causes,
    Source.TYPE: _types,
    Source.FEEDBACK: _feedback,
    Source.PHRASE: _phrases,
}
