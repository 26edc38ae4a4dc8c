"""The life of a score after it is given, and the settings of human inspection."""

from tests.permissions.objects import Route
from tests.permissions.of_inspections import review

ROUTES = {
    "inspections:recheck_review": Route(review("scored")),
    "inspections:release_reviews": Route(method="post"),
}
