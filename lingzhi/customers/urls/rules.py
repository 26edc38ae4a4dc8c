from django.urls import path

from lingzhi.customers.views import rules

urlpatterns = [
    path("classes/", rules.segments, name="segments"),
    path("classes/new/", rules.edit_segment, name="new_segment"),
    path("classes/usual/", rules.usual, name="usual_segments"),
    path("classes/rest/", rules.rest, name="set_rest"),
    path("classes/<int:pk>/", rules.edit_segment, name="edit_segment"),
    path("classes/<int:pk>/retire/", rules.retire, name="retire_segment"),
]
