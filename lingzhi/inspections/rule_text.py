"""Rules as YAML text: for the second door of the editor and for files."""

import math
from typing import Any

import yaml
from django.utils.translation import gettext as _
from yaml.nodes import Node

from lingzhi.inspections.canonical import Body, canonical

MAX_CHARACTERS = 200_000


class Unreadable(ValueError):
    """The text is no YAML that a rule may be written in; says what and where."""


class _Loader(yaml.SafeLoader):
    """Plain data only: dates stay texts, and nothing is written twice by reference.

    The loader in C would overflow the stack on deep nesting; this one raises.
    """

    yaml_implicit_resolvers = {
        letter: [one for one in several if one[0] != "tag:yaml.org,2002:timestamp"]
        for letter, several in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, "references (*) cannot be used", self.peek_event().start_mark
            )
        return super().compose_node(parent, index)


def as_yaml(body: Body) -> str:
    """The canonical text of a rule."""
    text: str = yaml.safe_dump(
        canonical(body), allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    return text


def read_yaml(text: str) -> Any:
    """The data of a YAML text. Raises Unreadable with line and column."""
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(_("At most %(limit)d characters.") % {"limit": MAX_CHARACTERS})
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Unreadable(
            _("Line %(line)d, column %(column)d: %(problem)s")
            % {
                "line": mark.line + 1 if mark else 1,
                "column": mark.column + 1 if mark else 1,
                "problem": error.problem,
            }
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable(str(error).splitlines()[0]) from error
    _check_storable(data)
    return data


def _check_storable(data: Any) -> None:
    """Texts without NUL and half characters, numbers that are numbers, nothing but plain data."""
    if isinstance(data, dict):
        for key, value in data.items():
            _check_storable(key)
            _check_storable(value)
    elif isinstance(data, list):
        for value in data:
            _check_storable(value)
    elif isinstance(data, str):
        if "\0" in data or any("\ud800" <= letter <= "\udfff" for letter in data):
            raise Unreadable(_("A text holds characters that cannot be stored."))
    elif isinstance(data, float):
        if not math.isfinite(data):
            raise Unreadable(_("A number is not finite."))
    elif data is not None and not isinstance(data, int):
        raise Unreadable(_("Only texts, numbers, lists and mappings can be used."))
