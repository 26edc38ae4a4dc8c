from django.urls import path

from lingzhi.inspections.views import budgets, coverage, plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new_plan"),
    path("plans/budget/", budgets.budget, name="budget"),
    path("plans/coverage/", coverage.coverage, name="coverage"),
    path("plans/<int:pk>/estimates/", coverage.estimates, name="plan_estimates"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/edit/", plans.edit_plan, name="edit_plan"),
    path("plans/<int:pk>/start/", plans.start, name="start_plan"),
    path("plans/<int:pk>/pause/", plans.pause, name="pause_plan"),
    path("plans/<int:pk>/end/", plans.end, name="end_plan"),
    path("plans/<int:pk>/draw/", plans.draw, name="draw_sample"),
    path("draws/<int:pk>/", plans.drawn, name="draw"),
    path("draws/<int:pk>/verify/", plans.verify, name="verify_draw"),
]
