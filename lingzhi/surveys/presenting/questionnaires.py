"""A version of a questionnaire as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from lingzhi.core.languages import in_language, joined
from lingzhi.surveys.models import Answer, Dimension, QuestionnaireVersion
from lingzhi.surveys.queries.questionnaires import problems_of, scales
from lingzhi.surveys.wording.questionnaires import in_words


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One question in the list: what it asks, how, about what, and when."""

    code: str
    title: str
    kind: str
    parts: tuple[str, ...]
    about: str
    condition: str
    is_required: bool
    low_at: int | None


def version_context(version: QuestionnaireVersion, *, may_set: bool) -> dict[str, Any]:
    """Questions, problems, and what may be done."""
    found = version.questionnaire
    return {
        "version": version,
        "found": found,
        "rows": _rows(version),
        "problems": [in_words(one) for one in problems_of(version.questions, of=found.occasion)],
        "versions": found.versions.select_related("activated_by"),
        "may_set": may_set,
        "may_change": may_set and version.is_draft,
        "has_draft": found.versions.filter(state="draft").exists(),
    }


def _rows(version: QuestionnaireVersion) -> list[ShownRow]:
    names = {one.code: str(one) for one in Dimension.objects.all()}
    known = scales()
    titles = {row["code"]: in_language(row["title"]) for row in version.questions}
    kinds = dict(Answer.Kind.choices)
    rows = []
    for row in version.questions:
        parts = [
            in_language(one["title"]) for one in (*row.get("rows", ()), *row.get("options", ()))
        ]
        if row.get("scale") in known:
            parts.insert(0, str(known[row["scale"]]))
        codes = [row.get("dimension"), *(one.get("dimension") for one in row.get("rows", ()))]
        about = joined(dict.fromkeys(names[code] for code in codes if code in names))
        condition = row.get("ask_if") or {}
        said = ""
        if condition:
            said = gettext("only after “%(question)s”: %(answers)s") % {
                "question": titles.get(condition["question"], condition["question"]),
                "answers": joined(condition["in"]),
            }
        rows.append(
            ShownRow(
                row["code"], titles[row["code"]], str(kinds[row["kind"]]), tuple(parts), about,
                said, bool(row.get("required")), row.get("low_at"),
            )
        )  # fmt: skip
    return rows
