from django.urls import path

from lingzhi.inspections.views import old_scores

urlpatterns = [
    path("reviews/imported/", old_scores.old_scores, name="old_scores"),
    path("reviews/imported/<int:pk>/", old_scores.old_score, name="old_score"),
]
