from django.urls import path

from lingzhi.contacts.api import feeds
from lingzhi.contacts.views import commands
from lingzhi.contacts.views import contacts as views

urlpatterns = [
    path("", views.contacts, name="list"),
    path("export/", views.export, name="export"),
    path("register/", views.register, name="register"),
    path("unmatched/", views.unmatched, name="unmatched"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<int:pk>/end/", views.end_feed, name="end_feed"),
    path("feeds/<int:pk>/commands/", commands.address, name="commands_of_feed"),
    path("feeds/<int:pk>/commands/try/", commands.try_out, name="try_commands"),
    path("feeds/<slug:source>/events/", feeds.take, name="take_events"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/pdf/", views.printed, name="pdf"),
    path("<int:pk>/turns/<int:seq>/reveal/", views.reveal, name="reveal"),
    path(
        "<int:pk>/identifiers/<uuid:identifier>/reveal/",
        views.reveal_identifier,
        name="reveal_identifier",
    ),
    path("<int:pk>/recordings/add/", views.add_recording, name="add_recording"),
    path("recordings/<int:pk>/play/", views.play, name="play"),
    path("recordings/<int:pk>/download/", views.download, name="download"),
]
