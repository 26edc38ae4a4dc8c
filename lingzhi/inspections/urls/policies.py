from django.urls import path

from lingzhi.inspections.views import policies

urlpatterns = [
    path("settings/", policies.policies, name="policies"),
    path("settings/<int:pk>/", policies.policy, name="policy"),
    path("fair-at-work/", policies.fair, name="fair"),
    path("fair-at-work/<int:pk>/", policies.fair, name="fair_at"),
]
