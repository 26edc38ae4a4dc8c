from tests.permissions.objects import Route

ROUTES = {
    "set_language": Route(method="post"),
    "search": Route(),
    "healthz": Route(),
    "readyz": Route(),
}
