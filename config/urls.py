"""Every address of the program. Upper apps are listed before the ones they stand on."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from lingzhi.core.views import gallery, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lingzhi.org.urls")),
    path("", include("lingzhi.accounts.urls")),
    path("", include("lingzhi.accounts.entrance")),
    path("contacts/", include("lingzhi.contacts.urls")),
    path("approvals/", include("lingzhi.approvals.urls")),
    path("notices/", include("lingzhi.notifications.urls")),
    path("jobs/", include("lingzhi.jobs.urls")),
    path("audit/", include("lingzhi.audit.urls")),
    path("search/", search, name="search"),
    path("language/", include("django.conf.urls.i18n")),
]

if settings.DEBUG:
    urlpatterns.append(path("_gallery/", gallery, name="gallery"))
