from tests.permissions.objects import Route

ROUTES = {"inspections:gaming": Route()}
