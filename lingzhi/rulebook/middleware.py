"""What pages full of clauses need around them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lingzhi.rulebook.packs import words_asked_once


def ask_words_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page says what posts, rules and the like are called after asking for it once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with words_asked_once():
            return get_response(request)

    return middleware
