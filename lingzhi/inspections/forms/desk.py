"""The editor as a whole: which door is open, what stands in it, what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.forms.conditions import DEFAULT_OPERATOR, ConditionRows
from lingzhi.inspections.forms.editor import RuleDesk
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.rule_text import Unreadable, as_yaml, read_yaml
from lingzhi.inspections.wording.problems import place_in_words, sentence
from lingzhi_engine.inspect import OPERATORS, Problem

NEW: Body = {
    "severity": "moderate",
    "scope": {"role": "agent"},
    "conditions": {"a": {"op": DEFAULT_OPERATOR}},
}


@dataclass
class Editor:
    """The form door has a `desk`, the YAML door a `text`; both stand for one rule.

    `problems` are those that belong to no field, each as `(place, sentence)`.
    """

    rule: Rule | None
    base: Body
    data: QueryDict | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.door = "yaml" if self.data and self.data.get("door") == "yaml" else "form"
        self.text = self.data.get("text", "") if self.data and self.door == "yaml" else ""
        self.desk = self._desk(self.data) if self.door == "form" else None

    def _desk(self, data: Any, body: Body | None = None) -> RuleDesk:
        return RuleDesk(data, body=body or self.base, is_new=self.rule is None)

    @property
    def do(self) -> str:
        """What the button that was pressed asks for: save | add | change | drop-2 | yaml | form.

        A row whose operator was changed must show its new fields before anything else happens.
        """
        if self.data is None:
            return ""
        asked = self.data.get("do", "save")
        return "change" if asked == "save" and changed_rows(self.data) else asked

    def read(self) -> Body | None:
        """The rule that stands in the open door; None where it cannot be read."""
        if self.desk is not None:
            return self.desk.read() if self.desk.is_valid() else None
        try:
            body = read_yaml(self.text)
        except Unreadable as problem:
            self.problems.append(("", str(problem)))
            return None
        if not isinstance(body, dict):
            self.problems.append(("", _("A rule is a mapping of names to values.")))
            return None
        return canonical(body)

    @property
    def has_errors(self) -> bool:
        """Whether a field of the form is marked."""
        return self.desk is not None and any(form.errors for form in self.desk.all_forms())

    def act(self) -> None:
        """Do what needs no saving: another row, another door. Nothing typed is lost."""
        if self.do in ("yaml", "form"):
            self._change_door(self.do)
        elif self.desk is not None and self.data is not None:
            self.data = rearranged(self.data, self.do)
            self.desk = self._desk(self.data)
            self.desk.be_quiet()

    def _change_door(self, door: str) -> None:
        body = self.read()
        if body is None:
            return
        self.door = door
        if door == "yaml":
            self.text, self.desk = as_yaml(body), None
        else:
            self.desk = self._desk(None, {**body, "id": self._code(body)})

    def _code(self, body: Body) -> Any:
        return self.rule.code if self.rule else body.get("id")

    def name(self, problems: tuple[Problem, ...]) -> None:
        """Put each problem beside the field it is about, the others at the top."""
        for problem in problems:
            if self.desk is None or not self.desk.name(problem):
                self.problems.append((place_in_words(problem.field), sentence(problem)))


def opened(rule: Rule | None, data: QueryDict | None = None) -> Editor:
    """The editor of a rule (of its draft, else of its newest version), or of a new one."""
    return Editor(rule, canonical(_newest(rule).body) if rule else NEW, data)


def _newest(rule: Rule) -> RuleVersion:
    versions = rule.versions.order_by("-number")
    return versions.filter(state=RuleVersion.State.DRAFT).first() or versions[0]


def rearranged(data: QueryDict, do: str) -> QueryDict:
    """The form's data with a row more, or with row `drop-2` taken out."""
    changed = data.copy()
    count = len(ConditionRows(data).forms)
    if do == "add":
        taken = {data.get(f"c{at}-name") for at in range(count)}
        free = next(name for name in "abcdefghijklmnopqrstuvwxyz" if name not in taken)
        changed[f"c{count}-op"] = data.get("add_op") or DEFAULT_OPERATOR
        changed[f"c{count}-name"] = free
        changed["c_count"] = str(count + 1)
    elif do.startswith("drop-") and do[5:].isdecimal() and int(do[5:]) < count:
        changed = _without_row(changed, int(do[5:]), count)
    for at in changed_rows(changed):
        _fill_defaults(changed, f"c{at}-")
    return changed


def changed_rows(data: QueryDict) -> list[int]:
    """Rows whose fields are not those of their operator."""
    if data.get("door") == "yaml":
        return []
    rows = range(len(ConditionRows(data).forms))
    return [at for at in rows if data.get(f"c{at}-op") != data.get(f"c{at}-was")]


def _fill_defaults(data: QueryDict, prefix: str) -> None:
    """Boxes that are usually ticked begin ticked: an absent box would mean no."""
    operator = OPERATORS.get(data.get(f"{prefix}op") or "")
    for param in operator.params if operator else ():
        key = f"{prefix}p_{param.name}"
        if param.default is True:
            data[key] = "on"
        elif type(param.default) in (int, float, str) and key not in data:
            data[key] = str(param.default)


def _without_row(data: QueryDict, gone: int, count: int) -> QueryDict:
    kept = QueryDict(mutable=True)
    for key, values in data.lists():
        head, dash, rest = key.partition("-")
        number = head[1:]
        if dash and head.startswith("c") and number.isdecimal() and int(number) >= gone:
            if int(number) == gone:
                continue
            key = f"c{int(number) - 1}-{rest}"  # noqa: PLW2901 the row moves up
        kept.setlist(key, values)
    kept["c_count"] = str(count - 1)
    return kept
