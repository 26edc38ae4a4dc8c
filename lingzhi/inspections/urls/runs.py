from django.urls import path

from lingzhi.inspections.views import runs

urlpatterns = [
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", runs.start_run, name="start_run"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="run_progress"),
    path("runs/<int:pk>/cancel/", runs.cancel, name="cancel_run"),
]
