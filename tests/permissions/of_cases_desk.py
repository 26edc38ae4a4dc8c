from tests.permissions.objects import Route

ROUTES = {
    "cases:desk": Route(),
    "cases:take_next": Route(method="post"),
    "cases:team_desk": Route(),
}
