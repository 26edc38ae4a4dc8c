from django.urls import path

from lingzhi.cases.views import what_if

urlpatterns = [
    path("what-if/", what_if.what_if, name="what_if"),
    path("targets/", what_if.targets, name="targets"),
    path("targets/new/", what_if.new_target, name="new_target"),
    path("targets/<int:pk>/end/", what_if.end_one, name="end_target"),
]
