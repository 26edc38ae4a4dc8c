from django.urls import path

from lingzhi.inspections.views import alerts

urlpatterns = [
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/now/", alerts.now, name="alerts_now"),
    path("alerts/<int:pk>/answer/", alerts.answer, name="answer_alert"),
    path("alerts/limits/", alerts.limits, name="alert_limits"),
    path("alerts/limits/<int:pk>/", alerts.limits, name="alert_limit"),
    path("alerts/limits/<int:pk>/retire/", alerts.retire, name="retire_alert_limit"),
]
