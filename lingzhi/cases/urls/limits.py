from django.urls import path

from lingzhi.cases.views import limits

urlpatterns = [
    path("limits/", limits.limits, name="limits"),
    path("limits/new/", limits.edit_limit, name="new_limit"),
    path("limits/<int:pk>/", limits.limit, name="limit"),
    path("limits/<int:pk>/next/", limits.edit_limit, name="next_limit"),
    path("limits/<int:pk>/end/", limits.end_one, name="end_limit"),
    path("types/", limits.types, name="types"),
    path("types/new/", limits.edit_type, name="new_type"),
    path("types/<int:pk>/", limits.edit_type, name="edit_type"),
    path("types/<int:pk>/retire/", limits.retire_one, name="retire_type"),
    path("numbers/", limits.numbers, name="numbers"),
]
