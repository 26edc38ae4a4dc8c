from django.urls import path

from lingzhi.inspections.views import calls

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/step-in/", calls.step_in, name="step_in"),
    path("commands/", calls.commands, name="commands"),
]
