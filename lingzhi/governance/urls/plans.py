from django.urls import path

from lingzhi.governance.views import plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.add_plan, name="add_plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit_plan, name="edit_plan"),
    path("plans/<int:pk>/ask/", plans.ask_approval, name="ask_approval"),
    path("plans/<int:pk>/rewrite/", plans.rewrite, name="rewrite_plan"),
    path("plans/<int:pk>/derive/", plans.derive, name="derive_plan"),
    path("plans/<int:pk>/task/", plans.add_task, name="add_task"),
    path("tasks/<int:pk>/edit/", plans.edit_task, name="edit_task"),
    path("tasks/<int:pk>/remove/", plans.remove_task, name="remove_task"),
    path("tasks/<int:pk>/report/", plans.report, name="report_task"),
]
