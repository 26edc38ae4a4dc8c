from django.urls import path

from lingzhi.cases.views import escalation

urlpatterns = [
    path("escalation/", escalation.escalations, name="escalations"),
    path("escalation/new/", escalation.new_escalation, name="new_escalation"),
    path("escalation/<int:pk>/end/", escalation.end_one, name="end_escalation"),
    path("clocks/<int:pk>/react/", escalation.react_to, name="react"),
    path("<int:pk>/press/", escalation.press_one, name="press"),
    path("overdue/", escalation.overdue, name="overdue"),
]
