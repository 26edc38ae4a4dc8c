"""The figures of a draft, chapter by chapter, as the wizard asks for them."""

from dataclasses import dataclass, field

from django.forms import BoundField

from lingzhi.rulebook.forms.adopting import AnswersForm
from lingzhi.rulebook.packs import Content


@dataclass(slots=True)
class Group:
    """The fields of one chapter: what the pack leaves open, and what it suggests."""

    heading: str
    to_set: list[BoundField] = field(default_factory=list)
    suggested: list[BoundField] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """All groups, and how far the adopter has come."""

    groups: list[Group]
    total: int
    left: int
    suggestions: int
    next_field: str
    has_wrong_suggestion: bool


def shown_figures(form: AnswersForm, content: Content) -> ShownFigures:
    """The fields grouped by chapter; `next_field` is the id of the first one still open."""
    chapters = {one.number: f"{one.number} {one.heading}" for one in content.clauses}
    groups: dict[str, Group] = {}
    gaps = []
    for name, question in form.questions.items():
        top = question.clause.number.split(".")[0]
        group = groups.setdefault(top, Group(chapters.get(top, top)))
        if question.figure.is_placeholder:
            group.to_set.append(form[name])
        else:
            group.suggested.append(form[name])
        if question.is_gap:
            gaps.append(name)
    suggested = [one for group in groups.values() for one in group.suggested]
    return ShownFigures(
        groups=list(groups.values()),
        total=sum(len(group.to_set) for group in groups.values()),
        left=len(gaps),
        suggestions=len(suggested),
        next_field=form[gaps[0]].auto_id if gaps else "",
        has_wrong_suggestion=any(one.errors for one in suggested),
    )
