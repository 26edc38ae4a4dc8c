"""Every address of the program. Upper apps are listed before the ones they stand on."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.api import api_urls
from lingzhi.contacts.chat_streams import stream_of_desk, stream_of_visitor
from lingzhi.contacts.phone_streams import stream_desk, stream_floor
from lingzhi.core.health import healthz, readyz
from lingzhi.core.views import gallery, search
from lingzhi.inspections.views.home import home
from lingzhi.jobs.live import stream as stream_run

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lingzhi.org.urls")),
    path("", include("lingzhi.accounts.urls")),
    path("", include("lingzhi.accounts.entrance")),
    path("", home, name="home"),
    path("reports/", include("lingzhi.reports.urls")),
    path("conformity/", include("lingzhi.conformity.urls")),
    path("inspections/", include("lingzhi.inspections.urls")),
    path("", include("lingzhi.surveys.urls")),
    path("cases/", include("lingzhi.cases.urls")),
    path("portal/", include("lingzhi.portal.urls")),
    path("knowledge/", include("lingzhi.knowledge.urls")),
    path("improvement/", include("lingzhi.improvement.urls")),
    path("governance/", include("lingzhi.governance.urls")),
    path("contacts/", include("lingzhi.contacts.urls")),
    path("chat/", include("lingzhi.contacts.urls.chat")),
    path("customers/", include("lingzhi.customers.urls")),
    path("indicators/", include("lingzhi.kpis.urls")),
    path("imports/", include("lingzhi.imports.urls")),
    path("rulebook/", include("lingzhi.rulebook.urls")),
    path("approvals/", include("lingzhi.approvals.urls")),
    path("notices/", include("lingzhi.notifications.urls")),
    path("jobs/", include("lingzhi.jobs.urls")),
    path("audit/", include("lingzhi.audit.urls")),
    path("live/jobs/<int:pk>", stream_run, name="live_run"),
    path("live/chat", stream_of_visitor, name="live_chat"),
    path("live/chat/desk", stream_of_desk, name="live_chat_desk"),
    path("live/phone/floor", stream_floor, name="live_phone_floor"),
    path("live/phone/desk", stream_desk, name="live_phone_desk"),
    path("api/v1/", api_urls()),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("search/", search, name="search"),
    path("language/", login_not_required(set_language), name="set_language"),
]

handler500 = "lingzhi.core.views.server_error"

if settings.DEBUG:
    urlpatterns.append(path("_gallery/", gallery, name="gallery"))
