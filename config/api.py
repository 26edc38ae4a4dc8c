"""The REST API: what the apps offer, under one address and one description."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI

from lingzhi.accounts.rest import Bearer
from lingzhi.cases.api import router as cases
from lingzhi.contacts.api import router as contacts
from lingzhi.core.rest.problems import answer_problems
from lingzhi.customers.api import router as customers
from lingzhi.surveys.api import router as surveys

ABOUT = """Read and write cases, customers and conversations as the owner of a token may.

* **Token**: `Authorization: Bearer lz_…`, made on the page of one's own settings.
* **Once**: a POST with an `Idempotency-Key` has one effect; a repeat within seven days gets the
  same answer again, with `Idempotency-Replayed: true`.
* **Lists** go by cursor: `next` of one page is `cursor` of the following.
* **Errors** are RFC 9457 problem details in the language of `Accept-Language`.
* Personal data are masked.
"""

api = NinjaAPI(
    title="Lingzhi 聆质",
    version="1",
    description=ABOUT,
    docs_url=None,
    auth=Bearer(),
    urls_namespace="api",
)
answer_problems(api)
for router in (cases, customers, contacts, surveys):
    api.add_router("", router)


def api_urls() -> tuple[list[URLResolver | URLPattern], str, str]:
    """The addresses for `path()`: a token opens them, not the sign-in of the pages."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app, namespace
