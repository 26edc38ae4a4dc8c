"""Reads a rule set from data or from files and reports every problem with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

from . import expression, scope, transcript
from .expression import Expr
from .model import Condition, Effect, Example, Rule, RuleSet, Verdict
from .operators import OPERATORS
from .params import Wordsets, read
from .problems import LARGEST, FieldProblem, InvalidRules, Problem, did_you_mean
from .scope import Scope

FIELDS = (
    "id", "version", "title", "why", "dimension", "severity", "channels", "directions", "scope",
    "conditions", "when", "applies_when", "effect", "tests",
)  # fmt: skip
SEVERITIES = ("severe", "moderate", "minor")
DIRECTIONS = ("in", "out")
EFFECT_KINDS = ("violation", "credit", "signal")
DEEPEST = 50  # lists and mappings within each other in a file; the loader itself knows no limit
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_NAME = re.compile(r"[^\W\d]\w*")


def parse(data: object, *, file: str | None = None) -> RuleSet:
    """The rule set written as ``data``: a mapping with ``rules`` and ``wordsets``, or a list.

    Raises ``InvalidRules`` with all problems found, never only the first.
    """
    return _parse_all([(file, data)])


def load(path: str | Path) -> RuleSet:
    """The rule set of a YAML or JSON file, or of all such files in a folder taken together."""
    given = Path(path)
    files = sorted(p for p in given.glob("*") if p.suffix in (".yaml", ".yml", ".json"))
    documents: list[tuple[str | None, object]] = []
    problems = []
    for file in files if given.is_dir() else [given]:
        try:
            text = file.read_text(encoding="utf-8")
            documents.append((file.name, _read(text)))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            problems.append(Problem("not_readable", file=file.name, params={"error": error}))
    if problems:
        raise InvalidRules(problems)
    return _parse_all(documents)


def _read(text: str) -> object:
    """The document; ``yaml.YAMLError`` when it is none, or nested too deep for the loader."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.YAMLError(f"lists and mappings are nested deeper than {DEEPEST}")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _parse_all(documents: list[tuple[str | None, object]]) -> RuleSet:
    problems: list[Problem] = []
    wordsets: dict[str, Mapping[str, list[str]]] = {}
    entries: list[tuple[str | None, object]] = []
    for file, data in documents:
        whole = data if isinstance(data, Mapping) else {"rules": data}
        try:
            _check_fields(whole, ("rules", "wordsets"))
            wordsets.update(_wordsets(whole.get("wordsets") or {}))
            entries += [(file, entry) for entry in _list(whole.get("rules") or [], "rules")]
        except FieldProblem as problem:
            problems.append(problem.at(rule=None, field="", file=file))
    rules = []
    for file, entry in entries:
        reader = _RuleReader(entry, wordsets, file)
        rule = reader.read()
        problems += reader.problems
        if rule is not None:
            rules.append(rule)
    problems += _duplicates(entries)
    if problems:
        raise InvalidRules(problems)
    return RuleSet(tuple(rules))


def _duplicates(entries: list[tuple[str | None, object]]) -> list[Problem]:
    seen: set[object] = set()
    problems = []
    for file, entry in entries:
        rule_id = entry.get("id") if isinstance(entry, Mapping) else None
        if isinstance(rule_id, str):
            if rule_id in seen:
                problems.append(Problem("duplicate_id", rule_id, "id", file))
            seen.add(rule_id)
    return problems


def _wordsets(data: object) -> dict[str, Mapping[str, list[str]]]:
    if not isinstance(data, Mapping):
        raise FieldProblem("not_a_mapping", "wordsets")
    found: dict[str, Mapping[str, list[str]]] = {}
    for name, words in data.items():
        levels = words if isinstance(words, Mapping) else {"": words}
        found[str(name)] = {
            str(level): _list(given, f"wordsets.{name}") for level, given in levels.items()
        }
    return found


