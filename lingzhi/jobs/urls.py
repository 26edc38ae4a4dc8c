from django.urls import path

from lingzhi.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.runs, name="list"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("given-up/", views.given_up, name="given_up"),
    path("given-up/<int:pk>/retry/", views.retry, name="retry"),
    path("given-up/<int:pk>/discard/", views.discard, name="discard"),
    path("machinery/", views.machinery, name="machinery"),
]
