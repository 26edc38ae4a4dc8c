from django.urls import path

from lingzhi.surveys.views import plans

urlpatterns = [
    path("surveys/plans/", plans.plans, name="plans"),
    path("surveys/plans/new/", plans.add, name="add_plan"),
    path("surveys/plans/<int:pk>/", plans.plan, name="plan"),
    path("surveys/plans/<int:pk>/change/", plans.edit, name="edit_plan"),
    path("surveys/plans/<int:pk>/approval/", plans.request_approval, name="request_approval"),
    path("surveys/plans/<int:pk>/back/", plans.take_back, name="take_plan_back"),
    path("surveys/plans/<int:pk>/end/", plans.end, name="end_plan"),
    path("surveys/plans/<int:pk>/publish/", plans.publish, name="publish_plan"),
]
