from django.urls import path

from lingzhi.notifications import views, webhook_pages

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("end-all/", views.end_all, name="end_all"),
    path("<int:pk>/end/", views.end, name="end"),
    path("webhooks/", webhook_pages.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhook_pages.webhook, name="webhook"),
    path("webhooks/<int:pk>/end/", webhook_pages.cut_off, name="cut_off_webhook"),
    path("webhooks/messages/<int:pk>/again/", webhook_pages.again, name="send_again"),
]
