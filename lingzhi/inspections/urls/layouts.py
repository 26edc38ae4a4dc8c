from django.urls import path

from lingzhi.inspections.views import layouts

urlpatterns = [
    path("reviews/export/", layouts.layouts, name="layouts"),
    path("reviews/export/new/", layouts.new_layout, name="new_layout"),
    path("reviews/export/<int:pk>/", layouts.edit_layout, name="edit_layout"),
    path("reviews/export/<int:pk>/remove/", layouts.remove_layout, name="remove_layout"),
    path("reviews/export/<int:pk>/scores/", layouts.export_scores, name="export_scores"),
]
