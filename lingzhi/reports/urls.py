from django.urls import path

from lingzhi.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="list"),
    path("<int:pk>/", views.report, name="detail"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
    path("<int:pk>/rebuild/", views.rebuild, name="rebuild"),
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.new_plan, name="new_plan"),
    path("plans/<int:pk>/change/", views.change_plan, name="change_plan"),
    path("plans/<int:pk>/end/", views.end_plan, name="end_plan"),
]
