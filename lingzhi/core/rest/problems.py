"""Errors of the API as RFC 9457 problem details, in the caller's language, naming the field."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.rest.limits import TooManyCalls

TYPE = "application/problem+json"
TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("No valid token"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    409: gettext_lazy("The state forbids it"),
    422: gettext_lazy("Wrong input"),
    429: gettext_lazy("Too many calls"),
}
CODES = {
    400: "unreadable", 401: "no_token", 403: "not_allowed", 404: "not_found", 409: "conflict",
    422: "bad_input", 429: "too_many_calls",
}  # fmt: skip
# What pydantic calls a wrong value, and what it gives beside it; anything else gets the last words.
WRONG: dict[str, str | Promise] = {
    "missing": gettext_lazy("This must be given."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "string_type": gettext_lazy("This must be text."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "enum": gettext_lazy("One of: %(expected)s."),
    "literal_error": gettext_lazy("One of: %(expected)s."),
}
NOT_USABLE = gettext_lazy("This value cannot be used.")


class FieldProblem(Schema):
    """One field that is wrong: its place (`lines.0.value`) and a sentence."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem details. `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys(TITLES, Problem)


def problem(
    status: int, detail: str = "", *, code: str = "", errors: list[dict[str, str]] | None = None
) -> JsonResponse:
    """The answer itself. `type` is about:blank: `code` tells the kinds of one status apart."""
    title = str(TITLES[status])
    said = {
        "type": "about:blank", "title": title, "status": status,
        "code": code or CODES[status], "detail": detail or title, "errors": errors or [],
    }  # fmt: skip
    plain = {"ensure_ascii": False}
    return JsonResponse(said, status=status, content_type=TYPE, json_dumps_params=plain)


def answer_problems(api: NinjaAPI) -> None:
    """Teach the API to answer our errors; anything else is a bug and stays one (500)."""
    answers: dict[type[Exception], Any] = {
        HttpError: lambda _request, _error: problem(400),  # a body that is no JSON
        AuthenticationError: lambda _request, _error: problem(401),
        PermissionDenied: lambda _request, _error: problem(403),
        Http404: lambda _request, _error: problem(404),
        ValidationError: _not_valid,
        DomainError: _refused,
        TooManyCalls: _too_many,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def _refused(request: HttpRequest, error: DomainError) -> JsonResponse:
    sentence = str(error.sentence)
    if not isinstance(error, BadInput):
        missing = getattr(error, "fields", ())  # what must be filled before the act
        errors = [{"field": name, "detail": sentence} for name in missing]
        return problem(409, sentence, code=error.code, errors=errors)
    errors = [{"field": error.field, "detail": sentence}] if error.field else []
    return problem(422, sentence, code=error.code, errors=errors)


def _not_valid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    errors = [{"field": _place(one["loc"]), "detail": in_words(one)} for one in error.errors]
    return problem(422, _("Please look at the fields named below."), errors=errors)


def _place(loc: tuple[Any, ...]) -> str:
    """Where the value stood as the caller wrote it: without `body` and the parameter's name."""
    parts = [str(part) for part in loc]
    inner = parts[2:] if parts[0] == "body" else parts[1:]
    return ".".join(inner) or parts[-1]


def in_words(error: dict[str, Any]) -> str:
    """What is wrong with one value, as a sentence."""
    words = str(WRONG.get(error["type"], NOT_USABLE))
    return words % error["ctx"] if "%(" in words else words


def _too_many(request: HttpRequest, error: TooManyCalls) -> JsonResponse:
    answer = problem(429, _("Wait %(seconds)d s.") % {"seconds": error.again_in})
    answer["Retry-After"] = str(error.again_in)
    return answer
