from tests.permissions.objects import Route
from tests.permissions.of_cases import by_number

ROUTES = {
    "cases:change": Route(by_number),
    "cases:raise": Route(by_number),
}
