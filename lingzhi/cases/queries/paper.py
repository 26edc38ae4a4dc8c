"""Forms of complaints: which section is due, and who signs it."""

from typing import Any

from django.db.models import Count, F, Max, QuerySet

from lingzhi.accounts.models import User
from lingzhi.cases.models import Duty, FormTemplate, PaperForm
from lingzhi.cases.queries.duties import duties_for, people_of
from lingzhi.cases.queries.people import leaders_of


def section_due(paper: PaperForm) -> dict[str, Any] | None:
    """The first section that nobody signed; None where all are."""
    done = set(paper.signed.values_list("code", flat=True))
    sections: list[dict[str, Any]] = paper.content["sections"]
    return next((one for one in sections if one["code"] not in done), None)


def signers_of(paper: PaperForm, section: dict[str, Any]) -> list[User]:
    """Who may sign a section: the people of its place in the route of opinions; where there is
    nobody, whoever works on the case and the leaders of its unit; never the person complained
    about."""
    complaint, case = paper.complaint, paper.complaint.case
    named = duties_for(complaint, Duty.Task.OPINION, section["step"])
    people = [one for duty in named for one in people_of(duty, complaint)]
    if not people:
        people = [*([case.handler] if case.handler else []), *leaders_of(case.unit)]
    return [one for one in dict.fromkeys(people) if one.pk != complaint.accused_id]


def newest_templates() -> QuerySet[FormTemplate]:
    """The newest version of each form, those in use first; `used` counts what was begun with it."""
    newest = FormTemplate.objects.order_by().values("code").annotate(last=Max("pk"))
    rows = FormTemplate.objects.filter(pk__in=newest.values("last"))
    in_use_first = F("retired_at").asc(nulls_first=True)
    return rows.annotate(used=Count("begun")).order_by(in_use_first, "order", "id")
