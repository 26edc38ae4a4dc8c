"""Opinions that supervisors ask for."""

from tests.permissions.objects import Route

ROUTES = {
    "surveys:opinions": Route(),
    "surveys:add_opinion": Route(),
    "surveys:opinion_quota": Route(),
}
