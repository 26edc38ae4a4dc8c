"""Reading what people wrote as data: every problem is noted with its place, and reading goes on."""

from collections.abc import Iterable, Mapping

from lingzhi_engine.flow.model import Texts
from lingzhi_engine.flow.problems import Problem


class Reader:
    """What flows, scripts and questionnaires are read with."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, code: str, place: str, **params: str) -> None:
        """Something is wrong there."""
        self.problems.append(Problem(code, place, params))

    def mapping(self, value: object, place: str, names: Iterable[str]) -> Mapping[str, object]:
        """The fields of a row; those that are none of `names` are noted."""
        if not isinstance(value, Mapping):
            self.note("not_a_mapping", place)
            return {}
        for name in value:
            if name not in names:
                self.note("unknown_field", place, name=str(name))
        return value

    def listed(self, value: object, place: str) -> list[object]:
        """The rows of a list; nothing where there is none."""
        if isinstance(value, list | tuple):
            return list(value)
        if value is not None:
            self.note("not_a_list", place)
        return []

    def texts(self, value: object, place: str) -> Texts:
        """A text by language; at least one must be there."""
        found = said(value)
        if not found:
            self.note("missing", place)
        return found


def said(value: object) -> Texts:
    """The texts that are there, by language."""
    texts = value if isinstance(value, Mapping) else {}
    return {str(key): str(text) for key, text in texts.items() if text}
