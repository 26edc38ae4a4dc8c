from django.urls import path

from lingzhi.inspections.views import gates

urlpatterns = [
    path("gates/", gates.gates, name="gates"),
    path("gates/new/", gates.new_gate, name="new_gate"),
    path("gates/<int:pk>/retire/", gates.retire, name="retire_gate"),
    path("gates/<int:pk>/check/", gates.check, name="check_deliverable"),
    path("gates/checks/<int:pk>/", gates.checked, name="gate_check"),
    path("gates/checks/<int:pk>/release/", gates.release, name="let_through"),
]
