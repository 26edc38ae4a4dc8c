from django.urls import path

from lingzhi.cases.views import fields

urlpatterns = [
    path("fields/", fields.fields, name="fields"),
    path("fields/new/", fields.edit, name="new_field"),
    path("fields/<int:pk>/", fields.edit, name="edit_field"),
    path("fields/<int:pk>/retire/", fields.retire, name="retire_field"),
]
