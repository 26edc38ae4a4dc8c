from django.urls import path

from lingzhi.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("end-all/", views.end_all, name="end_all"),
    path("<int:pk>/end/", views.end, name="end"),
]
