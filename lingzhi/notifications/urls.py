from django.urls import path

from lingzhi.notifications import channel_pages, views, way_pages, webhook_pages

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("end-all/", views.end_all, name="end_all"),
    path("<int:pk>/end/", views.end, name="end"),
    path("ways/", way_pages.ways, name="ways"),
    path("channels/", channel_pages.channels, name="channels"),
    path("channels/quiet/", channel_pages.quiet, name="quiet_hours"),
    path("channels/mail/", channel_pages.mail, name="mail"),
    path("channels/<int:pk>/", channel_pages.channel, name="channel"),
    path("channels/<int:pk>/try/", channel_pages.trial, name="try_channel"),
    path("channels/<int:pk>/end/", channel_pages.end, name="end_channel"),
    path("webhooks/", webhook_pages.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhook_pages.webhook, name="webhook"),
    path("webhooks/<int:pk>/end/", webhook_pages.cut_off, name="cut_off_webhook"),
    path("webhooks/messages/<int:pk>/again/", webhook_pages.again, name="send_again"),
]
