"""Every address of the program. Upper apps are listed before the ones they stand on."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("contacts/", include("lingzhi.contacts.urls")),
    path("notices/", include("lingzhi.notifications.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