def _list(value: object, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise FieldProblem("not_a_list", field)
    return value


def _check_fields(data: Mapping[Any, Any], known: tuple[str, ...]) -> None:
    for name in data:
        if name not in known:
            hint = did_you_mean(str(name), known)
            raise FieldProblem("unknown_field", str(name), hint=hint, name=name)


def _is_figure(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return -LARGEST <= value <= LARGEST


class _RuleReader:
    """Reads one rule; every problem goes to ``problems`` and reading goes on."""

    def __init__(self, data: object, wordsets: Wordsets, file: str | None) -> None:
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self.wordsets = wordsets
        self.file = file
        self.id = str(self.data.get("id") or "?")
        self.problems: list[Problem] = []
        if not isinstance(data, Mapping):
            self.report(FieldProblem("not_a_mapping"))

    def report(self, problem: FieldProblem, field: str = "") -> None:
        self.problems.append(problem.at(rule=self.id, field=field, file=self.file))

    def read(self) -> Rule | None:
        if self.problems:
            return None
        self.unknown_fields()
        default = self.scope("scope", self.data.get("scope") or {}, Scope())
        conditions = self.conditions(default)
        when = self.expr("when", self.only_condition())
        applies_when = self.expr("applies_when", None) if "applies_when" in self.data else None
        self.check_names(conditions, when, applies_when)
        self.check_anchors(conditions)
        rule_id, title = self.rule_id(), self.texts("title")
        effect, examples = self.effect(), self.examples()
        version, why = self.version(), self.texts("why")
        severity = self.one_of("severity", SEVERITIES, "minor")
        channels, directions = self.channels(), self.directions()
        if self.problems or when is None:
            return None
        return Rule(
            id=rule_id,
            version=version,
            title=title,
            why=why,
            dimension=str(self.data.get("dimension") or rule_id.partition(".")[0]),
            severity=severity,
            channels=channels,
            directions=directions,
            conditions=tuple(conditions.values()),
            when=when,
            applies_when=applies_when,
            effect=effect,
            examples=examples,
        )

    def unknown_fields(self) -> None:
        for name in self.data:
            if name not in FIELDS:
                hint = did_you_mean(str(name), FIELDS)
                self.report(FieldProblem("unknown_field", hint=hint, name=name), str(name))

    def rule_id(self) -> str:
        value = self.data.get("id")
        if value is None:
            self.report(FieldProblem("missing"), "id")
        elif not isinstance(value, str) or not _ID.fullmatch(value):
            self.report(FieldProblem("bad_id"), "id")
        return self.id

    def version(self) -> int:
        value = self.data.get("version", 1)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
            self.report(FieldProblem("wrong_type", expected="a whole number"), "version")
            return 0
        return value

    def texts(self, field: str) -> Mapping[str, str]:
        value = self.data.get(field) or {}
        if isinstance(value, str):
            return {"zh-Hans": value}
        if isinstance(value, Mapping):
            return {str(language): str(text) for language, text in value.items()}
        self.report(FieldProblem("wrong_type", expected="text or texts by language"), field)
        return {}

    def one_of(self, field: str, choices: tuple[str, ...], default: str) -> str:
        value = self.data.get(field, default)
        if value not in choices:
            hint = did_you_mean(str(value), choices)
            self.report(FieldProblem("bad_choice", hint=hint, choices=", ".join(choices)), field)
        return str(value)

    def channels(self) -> tuple[str, ...]:
        value = self.data.get("channels") or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(FieldProblem("not_a_list"), "channels")
            return ()
        return tuple(sorted(set(value)))

    def directions(self) -> tuple[str, ...]:
        value = self.data.get("directions") or []
        if not isinstance(value, list) or any(item not in DIRECTIONS for item in value):
            problem = FieldProblem("bad_choice", choices=", ".join(DIRECTIONS))
            self.report(problem, "directions")
            return ()
        return tuple(sorted(set(value)))

    def scope(self, field: str, data: object, default: Scope) -> Scope:
        try:
            return scope.parse(data, default)
        except FieldProblem as problem:
            self.report(problem, field)
            return default

    def conditions(self, default: Scope) -> dict[str, Condition]:
        written = self.data.get("conditions")
        if not isinstance(written, Mapping) or not written:
            self.report(FieldProblem("missing" if not written else "not_a_mapping"), "conditions")
            return {}
        found: dict[str, Condition] = {}
        for name, data in written.items():
            field = f"conditions.{name}"
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                self.report(FieldProblem("wrong_type", expected="a name of letters"), field)
            elif not isinstance(data, Mapping):
                self.report(FieldProblem("not_a_mapping"), field)
            else:
                condition = self.condition(name, data, default, field)
                if condition is not None:
                    found[name] = condition
        return found

    def condition(
        self, name: str, data: Mapping[str, Any], default: Scope, field: str
    ) -> Condition | None:
        operator = OPERATORS.get(str(data.get("op")))
        if operator is None:
            hint = did_you_mean(str(data.get("op")), OPERATORS)
            code = "missing" if data.get("op") is None else "unknown_operator"
            self.report(FieldProblem(code, hint=hint, name=data.get("op")), f"{field}.op")
            return None
        own = {key: value for key, value in data.items() if key not in ("op", "scope")}
        values, problems = read(operator.params, own, self.wordsets)
        for problem in problems:
            self.report(problem, field)
        limits = self.scope(f"{field}.scope", data.get("scope") or {}, default)
        if problems:
            return None
        try:
            spec, limits = operator.build(values), operator.narrow(limits, values)
        except FieldProblem as problem:
            self.report(problem, field)
            return None
        return Condition(name, operator.name, spec, limits)

    def only_condition(self) -> str | None:
        """The name of the one condition, which is then also the whole expression."""
        written = self.data.get("conditions")
        single = isinstance(written, Mapping) and len(written) == 1
        return str(next(iter(written))) if single and written else None

    def expr(self, field: str, default: str | None) -> Expr | None:
        source = self.data.get(field, default)
        if not isinstance(source, str):
            self.report(FieldProblem("missing"), field)
            return None
        try:
            return expression.parse(source)
        except FieldProblem as problem:
            self.report(problem, field)
            return None

    def check_names(self, conditions: dict[str, Condition], *exprs: Expr | None) -> None:
        written = self.data.get("conditions")
        known = list(written) if isinstance(written, Mapping) else []
        for field, expr in zip(("when", "applies_when"), exprs, strict=True):
            for name in expression.names(expr) if expr is not None else ():
                if name not in known:
                    hint = did_you_mean(name, known)
                    self.report(FieldProblem("unknown_condition", hint=hint, name=name), field)
            for name in expression.sequenced(expr) if expr is not None else ():
                self.check_locating(name, conditions, field)

    def check_locating(self, name: str, conditions: dict[str, Condition], field: str) -> None:
        condition = conditions.get(name)
        if condition is not None and not OPERATORS[condition.operator].locates:
            self.report(FieldProblem("not_locating", name=name), field)

    def check_anchors(self, conditions: dict[str, Condition]) -> None:
        hangs_on: dict[str, set[str]] = {}
        for name, condition in conditions.items():
            anchor = condition.scope.anchor
            if anchor is None:
                continue
            field = f"conditions.{name}.scope.{anchor.relation}"
            if anchor.condition not in conditions:
                hint = did_you_mean(anchor.condition, conditions)
                problem = FieldProblem("unknown_condition", hint=hint, name=anchor.condition)
                self.report(problem, field)
            self.check_locating(anchor.condition, conditions, field)
            hangs_on[name] = {anchor.condition}
        try:
            TopologicalSorter(hangs_on).prepare()
        except CycleError as error:
            names = ", ".join(sorted(set(error.args[1])))
            self.report(FieldProblem("anchor_cycle", names=names), "conditions")

    def effect(self) -> Effect:
        data = self.data.get("effect") or {}
        if not isinstance(data, Mapping):
            self.report(FieldProblem("not_a_mapping"), "effect")
            return Effect()
        try:
            _check_fields(data, ("kind", "points", "per", "cap"))
        except FieldProblem as problem:
            self.report(problem, "effect")
        for field, choices in (("kind", EFFECT_KINDS), ("per", ("once", "hit"))):
            if field in data and data[field] not in choices:
                self.report(
                    FieldProblem("bad_choice", choices=", ".join(choices)), f"effect.{field}"
                )
        for field in ("points", "cap"):
            if data.get(field) is not None and not _is_figure(data[field]):
                self.report(FieldProblem("wrong_type", expected="a number"), f"effect.{field}")
                return Effect()
        cap = data.get("cap")
        return Effect(
            kind=str(data.get("kind", "violation")),
            points=float(data.get("points") or 0),
            per=str(data.get("per", "once")),
            cap=None if cap is None else float(cap),
        )

    def examples(self) -> tuple[Example, ...]:
        tests = self.data.get("tests") or {}
        if not isinstance(tests, Mapping):
            self.report(FieldProblem("not_a_mapping"), "tests")
            return ()
        found: list[Example] = []
        for verdict, conversations in tests.items():
            if verdict not in list(Verdict):
                hint = did_you_mean(str(verdict), list(Verdict))
                self.report(FieldProblem("unknown_field", hint=hint, name=verdict), "tests")
                continue
            if not isinstance(conversations or [], list):
                self.report(FieldProblem("not_a_list"), f"tests.{verdict}")
                continue
            for number, data in enumerate(conversations or [], start=1):
                example = self.example(Verdict(verdict), data, number)
                if example is not None:
                    found.append(example)
        return tuple(found)

    def example(self, verdict: Verdict, data: Any, number: int) -> Example | None:
        field = f"tests.{verdict}.{number}"
        try:
            return Example(verdict, transcript.conversation(data, field), number)
        except FieldProblem as problem:
            self.report(problem, field)
        except (TypeError, ValueError, AttributeError):
            self.report(FieldProblem("bad_turn"), field)
        return None
