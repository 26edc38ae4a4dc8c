"""The navigation: which groups are unfolded."""

from django.test import RequestFactory

from lingzhi.core.menu import COOKIE, menu_of


def unfolded(user, path: str = "/", **cookies: str) -> set[str]:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return {group["code"] for group in menu_of(request, user) if group["is_open"]}


def test_a_long_menu_shows_what_is_looked_at_every_day_and_where_one_is(cast):
    assert unfolded(cast.quan) == {"overview", "daily"}
    assert unfolded(cast.quan, "/people/12/") == {"overview", "daily", "people"}


def test_a_short_menu_stands_open(cast):
    groups = menu_of(RequestFactory().get("/"), cast.nora)
    assert all(group["is_open"] for group in groups)
    assert {"people", "assure"} <= {group["code"] for group in groups}


def test_what_was_chosen_in_this_browser_stays(cast):
    chosen = {COOKIE: "assure=1&daily=0"}
    assert unfolded(cast.quan, **chosen) == {"overview", "assure"}
    assert unfolded(cast.quan, "/contacts/", **chosen) == {"overview", "assure", "daily"}
    assert unfolded(cast.quan, **{COOKIE: "%;x=="}) == {"overview", "daily"}
