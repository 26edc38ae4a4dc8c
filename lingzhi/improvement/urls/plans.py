from django.urls import path

from lingzhi.improvement.views import plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.add_plan, name="add_plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit_plan, name="edit_plan"),
]
