"""Where packs come from: folders that come with the program, and rows made in the browser."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lingzhi.core.stamps import Stamp, stamp_of
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.packs.checking import problems_of
from lingzhi.rulebook.packs.content import Body
from lingzhi.rulebook.packs.problems import PackProblem, PackProblems, UnknownPack


@dataclass(frozen=True)
class Source:
    """A pack as it was read: its body, the file of each clause, what could not be read."""

    body: Body
    files: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[PackProblem, ...] = ()
    is_own: bool = False


class _Strict(yaml.CSafeLoader):
    """YAML without doubled names, which would silently win over one another."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    names = [loader.construct_object(key, deep=True) for key, _value in node.value]
    doubled = {str(name) for name in names if names.count(name) > 1}
    if doubled:
        raise yaml.MarkedYAMLError(
            problem=f"{', '.join(sorted(doubled))} twice", problem_mark=node.start_mark
        )
    return dict(zip(names, (loader.construct_object(v, deep=True) for _k, v in node.value)))  # noqa: B905


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def pack_codes() -> list[str]:
    """Codes of the packs that can be adopted, those of the program first."""
    own = Pack.objects.filter(withdrawn_at=None).values_list("code", flat=True)
    shipped = shipped_codes()
    return shipped + [code for code in own if code not in shipped]


def shipped_codes() -> list[str]:
    """Codes of the packs that come with the program."""
    return sorted(path.parent.name for path in Path(settings.PACKS).glob("*/pack.yaml"))


def source_of(code: str) -> Source:
    """A pack as it stands in its folder or row, without what it inherits. Raises UnknownPack."""
    if code in shipped_codes():
        return _read_folder(Path(settings.PACKS) / code)
    row = Pack.objects.filter(code=code, withdrawn_at=None).first()
    if row is None:
        raise UnknownPack()
    return Source({**row.body, "id": code}, is_own=True)


def _read_folder(folder: Path) -> Source:
    """The pack in a folder; read anew only when one of its files changed."""
    return _read(folder, stamp_of([folder / "pack.yaml", *folder.glob("clauses/*.yaml")]))


@lru_cache(maxsize=32)
def _read(folder: Path, _stamp: Stamp) -> Source:
    problems: list[PackProblem] = []
    head = _read_yaml(folder / "pack.yaml", problems)
    body: Body = dict(head) if isinstance(head, dict) else {}
    files = {"": f"{folder.name}/pack.yaml"}
    if body.get("id") != folder.name:
        problems.append(PackProblem(files[""], "", "id", _("The folder is called differently.")))
    body["clauses"] = []
    for path in sorted(folder.glob("clauses/*.yaml")):
        rows = _read_yaml(path, problems)
        name = f"{folder.name}/clauses/{path.name}"
        if not isinstance(rows, list):
            problems.append(PackProblem(name, "", "", _("A list of clauses is needed here.")))
            continue
        body["clauses"] += rows
        files |= {str(row.get("number")): name for row in rows if isinstance(row, dict)}
    return Source(body, files, tuple(problems))


def _read_yaml(path: Path, problems: list[PackProblem]) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Strict)  # noqa: S506 a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        file = f"{path.parent.name}/{path.name}"
        problems.append(PackProblem(file, "", "", " ".join(str(problem).split())))
        return None


def body_of_pack(code: str) -> Body:
    """The whole content of a pack with what it inherits. Raises UnknownPack and PackProblems."""
    body, problems = checked_pack(code)
    if problems:
        raise PackProblems(problems)
    return body


def checked_pack(code: str) -> tuple[Body, list[PackProblem]]:
    """The content of a pack and everything that is wrong with it."""
    source = source_of(code)
    body, files, problems = _merged(source, code)
    problems = [*source.problems, *problems]
    if not source.problems:
        problems += problems_of(body, is_shipped=not source.is_own, files=files)
    return body, problems


def problems_of_own(body: Body) -> list[PackProblem]:
    """Everything that is wrong with the body of a pack made here, with what it inherits."""
    whole, files, problems = _merged(Source(body, is_own=True), str(body.get("id")))
    return problems + problems_of(whole, files=files)


def _merged(
    source: Source, code: str, below: tuple[str, ...] = ()
) -> tuple[Body, dict[str, str], list[PackProblem]]:
    """The body with its ancestors' clauses: one of the same number overrides theirs."""
    problems: list[PackProblem] = []
    clauses: dict[str, Any] = {}
    files = {"": source.files.get("", "")}
    extends = source.body.get("extends") or []
    for parent in extends if isinstance(extends, list) else [extends]:
        try:
            if parent in (*below, code):
                raise UnknownPack(_("The packs inherit from each other in a circle."))
            above, above_files, found = _merged(source_of(str(parent)), str(parent), (*below, code))
        except UnknownPack as problem:
            sentence = f"{parent}: {problem.sentence}"
            problems.append(PackProblem(files[""], "", "extends", sentence))
            continue
        problems += found
        clauses |= {_number(row): row for row in above["clauses"]}
        files = {**above_files, **files}
    own = source.body.get("clauses")
    rows = own if isinstance(own, list) else []
    merged = _in_order(clauses, rows) if extends else rows
    return {**source.body, "clauses": merged}, {**files, **source.files}, problems


def _in_order(inherited: Mapping[str, Any], own: Iterable[Any]) -> list[Any]:
    """Inherited and own clauses by number; doubled own ones stay, for the validator to name."""
    own = list(own)
    numbers = {_number(row) for row in own}
    kept = [row for number, row in inherited.items() if number not in numbers]
    return sorted([*kept, *own], key=lambda row: sort_key(_number(row)))


def _number(row: Any) -> str:
    return str(row.get("number", "")) if isinstance(row, dict) else ""


def sort_key(number: str) -> list[tuple[int, int, str]]:
    """2.9 before 2.10; what is no digit stands behind the digits."""
    parts = re.findall(r"\d+|\D+", number.replace(".", " "))
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p.strip()]
